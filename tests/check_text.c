/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of texts: reading, division into streams, training compared with
 * reference results, and exact resuming.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "folder.h"
#include "oracle.h"
#include "session/model_file.h"
#include "run/run.h"
#include "run/run_private.h"
#include "run/writer.h"
#include "suite.h"
#include "task/streams.h"
#include "task/text.h"
#include "text_run.h"

static char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];

static void
write_text(const char *text)
{
	folder_join(path, folder_new(folder), "t.txt");
	file_write_text(path, text);
}

/* ---------------------------------------------------------------------- */
/* reading */

START_TEST(tokens_are_sorted_by_code_point)
{
	static const uint32_t expected[] = {' ', 'a', 'b', 0xe9, 0x4e2d,
		0x1f600};
	struct text text;
	struct error error;

	write_text("b\xc3\xa9 \xe4\xb8\xad\xf0\x9f\x98\x80 abab a");
	ck_assert_msg(text_read(&text, path,
			      &(struct text_config){.validation = 0.25},
			      &error),
		"%s", error.text);
	ck_assert_uint_eq(text.length, 12);
	ck_assert_uint_eq(text.training, 9);
	ck_assert_uint_eq(text.vocabulary.count, 6);
	ck_assert_mem_eq(text.vocabulary.character, expected, sizeof expected);
	ck_assert_uint_eq(token_array_get(&text.token, 0), 2);
	ck_assert_uint_eq(token_array_get(&text.token, 4), 5);
	for (size_t i = 0; i < 6; i++) {
		char bytes[TEXT_ENCODED_SIZE];
		uint32_t token;
		size_t count;

		text_encode(&text.vocabulary, (uint32_t)i, bytes);
		ck_assert(text_tokens(&text.vocabulary, bytes, &token, &count,
			&error));
		ck_assert_uint_eq(count, 1);
		ck_assert_uint_eq(token, i);
	}
	text_destroy(&text);
}
END_TEST

static const struct {
	const char *bytes, *said;
} bad[] = {
	{"", "too few"},
	{"ten letter", "too few"},
	{"good so far, then \x80 is bad", "byte 19"},
	{"one line\nand another\xc3", "line 2"},
	{"overlong \xc0\xaf slash", "byte 10"},
	{"surrogate \xed\xa0\x80 half", "byte 11"},
	{"too large \xf4\x90\x80\x80 number", "byte 11"},
	{"five bytes \xf8\x88\x80\x80\x80", "byte 12"},
};

/* Texts of as many different characters, in order and then reversed. */
static const struct {
	size_t characters, width;
} widths[] = {{26, 1}, {256, 1}, {257, 2}, {65536, 2}, {65537, 4}};

START_TEST(a_token_takes_the_bytes_that_its_number_needs)
{
	size_t characters = widths[_i].characters, used = 0;
	char *bytes = memory_new(2 * characters, UTF8_SIZE);
	uint32_t character = 'A' - 1;
	size_t *start = memory_new(characters + 1, sizeof *start);
	struct text text;
	struct error error;

	ck_assert(bytes != NULL && start != NULL);
	for (size_t i = 0; i < characters; i++) {
		/* surrogates are no characters */
		do
			character++;
		while (!utf8_is_character(character));
		start[i] = used;
		used += utf8_put(character, bytes + used);
	}
	start[characters] = used;
	for (size_t i = characters; i-- > 0;) {
		memcpy(bytes + used, bytes + start[i], start[i + 1] - start[i]);
		used += start[i + 1] - start[i];
	}
	bytes[used] = '\0';
	write_text(bytes);
	ck_assert_msg(text_read(&text, path, &(struct text_config){0}, &error),
		"%s", error.text);
	ck_assert_uint_eq(text.vocabulary.count, characters);
	ck_assert_uint_eq(text.length, 2 * characters);
	ck_assert_uint_eq(text.token.width, widths[_i].width);
	ck_assert(text.hash == hash_bytes(HASH_EMPTY, bytes, used));
	for (size_t i = 0; i < characters; i++) {
		ck_assert_uint_eq(token_array_get(&text.token, i), i);
		ck_assert_uint_eq(token_array_get(&text.token,
					  2 * characters - 1 - i),
			i);
	}
	text_destroy(&text);
	free(bytes);
	free(start);
}
END_TEST

START_TEST(invalid_utf8_is_refused_with_its_position)
{
	struct text text;
	struct error error;

	write_text(bad[_i].bytes);
	ck_assert(!text_read(&text, path, &(struct text_config){0}, &error));
	ck_assert_msg(strstr(error.text, path) != NULL &&
			strstr(error.text, bad[_i].said) != NULL,
		"%s", error.text);
	if (strlen(bad[_i].bytes) >= TEXT_MIN) {
		ck_assert(text_read(&text, path,
			&(struct text_config){.is_bytes = true}, &error));
		ck_assert_uint_eq(text.length, strlen(bad[_i].bytes));
		text_destroy(&text);
	}
}
END_TEST

START_TEST(entropies_are_those_of_the_counts)
{
	struct text text;
	struct error error;
	double unigram, bigram;

	/* all letters equally frequent; the next letter is always certain */
	write_text("abcdabcdabcdabcda");
	ck_assert(text_read(&text, path, &(struct text_config){0}, &error));
	ck_assert(text_entropies(&text, &unigram, &bigram, &error));
	ck_assert_double_eq_tol(unigram, log(4), 1e-9);
	ck_assert_double_eq_tol(bigram, 0, 1e-9);
	text_destroy(&text);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* streams */

/* Read an epoch and count how often each token is predicted. */
static void
read_pass(struct streams *streams, int *times, const struct text *text)
{
	struct streams_position position = {0};
	struct batch batch;
	struct error error;

	ck_assert(streams_create_batch(streams, &batch, &error));
	ck_assert(streams_position_create(&position, streams->samples, &error));
	while (position.epochs == 0) {
		streams_fill(streams, &position, &batch);
		for (size_t i = batch.first_target * batch.samples;
			i < batch.steps * batch.samples; i++)
			if (batch.mask == NULL || batch.mask[i] != 0)
				times[batch.target_tokens[i]]++;
		streams_commit(streams, &position);
	}
	streams_position_destroy(&position);
	batch_destroy(&batch);
	(void)text;
}

START_TEST(an_epoch_predicts_every_token_once)
{
	static const struct {
		const struct framing *framing;
		size_t samples, length;
		const struct reset *reset;
	} forms[] = {
		{&framing_sequence, 1, 7, &reset_never},
		{&framing_sequence, 3, 5, &reset_never},
		{&framing_one_to_one, 4, 1, &reset_never},
		{&framing_many_to_one, 4, 1, &reset_never},
	};
	/* 61 different characters identify their positions */
	char letters[62];
	struct text text;
	struct error error;

	for (int i = 0; i < 61; i++)
		letters[i] = (char)('0' + i);
	letters[61] = '\0';
	write_text(letters);
	ck_assert(text_read(&text, path, &(struct text_config){0}, &error));
	for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
		struct streams_config config = {
			.framing = {forms[f].framing, 3},
			.end = text.length,
			.samples = forms[f].samples,
			.length = forms[f].length,
			.reset = forms[f].reset,
		};
		size_t first = forms[f].framing == &framing_many_to_one ? 3 : 1;
		struct streams streams;
		int times[61] = {0};

		ck_assert(streams_create(&streams, &text, &config, &error));
		read_pass(&streams, times, &text);
		for (size_t i = 0; i < text.length; i++)
			ck_assert_int_eq(times[i], i >= first);
		streams_destroy(&streams);
	}
	text_destroy(&text);
}
END_TEST

START_TEST(the_state_is_reset_at_the_end_of_a_line_or_paragraph)
{
	struct text text;
	struct error error;
	struct batch batch;

	write_text("ab\ncd\n\nef\ngh");
	ck_assert(text_read(&text, path, &(struct text_config){0}, &error));
	for (size_t r = 0; r < 2; r++) {
		/* unmasked tokens of each batch */
		static const size_t expected[2][4] = {{3, 3, 1, 3},
			{7, 4, 0, 0}};
		struct streams_config config = {
			.framing = {&framing_sequence, 3},
			.end = text.length,
			.samples = 1,
			.length = 10,
			.reset = r == 0 ? &reset_line : &reset_paragraph,
		};
		struct streams_position position = {0};
		struct streams streams;

		ck_assert(streams_create(&streams, &text, &config, &error));
		ck_assert(streams_create_batch(&streams, &batch, &error));
		ck_assert(streams_position_create(&position, 1, &error));
		for (size_t i = 0; i < 4 && expected[r][i] > 0; i++) {
			streams_fill(&streams, &position, &batch);
			ck_assert_uint_eq(batch.predicted, expected[r][i]);
			ck_assert(streams.is_reset[0]);
			streams_commit(&streams, &position);
		}
		streams_position_destroy(&position);
		batch_destroy(&batch);
		streams_destroy(&streams);
	}
	text_destroy(&text);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* training */

/* Return the largest difference of the weights from tensors PREFIX.NAME. */
static double
distance(const struct oracle *oracle, const char *prefix, const struct run *run,
	const float *packed)
{
	const struct parameters *parameters = &run->state.model.parameters;
	float *plain = memory_floats(parameters->total);
	double max = 0;

	parameters_gather(parameters, packed, plain);
	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		char name[64];
		size_t count;
		double *numbers;

		snprintf(name, sizeof name, "%s.%s", prefix, tensor->name);
		numbers = oracle_numbers(oracle, name, &count);
		ck_assert_uint_eq(count, tensor->size);
		for (size_t k = 0; k < count; k++)
			max = fmax(max,
				fabs(numbers[k] - plain[tensor->offset + k]));
		free(numbers);
	}
	free(plain);
	return max;
}

static void
set_weights(struct run *run, const struct oracle *oracle)
{
	const struct parameters *parameters = &run->state.model.parameters;
	float *plain = memory_floats(parameters->total);

	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		char name[64];
		size_t count;
		double *numbers;

		snprintf(name, sizeof name, "init.%s", tensor->name);
		numbers = oracle_numbers(oracle, name, &count);
		for (size_t k = 0; k < count; k++)
			plain[tensor->offset + k] = (float)numbers[k];
		free(numbers);
	}
	model_set_values(&run->state.model, plain);
	free(plain);
}

static const struct {
	const char *file, *framing, *batch;
} oracles[] = {
	{"hello-world-sequence", "sequence", "1"},
	{"hello-world-many-to-one", "many-to-one", "8"},
};

START_TEST(hello_world_gives_the_reference_results)
{
	const char *const options[][2] = {{"framing", oracles[_i].framing},
		{"batch", oracles[_i].batch}, {"units", "16"},
		{"learning-rate", "0.001"}, {"learning-rate-decay", "1"},
		{"clip", "0"}, {"validation", "0"}, {"window", "3"},
		{NULL, NULL}};
	struct oracle oracle;
	struct run *run;
	double *losses, max = 0;
	size_t updates;

	write_text("hello world");
	run = text_run_begin(options, path);
	oracle_open(&oracle, oracles[_i].file);
	set_weights(run, &oracle);
	losses = oracle_numbers(&oracle, "losses", &updates);
	for (size_t i = 0; i < updates; i++) {
		text_run_train(run, i + 1, UINT64_MAX);
		max = fmax(max, fabs(run->state.history.last - losses[i]));
		if (i == 0)
			ck_assert_double_lt(distance(&oracle, "grad1", run,
						    run->pass.gradients),
				1e-6);
		if (i == 9)
			ck_assert_double_lt(distance(&oracle, "after10", run,
						    run->state.model.values),
				2e-4);
	}
	ck_assert_double_lt(max, 2e-5);
	ck_assert_double_lt(distance(&oracle, "after200", run,
				    run->state.model.values),
		2e-4);
	free(losses);
	oracle_close(&oracle);
	text_run_end(run);
}
END_TEST

/*
 * Compare the gradient of a stacked model with a carried state with finite
 * differences of the loss.
 */
START_TEST(gradients_with_a_carried_state_are_those_of_the_loss)
{
	const char *const options[][2] = {{"cell", cell_list[_i]->name},
		{"units", "5,4"}, {"batch", "3"}, {"sequence-length", "6"},
		{"validation", "0"}, {"clip", "0"}, {NULL, NULL}};
	struct run *run;
	struct batch *batch;
	struct pass *pass;
	float *plain, *gradient;
	double largest = 0, off = 0;
	size_t total;

	write_text("the quick brown fox jumps over the lazy dog, again and "
		   "again and again");
	run = text_run_begin(options, path);
	text_run_train(run, 2, UINT64_MAX);
	total = run->state.model.parameters.total;
	batch = &run->batch;
	pass = &run->pass;
	plain = memory_floats(total);
	gradient = memory_floats(total);
	reader_fill(&run->reader, &run->state.reader, batch, pass);
	pass_begin(pass, batch,
		&(struct loss_config){.loss = &loss_crossentropy,
			.features = run_features(run)});
	while (!pass_is_done(pass))
		pass_advance(pass);
	parameters_gather(&run->state.model.parameters, pass->gradients,
		gradient);
	model_get_values(&run->state.model, plain);
	for (size_t i = 0; i < total; i++) {
		struct loss_config config = {.loss = &loss_crossentropy,
			.features = run_features(run)};
		float value = plain[i], step = 4e-3f;
		double loss[2], slope;

		for (int side = 0; side < 2; side++) {
			plain[i] = side ? value - step : value + step;
			model_set_values(&run->state.model, plain);
			pass_begin(pass, batch, &config);
			while (!pass_is_done(pass))
				pass_advance(pass);
			loss[side] = pass_loss(pass);
		}
		plain[i] = value;
		slope = (loss[0] - loss[1]) / (2 * (double)step);
		largest = fmax(largest, fabs(slope));
		off = fmax(off, fabs(slope - gradient[i]));
	}
	ck_assert_double_gt(largest, 0.05);
	ck_assert_double_lt(off, 1e-4);
	free(plain);
	free(gradient);
	text_run_end(run);
}
END_TEST

enum { RESUMED_OPTIONS = 6 };

static const char *const resumed[][RESUMED_OPTIONS][2] = {
	{{"units", "12"}, {"batch", "4"}, {"sequence-length", "9"},
		{NULL, NULL}},
	{{"units", "6,5"}, {"batch", "3"}, {"dropout", "0.3"},
		{"sequence-length", "7"}, {NULL, NULL}},
	{{"units", "6"}, {"batch", "3"}, {"reset-at", "line"},
		{"sequence-length", "7"}, {NULL, NULL}},
	{{"units", "6"}, {"framing", "many-to-one"}, {"batch", "5"},
		{NULL, NULL}},
	{{"units", "6"}, {"framing", "one-to-many"}, {"batch", "5"},
		{"bytes", "yes"}, {NULL, NULL}},
};

enum { RESUMED = sizeof resumed / sizeof resumed[0] };

static struct run *
save_and_load(struct run *run)
{
	struct run *back;
	char model[FOLDER_PATH_SIZE];
	struct error error;

	folder_join(model, folder, "m.safetensors");
	ck_assert_msg(model_file_write(&run->state, model, &error), "%s",
		error.text);
	text_run_end(run);
	back = model_file_open(suite_context(), model, &error);
	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert_msg(run_prepare(back, &error), "%s", error.text);
	return back;
}

/* Resume every kind of text with every cell. */
START_TEST(a_resumed_text_gives_the_same_bits)
{
	const char *options[RESUMED_OPTIONS + 1][2] = {
		{"cell", cell_list[_i / RESUMED]->name}};
	struct run *whole, *stopped;
	struct error error;
	size_t bytes;

	write_text(
		"Now is the winter of our discontent\nMade glorious "
		"summer by this sun of York;\nAnd all the clouds that lour'd "
		"upon our house\nIn the deep bosom of the ocean buried.\n");
	memcpy(options + 1, resumed[_i % RESUMED], sizeof resumed[0]);
	whole = text_run_begin((const char *const(*)[2])options, path);
	stopped = text_run_begin((const char *const(*)[2])options, path);
	text_run_train(whole, 90, UINT64_MAX);
	text_run_train(stopped, 17, 1);
	stopped = save_and_load(stopped);
	text_run_train(stopped, 50, UINT64_MAX);
	stopped = save_and_load(stopped);
	/* also during a validation */
	while (!run_is_validating(stopped))
		ck_assert_int_eq(run_advance(stopped, 90, 1, &error),
			RUN_GOES_ON);
	stopped = save_and_load(stopped);
	text_run_train(stopped, 90, UINT64_MAX);
	bytes = whole->state.model.parameters.packed_total * sizeof(float);
	ck_assert_mem_eq(whole->state.model.values, stopped->state.model.values,
		bytes);
	ck_assert_mem_eq(whole->state.optimizer.second,
		stopped->state.optimizer.second, bytes);
	ck_assert(whole->state.validation.epochs ==
		stopped->state.validation.epochs);
	ck_assert(whole->state.validation.epochs > 0);
	ck_assert_double_eq(whole->state.validation.last,
		stopped->state.validation.last);
	ck_assert_double_eq(whole->state.validation.best,
		stopped->state.validation.best);
	text_run_end(whole);
	text_run_end(stopped);
}
END_TEST

/* A model that has memorized a short text generates it. */
START_TEST(a_memorized_text_is_generated)
{
	const char *const options[][2] = {{"cell", cell_list[_i]->name},
		{"units", "24"}, {"batch", "1"}, {"validation", "0"},
		{"clip", "0"}, {"learning-rate", "0.01"}, {NULL, NULL}};
	static const char text[] = "to be, or not to be";
	struct run *run;
	struct writer writer;
	struct error error;
	char written[64] = "t";
	size_t length = 1;

	write_text(text);
	run = text_run_begin(options, path);
	text_run_train(run, 400, UINT64_MAX);
	ck_assert(writer_create(&writer, run, 1, &error));
	writer.temperature = 0;
	for (uint32_t i = 0; i < run->state.reader.vocabulary.count; i++)
		if (run->state.reader.vocabulary.character[i] == 't')
			writer_read(&writer, i);
	while (length < sizeof text - 1)
		length += text_encode(&run->state.reader.vocabulary,
			writer_write(&writer), written + length);
	ck_assert_str_eq(written, text);
	writer_destroy(&writer);
	text_run_end(run);
}
END_TEST

/* Learning rates of the first five epochs, which have one update each. */
static const struct {
	const char *after;
	double rate[5];
} decays[] = {
	{"0", {0.1, 0.05, 0.025, 0.0125, 0.00625}},
	{"1", {0.1, 0.05, 0.025, 0.0125, 0.00625}},
	{"2", {0.1, 0.1, 0.05, 0.025, 0.0125}},
	{"3", {0.1, 0.1, 0.1, 0.05, 0.025}},
	{"1000000000", {0.1, 0.1, 0.1, 0.1, 0.1}},
};

enum { DECAYS = sizeof decays / sizeof decays[0] };

START_TEST(the_learning_rate_decays_by_epochs)
{
	const char *const options[][2] = {{"units", "3"}, {"batch", "1"},
		{"validation", "0"}, {"learning-rate", "0.1"},
		{"learning-rate-decay", "0.5"},
		{"decay-after", decays[_i].after}, {NULL, NULL}};
	struct run *run;

	write_text("a text of one update");
	run = text_run_begin(options, path);
	for (size_t epoch = 0; epoch < 5; epoch++) {
		ck_assert_double_eq_tol(run_learning_rate(run),
			decays[_i].rate[epoch], 1e-12);
		text_run_train(run, epoch + 1, UINT64_MAX);
		/* the rate of the last update, not of the next one */
		ck_assert_double_eq_tol(run->last_rate, decays[_i].rate[epoch],
			1e-12);
	}
	text_run_end(run);
}
END_TEST

/*
 * Texts whose epochs have 21 updates, 400, from which on the decay is that of
 * a large text, more than that, 20 and 1.
 */
static const struct {
	size_t characters;
	const char *batch, *framing, *window;
	double decay;
	uint64_t after;
} texts[] = {
	/* 0.97^(21/400), 10 · 400/21 */
	{5251, "5", "sequence", "1", 0.998402, 190},
	{100001, "5", "sequence", "1", 0.97, 10},
	{300001, "5", "sequence", "1", 0.97, 10},
	/* 400 windows, 20 an update: 0.97^(20/400), 10 · 400/20 */
	{403, "20", "many-to-one", "3", 0.998478, 200},
	/* one update: 0.97^(1/400), 10 · 400 */
	{50, "1", "sequence", "1", 0.999924, 4000},
};

enum { TEXTS = sizeof texts / sizeof texts[0] };

START_TEST(the_default_decay_is_that_of_a_large_text_in_updates)
{
	const char *const options[][2] = {{"units", "2"},
		{"batch", texts[_i].batch}, {"validation", "0"},
		{"framing", texts[_i].framing}, {"window", texts[_i].window},
		{NULL, NULL}};
	const char *const given[][2] = {{"units", "2"},
		{"batch", texts[_i].batch}, {"validation", "0"},
		{"framing", texts[_i].framing}, {"window", texts[_i].window},
		{"learning-rate-decay", "0.97"}, {"decay-after", "10"},
		{NULL, NULL}};
	const char *const decay_given[][2] = {{"units", "2"},
		{"batch", texts[_i].batch}, {"validation", "0"},
		{"framing", texts[_i].framing}, {"window", texts[_i].window},
		{"learning-rate-decay", "0.5"}, {NULL, NULL}};
	char *text = malloc(texts[_i].characters + 1);
	struct run *run;

	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < texts[_i].characters; i++)
		text[i] = (char)('a' + i % 7);
	text[texts[_i].characters] = '\0';
	write_text(text);
	free(text);
	run = text_run_begin(options, path);
	ck_assert_double_eq(run->state.settings.decay, texts[_i].decay);
	ck_assert_uint_eq(run->state.settings.decay_after, texts[_i].after);
	text_run_end(run);
	/* options given by the user are kept, even if equal to the defaults */
	run = text_run_begin(given, path);
	ck_assert_double_eq(run->state.settings.decay, 0.97);
	ck_assert_uint_eq(run->state.settings.decay_after, 10);
	text_run_end(run);
	/* a given decay does not change the default of --decay-after */
	run = text_run_begin(decay_given, path);
	ck_assert_double_eq(run->state.settings.decay, 0.5);
	ck_assert_uint_eq(run->state.settings.decay_after, 10);
	text_run_end(run);
}
END_TEST

static Suite *
text_suite(void)
{
	Suite *suite = suite_create("text");
	int cells = (int)kind_count(cell_list);
	TCase *group = suite_group(suite, "text", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_test(group, tokens_are_sorted_by_code_point);
	suite_add_loop(group, a_token_takes_the_bytes_that_its_number_needs, 0,
		sizeof widths / sizeof widths[0]);
	suite_add_loop(group, invalid_utf8_is_refused_with_its_position, 0,
		sizeof bad / sizeof bad[0]);
	tcase_add_test(group, entropies_are_those_of_the_counts);
	tcase_add_test(group, an_epoch_predicts_every_token_once);
	tcase_add_test(group,
		the_state_is_reset_at_the_end_of_a_line_or_paragraph);
	suite_add_loop(group, hello_world_gives_the_reference_results, 0,
		sizeof oracles / sizeof oracles[0]);
	suite_add_loop(group,
		gradients_with_a_carried_state_are_those_of_the_loss, 0, cells);
	suite_add_loop(group, a_resumed_text_gives_the_same_bits, 0,
		cells * RESUMED);
	suite_add_loop(group, a_memorized_text_is_generated, 0, cells);
	suite_add_loop(group, the_learning_rate_decays_by_epochs, 0, DECAYS);
	suite_add_loop(group,
		the_default_decay_is_that_of_a_large_text_in_updates, 0, TEXTS);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(text_suite);
}
