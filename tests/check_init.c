/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of --init, initial weights from a file: number types, tokens of a text
 * matched by character, messages about files that do not fit, and a reset to
 * the weights of the file.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/byte_order.h"
#include "here.h"
#include "session/initial.h"
#include "session/model_file.h"
#include "run/run.h"
#include "run/run_private.h"
#include "session/session.h"
#include "file/tensor_read.h"
#include "suite.h"
#include "tensors.h"

/* ---------------------------------------------------------------------- */
/* types */

static void
read_as(const char *type, const void *data, size_t count, size_t size,
	float *values)
{
	unsigned char file[64];
	const struct safetensors_tensor tensor = {.name = "t",
		.type = type,
		.dimensions = 1,
		.shape = {count},
		.count = count,
		.data = file,
		.bytes = count * size};
	struct error error;

	ck_assert_uint_le(count * size, sizeof file);
	byte_order_little(file, data, size, count);
	ck_assert_msg(tensor_values(&tensor, values, &error), "%s", error.text);
}

START_TEST(weights_in_half_precision_are_read)
{
	static const uint16_t halves[] = {0x3c00, 0xc000, 0x3555, 0x7bff,
		0x0400, 0x0001, 0x83ff, 0x0000, 0x8000};
	static const float expected[] = {1, -2, 0.333251953125f, 65504,
		0x1p-14f, 0x1p-24f, -1023 * 0x1p-24f, 0, -0.0f};
	float values[9];

	read_as("F16", halves, 9, 2, values);
	for (size_t i = 0; i < 9; i++)
		ck_assert_mem_eq(&values[i], &expected[i], sizeof(float));
}
END_TEST

START_TEST(weights_in_bf16_and_f64_are_read)
{
	static const uint16_t upper[] = {0x3f80, 0x4049, 0xc2f7, 0x0080};
	static const float expected[] = {1, 3.140625f, -123.5f, 0x1p-126f};
	static const double doubles[] = {1.0 / 3, -3e38};
	float values[4];

	read_as("BF16", upper, 4, 2, values);
	ck_assert_mem_eq(values, expected, sizeof values);
	read_as("F64", doubles, 2, 8, values);
	ck_assert_float_eq(values[0], 1.0f / 3);
	ck_assert_float_eq(values[1], -3e38f);
}
END_TEST

START_TEST(weights_that_are_nan_or_infinite_are_refused)
{
	static const uint16_t halves[] = {0x7c00, 0x7e00};
	static const double large[] = {1e300};
	unsigned char bytes[sizeof(double)] = {0};
	struct safetensors_tensor tensor = {.name = "t",
		.type = "F16",
		.dimensions = 1,
		.count = 1,
		.data = bytes,
		.bytes = 2};
	struct error error;
	float value;

	for (size_t i = 0; i < 2; i++) {
		byte_order_little(bytes, &halves[i], sizeof halves[i], 1);
		ck_assert(!tensor_values(&tensor, &value, &error));
	}
	tensor.type = "F64";
	byte_order_little(bytes, large, sizeof large[0], 1);
	ck_assert(!tensor_values(&tensor, &value, &error));
	tensor.type = "I64";
	ck_assert(!tensor_values(&tensor, &value, &error));
	ck_assert_str_eq(error.text,
		"the tensor 't' has the type I64 instead of "
		"F32, F64, F16 or BF16");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* files that do not fit, and the messages about them */

static void
append(struct tensors *tensors, const char *name, size_t rows, size_t columns)
{
	size_t count = (rows > 0 ? rows : 1) * columns;
	float *values = calloc(count, sizeof *values);
	json_t *shape = rows > 0
		? json_pack("[I, I]", (json_int_t)rows, (json_int_t)columns)
		: json_pack("[I]", (json_int_t)columns);

	ck_assert_ptr_nonnull(values);
	tensors_append(tensors, name, "F32", shape, values,
		count * sizeof *values);
	json_decref(shape);
	free(values);
}

/*
 * Write a file of the lesson's model with any number of units and a prefix
 * before each name.
 */
static void
write_weights(const char *name, const char *prefix, size_t units)
{
	static const char *const names[] = {"lstm.kernel",
		"lstm.recurrent_kernel", "lstm.bias", "dense.kernel",
		"dense.bias"};
	const size_t rows[] = {2, units, 0, units, 0};
	const size_t columns[] = {4 * units, 4 * units, 4 * units, 2, 2};
	struct tensors tensors;
	char path[FOLDER_PATH_SIZE], full[64];

	tensors_begin(&tensors);
	for (size_t i = 0; i < 5; i++) {
		snprintf(full, sizeof full, "%s%s", prefix, names[i]);
		append(&tensors, full, rows[i], columns[i]);
	}
	tensors_write(&tensors, folder_join(path, folder, name));
	tensors_release(&tensors);
}

/* Write a file without recurrent layers. */
static void
write_other(const char *name)
{
	struct tensors tensors;
	char path[FOLDER_PATH_SIZE];

	tensors_begin(&tensors);
	append(&tensors, "conv.kernel", 2, 3);
	append(&tensors, "conv.bias", 0, 3);
	append(&tensors, "table", 2, 2);
	tensors_write(&tensors, folder_join(path, folder, name));
	tensors_release(&tensors);
}

START_TEST(names_may_have_a_path)
{
	write_weights("w.safetensors", "model.", 10);
	MUST("train", "--updates", "1", "--init", "w.safetensors");
}
END_TEST

START_TEST(an_error_about_a_missing_tensor_lists_the_tensors_of_the_file)
{
	struct outcome outcome;

	write_other("w.safetensors");
	RUN(&outcome, "train", "--updates", "1", "--init", "w.safetensors");
	expect_failure(&outcome,
		"w.safetensors: the tensor 'lstm.kernel' is "
		"missing; the file has: conv.kernel, conv.bias, table\n");
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_list_of_many_tensors_is_cut)
{
	struct tensors tensors;
	char path[FOLDER_PATH_SIZE], name[32];
	struct outcome outcome;

	tensors_begin(&tensors);
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof name, "layer%d", i);
		append(&tensors, name, 0, 1);
	}
	tensors_write(&tensors, folder_join(path, folder, "w.safetensors"));
	tensors_release(&tensors);
	RUN(&outcome, "train", "--updates", "1", "--init", "w.safetensors");
	expect_failure(&outcome,
		"the file has: layer0, layer1, layer2, "
		"layer3, layer4, layer5 and 294 more\n");
	outcome_release(&outcome);
}
END_TEST

START_TEST(an_error_about_a_shape_gives_both_shapes)
{
	struct outcome outcome;

	write_weights("w.safetensors", "", 10);
	MUST("train", "--updates", "1", "--init", "w.safetensors");
	RUN(&outcome, "train", "--updates", "1", "--units", "3", "--init",
		"w.safetensors");
	expect_failure(&outcome,
		"w.safetensors: the tensor 'lstm.kernel' has the shape [2, 40] "
		"in the file, but [2, 12] is required by --units 3 with 2 "
		"inputs and 2 outputs\n");
	outcome_release(&outcome);
}
END_TEST

static const struct {
	const char *bytes;
	size_t length;
	const char *kind;
} kinds[] = {
	{"\x89HDF\r\n\x1a\n\0\0\0\0", 12, "an HDF5 file"},
	{"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0archive/data.pklFB", 36,
		"a zip archive (PyTorch's .pt)"},
	{"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0arr_0.npy", 27,
		"a zip archive (NumPy's .npz)"},
	{"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0metadata.json", 31,
		"a zip archive (Keras's .keras)"},
	{"PK\x03\x04\x14\0\0\0\0\0\0\0", 12, "a zip archive ("},
	{"\x93NUMPY\x01\0v\0{'descr'", 18, "a NumPy array"},
	{"GGUF\x03\0\0\0\0\0\0\0", 12, "a GGUF file"},
	{"\x80\x04\x95\x1b\0\0\0\0\0\0\0}", 12, "a Python pickle"},
	{"\x1f\x8b\x08\0\0\0\0\0\0\x03", 10, "compressed by gzip"},
	{"version https://git-lfs.github.com/spec/v1\n", 43,
		"a Git LFS pointer"},
	{"{\"model\": {}}", 13, "JSON text"},
	{" \n[1, 2, 3, 4]", 14, "JSON text"},
	{"<!DOCTYPE html><html>", 21, "a web page"},
	{"0.5,0.25\n1,-2e3\n", 16, "a CSV file"},
	{"To be, or not to be\n", 20, "a text file\n"},
	{"", 0, "an empty file"},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

START_TEST(a_file_of_another_kind_is_recognized_by_every_command)
{
	char path[FOLDER_PATH_SIZE], said[128];
	struct outcome outcome;

	file_write(folder_join(path, folder, "w"), kinds[_i].bytes,
		kinds[_i].length);
	snprintf(said, sizeof said, "w: not a model file but %s",
		kinds[_i].kind);
	RUN(&outcome, "info", "w");
	expect_failure(&outcome, said);
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "1", "--init", "w");
	/* archives are read; others may have a hint */
	expect_status(&outcome, 1);
	ck_assert_msg(strstr(outcome.errors,
			      kinds[_i].bytes[0] == 'P' ? "w: damaged: the "
							  "archive has no end"
							: said) != NULL,
		"%s", outcome.errors);
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "1", "w");
	expect_failure(&outcome, said);
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* texts */

static struct run *
text_run(const char *text, const char *name, uint64_t seed)
{
	struct run *run;
	struct settings settings;
	char path[FOLDER_PATH_SIZE];
	struct error error;

	write_here(name, text);
	settings_default(&settings);
	settings.task = &task_text;
	settings.loss = &loss_crossentropy;
	settings.framing = &framing_sequence;
	settings.units = (struct settings_units){2, {5, 4}};
	settings.sequence_length = 8;
	settings.seed = seed;
	snprintf(settings.data, sizeof settings.data, "%s",
		folder_join(path, folder, name));
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static void
end(struct run *run)
{
	run_destroy(run);
}

static float *
values_of(const struct run *run)
{
	float *values =
		malloc(run->state.model.parameters.total * sizeof *values);

	ck_assert_ptr_nonnull(values);
	model_get_values(&run->state.model, values);
	return values;
}

static size_t
offset_of(const struct run *run, const char *name)
{
	return parameters_find(&run->state.model.parameters, name)->offset;
}

/* Assert that the weights of a token equal those of another run's token. */
static void
expect_same_token(const struct run *run, const float *values, size_t token,
	const struct run *other, const float *others, size_t old)
{
	size_t width = 4 * run->state.settings.units.units[0];
	size_t top = run->state.settings.units.units[1];
	size_t count = run->state.reader.vocabulary.count;
	size_t old_count = other->state.reader.vocabulary.count;
	const float *kernel = values + offset_of(run, "dense.kernel");
	const float *old_kernel = others + offset_of(other, "dense.kernel");

	ck_assert_mem_eq(values + offset_of(run, "lstm.kernel") + token * width,
		others + offset_of(other, "lstm.kernel") + old * width,
		width * sizeof(float));
	for (size_t row = 0; row < top; row++)
		ck_assert_float_eq(kernel[row * count + token],
			old_kernel[row * old_count + old]);
	ck_assert_float_eq(values[offset_of(run, "dense.bias") + token],
		others[offset_of(other, "dense.bias") + old]);
}

/* "abdef" in the file, "acdex" in the text: a, d and e are in both. */
START_TEST(weights_of_a_text_are_matched_by_character)
{
	static const int old_of[] = {0, -1, 2, 3, -1};
	struct run *first = text_run("abdefabdefabdefabdef", "a.txt", 1);
	struct run *run = text_run("acdexacdexacdexacdex", "b.txt", 2);
	char path[FOLDER_PATH_SIZE];
	float *old, *drawn = values_of(run), *values;
	struct initial initial;
	struct error error;

	/* a validation with a lower loss ends a slice early */
	while (run_updates(first) < 20)
		ck_assert(run_advance(first, 20, UINT64_MAX, &error) <=
			RUN_REACHED);
	ck_assert_msg(model_file_write(&first->state,
			      folder_join(path, folder, "a.safetensors"),
			      &error),
		"%s", error.text);
	ck_assert_msg(initial_read(&initial, &run->state, path, &error), "%s",
		error.text);
	ck_assert_msg(strstr(initial.note,
			      "no weights for 2 of the text's 5 characters, "
			      "which start from random weights: 'c', 'x'") !=
			NULL,
		"%s", initial.note);
	initial_apply(&initial, &run->state);
	initial_release(&initial);
	old = values_of(first);
	values = values_of(run);
	for (size_t token = 0; token < 5; token++)
		if (old_of[token] >= 0)
			expect_same_token(run, values, token, first, old,
				(size_t)old_of[token]);
		else
			expect_same_token(run, values, token, run, drawn,
				token);
	ck_assert_mem_eq(values + offset_of(run, "lstm_1.kernel"),
		old + offset_of(first, "lstm_1.kernel"),
		16 * (5 + 4) * sizeof(float));
	free(old);
	free(drawn);
	free(values);
	end(first);
	end(run);
}
END_TEST

/*
 * With weights assigned to the wrong letters, the loss would be about 4 nats.
 */
START_TEST(a_text_with_a_subset_of_the_characters_starts_with_a_low_loss)
{
	static const char rest[] = "bcdebcdebcdebcdebcdebcdebcdebcdebcdebcde"
				   "bcdebcdebcdebcdebcdebcdebcdebcdebcdebcde";
	char text[512] = "a";
	char *log;
	json_t *line;

	for (int i = 0; i < 5; i++)
		strcat(text, rest);
	write_here("all.txt", text);
	write_here("part.txt", text + 1);
	MUST("train", "--task", "text", "--data", "all.txt", "--units", "12",
		"--batch", "4", "--sequence-length", "8", "--updates", "400",
		"--learning-rate", "0.02", "--learning-rate-decay", "1",
		"--seed", "1", "a.safetensors");
	log = run_for_output(WORDS("train", "--task", "text", "--data",
		"part.txt", "--units", "12", "--batch", "4",
		"--sequence-length", "8", "--updates", "1", "--seed", "2",
		"--init", "a.safetensors", "--log", "-"));
	line = parse_object(log);
	/* four letters in turn; unlearnt, they would cost ln 4 = 1.39 */
	ck_assert_double_lt(get_number(line, "loss"), 0.5);
	json_decref(line);
	free(log);
}
END_TEST

START_TEST(without_a_vocabulary_tokens_are_taken_in_order_with_a_note)
{
	struct run *first = text_run("abdefabdefabdefabdef", "a.txt", 1);
	struct run *run = text_run("acdexacdexacdexacdex", "b.txt", 2);
	struct run *other = text_run("acdexyacdexyacdexyacdexy", "c.txt", 3);
	char path[FOLDER_PATH_SIZE];
	struct tensors tensors;
	struct initial initial;
	struct error error;

	ck_assert(model_file_write(&first->state,
		folder_join(path, folder, "a.safetensors"), &error));
	read_tensors_here(&tensors, "a.safetensors");
	json_object_set_new(tensors.header, "other",
		json_deep_copy(json_object_get(tensors.header, "vocabulary")));
	json_object_del(tensors.header, "vocabulary");
	tensors_write(&tensors, path);
	tensors_release(&tensors);
	ck_assert_msg(initial_read(&initial, &run->state, path, &error), "%s",
		error.text);
	ck_assert_msg(strstr(initial.note, "no vocabulary; the weights are") !=
			NULL,
		"%s", initial.note);
	initial_apply(&initial, &run->state);
	initial_release(&initial);
	ck_assert_mem_eq(run->state.model.values, first->state.model.values,
		run->state.model.parameters.packed_total * sizeof(float));
	ck_assert(!initial_read(&initial, &other->state, path, &error));
	ck_assert_msg(strstr(error.text, "[5, 20] in the file, but [6, 20]") !=
			NULL,
		"%s", error.text);
	end(first);
	end(run);
	end(other);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* reset */

static struct session *
open_session(const char *model, const char *init)
{
	struct session *session = malloc(sizeof *session);
	struct session_options options = {.context = suite_context(),
		.model = model,
		.init = init,
		.log_every = 1};
	struct error error;

	ck_assert_ptr_nonnull(session);
	settings_default(&options.settings);
	options.settings.seed = 7;
	if (init != NULL)
		options.given = settings_bit(&setting_seed);
	ck_assert_msg(session_open(session, &options, &error), "%s",
		error.text);
	return session;
}

static void
close_session(struct session *session)
{
	struct error error;

	session_close(session, &error);
	free(session);
}

/* Write w.safetensors with all weights 0.25, unlike those of any seed. */
static void
write_quarters(void)
{
	char path[FOLDER_PATH_SIZE];
	struct tensors tensors;
	float quarter = 0.25f;

	write_weights("w.safetensors", "", 10);
	read_tensors_here(&tensors, "w.safetensors");
	for (size_t i = 0; i < tensors.length; i += sizeof quarter)
		memcpy(tensors.data + i, &quarter, sizeof quarter);
	tensors_write(&tensors, folder_join(path, folder, "w.safetensors"));
	tensors_release(&tensors);
}

static void
expect_quarters(const struct run *run)
{
	float *values = values_of(run);

	for (size_t i = 0; i < run->state.model.parameters.total; i++)
		ck_assert_float_eq(values[i], 0.25f);
	free(values);
}

static void
advance(struct session *session, uint64_t updates)
{
	uint64_t work = UINT64_MAX;
	struct error error;

	ck_assert_int_eq(session_advance(session, updates, &work, &error),
		RUN_REACHED);
}

START_TEST(a_reset_returns_to_the_weights_of_the_file)
{
	char init[FOLDER_PATH_SIZE], model[FOLDER_PATH_SIZE];
	struct session *session;
	struct error error;

	write_quarters();
	folder_join(init, folder, "w.safetensors");
	folder_join(model, folder, "m.safetensors");
	session = open_session(model, init);
	expect_quarters(session->run);
	advance(session, 20);
	ck_assert_msg(session_reset(session, 7, NULL, &error), "%s",
		error.text);
	ck_assert_uint_eq(run_updates(session->run), 0);
	expect_quarters(session->run);
	/* also with another seed: the weights are those of the file */
	advance(session, 20);
	ck_assert(session_reset(session, 8, NULL, &error));
	expect_quarters(session->run);
	/* also after saving and resuming */
	advance(session, 20);
	ck_assert(session_save(session, &error));
	close_session(session);
	session = open_session(model, NULL);
	ck_assert_uint_eq(run_updates(session->run), 20);
	ck_assert(session_reset(session, 8, NULL, &error));
	expect_quarters(session->run);
	close_session(session);
}
END_TEST

START_TEST(a_reset_without_the_file_leaves_the_run_unchanged)
{
	char init[FOLDER_PATH_SIZE];
	struct session *session;
	float *before, *after;
	struct error error;

	write_quarters();
	folder_join(init, folder, "w.safetensors");
	session = open_session(NULL, init);
	advance(session, 20);
	before = values_of(session->run);
	write_weights("w.safetensors", "", 10);
	for (int i = 0; i < 2; i++) {
		ck_assert(!session_reset(session, 9, NULL, &error));
		ck_assert_msg(
			strstr(error.text,
				i == 0 ? "w.safetensors: not the weights that "
					 "the run began with"
				       : "w.safetensors: No such file") != NULL,
			"%s", error.text);
		ck_assert_uint_eq(run_updates(session->run), 20);
		ck_assert_uint_eq(session->run->state.settings.seed, 7);
		after = values_of(session->run);
		ck_assert_mem_eq(before, after,
			sizeof *before *
				session->run->state.model.parameters.total);
		free(after);
		unlink(init);
	}
	free(before);
	close_session(session);
}
END_TEST

static Suite *
init_suite(void)
{
	Suite *suite = suite_create("init");
	TCase *group = suite_group(suite, "types", SUITE_SECONDS);

	tcase_add_test(group, weights_in_half_precision_are_read);
	tcase_add_test(group, weights_in_bf16_and_f64_are_read);
	tcase_add_test(group, weights_that_are_nan_or_infinite_are_refused);

	group = add_case(suite, "files");
	tcase_add_test(group, names_may_have_a_path);
	tcase_add_test(group,
		an_error_about_a_missing_tensor_lists_the_tensors_of_the_file);
	tcase_add_test(group, a_list_of_many_tensors_is_cut);
	tcase_add_test(group, an_error_about_a_shape_gives_both_shapes);
	suite_add_loop(group,
		a_file_of_another_kind_is_recognized_by_every_command, 0,
		KINDS);

	group = add_case(suite, "texts");
	tcase_add_test(group, weights_of_a_text_are_matched_by_character);
	tcase_add_test(group,
		a_text_with_a_subset_of_the_characters_starts_with_a_low_loss);
	tcase_add_test(group,
		without_a_vocabulary_tokens_are_taken_in_order_with_a_note);

	group = add_case(suite, "again");
	tcase_add_test(group, a_reset_returns_to_the_weights_of_the_file);
	tcase_add_test(group,
		a_reset_without_the_file_leaves_the_run_unchanged);
	return suite;
}

int
main(void)
{
	return suite_run(init_suite());
}
