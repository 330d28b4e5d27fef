/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui import`, and of --init with the same files: files of
 * PyTorch and NumPy (data/import/make.py) against what PyTorch computes, the
 * round trip through the program's own exports, and files that are refused.
 */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "suite.h"

#define MODEL "m.safetensors"
#define AGAIN "again.safetensors"

/* Float rounds in another order in PyTorch. */
#define TOLERANCE 2e-6

/* Return the path of a file of data/import in a static buffer. */
static const char *
data(const char *name)
{
	static char path[4][FOLDER_PATH_SIZE];
	static size_t next;
	const char *tests = getenv("TESTS_DIR");

	next = (next + 1) % 4;
	snprintf(path[next], FOLDER_PATH_SIZE, "%s/data/import/%s",
		tests != NULL ? tests : "tests", name);
	return path[next];
}

static json_t *
load_expected(const char *name)
{
	char *text = file_read(data("expected.json"), NULL);
	json_t *all = parse_object(text);
	json_t *expected = json_incref(json_object_get(all, name));

	ck_assert_ptr_nonnull(expected);
	json_decref(all);
	free(text);
	return expected;
}

/* ---------------------------------------------------------------------- */
/* files of others */

static const char *const files[] = {"gru.pt", "gru-protocol-5.pt", "gru-f64.pt",
	"gru-strided.pt", "lstm-f16-module.pt", "lstm-stack.pt", "rnn-bf16.pt",
	"gru.npz", "gru-fortran.npz", "keras-list.npz",
#ifdef HAVE_ZLIB
	"gru-compressed.npz"
#endif
};

/* Write the points of an expectation as the argument of --start. */
static void
format_start(const json_t *expected, char *text, size_t size)
{
	size_t length = 0, i, f;
	json_t *point, *number;

	json_array_foreach(json_object_get(expected, "input"), i, point)
		json_array_foreach(point, f, number) length +=
		(size_t)snprintf(text + length, size - length, "%s%.9g",
			f > 0           ? ","
				: i > 0 ? " "
					: "",
			json_number_value(number));
}

START_TEST(points_of_others_are_as_pytorch_computes)
{
	json_t *expected = load_expected(files[_i]), *result, *steps, *last;
	const json_t *wants = json_object_get(expected, "output");
	char start[256];

	MUST("import", "--quiet", "--task=points", "--framing=sequence",
		data(files[_i]), MODEL);
	format_start(expected, start, sizeof start);
	result = OBJECT_OF("inspect", "--json", "--start", start, MODEL);
	steps = json_object_get(result, "steps");
	last = json_array_get(steps, json_array_size(steps) - 1);
	last = json_object_get(last, "output");
	ck_assert_uint_eq(json_array_size(last), 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_double_le(fabs(json_number_value(
						 json_array_get(last, i)) -
					    json_number_value(
						    json_array_get(wants, i))),
			TOLERANCE);
	json_decref(result);
	json_decref(expected);
	ck_assert_uint_eq(updates_of(MODEL), 0);
}
END_TEST

/* Expect PyTorch's probabilities after a text, by character. */
static void
expect_text(const char *name)
{
	json_t *expected = load_expected(name), *result, *steps, *last;
	const json_t *wants = json_object_get(expected, "output");
	json_t *vocabulary, *character;
	size_t i;

	result = OBJECT_OF("inspect", "--json", "--prime",
		get_string(expected, "input"), MODEL);
	steps = json_object_get(result, "steps");
	last = json_array_get(steps, json_array_size(steps) - 1);
	last = json_object_get(last, "output");
	vocabulary = json_object_get(result, "vocabulary");
	ck_assert_uint_eq(json_array_size(vocabulary), 8);
	json_array_foreach(vocabulary, i, character)
		ck_assert_double_le(fabs(json_number_value(
						 json_array_get(last, i)) -
					    get_number(wants,
						    json_string_value(
							    character))),
			TOLERANCE);
	json_decref(result);
	json_decref(expected);
}

START_TEST(a_text_has_the_vocabulary_of_the_file)
{
	MUST("import", "--quiet", data("text.pt"), MODEL);
	expect_text("text.pt");
	MUST("import", "--quiet", "--force", data("text.npz"), MODEL);
	expect_text("text.npz");
}
END_TEST

START_TEST(a_vocabulary_can_be_another_file)
{
	char *bytes, path[FOLDER_PATH_SIZE], *output;
	size_t length;
	struct outcome outcome;

	MUST("import", "--quiet", "--vocabulary-file",
		data("text-vocabulary.json"), data("text-alone.pt"), MODEL);
	expect_text("text-alone.pt");
	/* beside the file it is found, if it has as many tokens */
	bytes = file_read(data("text-alone.pt"), &length);
	file_write(path_here(path, "a.pt"), bytes, length);
	free(bytes);
	write_here("vocabulary.json", "[\"a\", \"b\"]");
	RUN(&outcome, "import", "a.pt", "x");
	expect_usage_error(&outcome, "a.pt: the model has 8 inputs; name its");
	outcome_release(&outcome);
	bytes = file_read(data("text-vocabulary.json"), &length);
	file_write(path_here(path, "vocabulary.json"), bytes, length);
	free(bytes);
	output = OUTPUT_OF("import", "--force", "a.pt", MODEL);
	ck_assert_ptr_nonnull(
		strstr(output, "note: vocabulary from vocabulary.json"));
	free(output);
	expect_text("text-alone.pt");
}
END_TEST

static const struct {
	const char *json, *cause;
} vocabularies[] = {
	{"[\"a\", \"b\"]", "8 inputs, but the vocabulary 2 tokens"},
	{"[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"a\"]",
		"has a character twice: tokens 0 and 7"},
	{"[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"<pad>\"]",
		"the vocabulary: word 1 is no word"},
	{"[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"\"]",
		"token 7 of the vocabulary is no character or word"},
	{"[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",7]",
		"token 7 of the vocabulary is no character or word"},
	{"{\"a\": 0, \"b\": 0}", "not a list of tokens"},
	{"{\"a\": 5}", "not a list of tokens"},
	{"7", "v.json: line 1:"},
};

START_TEST(a_wrong_vocabulary_is_refused)
{
	struct outcome outcome;

	write_here("v.json", vocabularies[_i].json);
	RUN(&outcome, "import", "--task=text", "--vocabulary-file=v.json",
		data("text-alone.pt"), MODEL);
	expect_failure(&outcome, vocabularies[_i].cause);
	outcome_release(&outcome);
	ck_assert(!exists_here(MODEL));
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the program's own exports */

static const char *const options[][6] = {
	{"--units=4", "--cell=lstm"},
	{"--units=4,3", "--cell=gru", "--framing=many-to-one"},
	{"--units=4,4", "--cell=lstm", "--framing=sequence",
		"--recurrent-activation=hard-sigmoid"},
	{"--units=3,4", "--cell=rnn", "--framing=one-to-many", "--window=2"},
	{"--units=4", "--loss=mixture", "--mixtures=2", "--framing=sequence"},
	{"--units=4", "--data=d.csv", "--framing=sequence"},
	{"--units=4", "--data=d.csv", "--framing=many-to-one", "--window=2"},
	{"--units=4,4", "--data=t.txt", "--cell=gru", "--validation=0"},
	{"--units=4", "--data=t.txt", "--tokens=words", "--validation=0"},
	{"--units=4", "--data=t.txt", "--bytes", "--validation=0"},
};

enum { OPTIONS = sizeof options / sizeof options[0] };

static void
train(size_t number)
{
	const char *words[16] = {"train", "--quiet", "--seed=4",
		"--updates=10"};
	size_t count = 4;

	write_here("d.csv", "100,-5\n120,7\n90,8\n80,1\n\n70,1\n99,2\n80,4\n");
	write_here("t.txt",
		"the cat ate the rat \xc3\xa4\n"
		"the rat ate the cat \xc3\xa4\n");
	for (size_t i = 0; i < 6 && options[number][i] != NULL; i++)
		words[count++] = options[number][i];
	words[count] = MODEL;
	must_run(words);
}

/* Expect that all weights of two model files have the same bits. */
static void
expect_same_weights(void)
{
	struct tensors one, other;
	const char *name;
	json_t *entry;
	size_t compared = 0;

	read_tensors_here(&one, MODEL);
	read_tensors_here(&other, AGAIN);
	json_object_foreach(one.header, name, entry)
	{
		size_t length, again;
		void *bytes, *copy;

		if (strncmp(name, "optimizer.", 10) == 0 ||
			(strstr(name, "kernel") == NULL &&
				strstr(name, "bias") == NULL))
			continue;
		bytes = tensors_find(&one, name, "F32", &length);
		copy = tensors_find(&other, name, "F32", &again);
		ck_assert_uint_eq(length, again);
		ck_assert_msg(memcmp(bytes, copy, length) == 0, "%s", name);
		compared++;
	}
	ck_assert_uint_ge(compared, 5);
	tensors_release(&one);
	tensors_release(&other);
}

/* Return what a model generates. */
static char *
generated(const char *model)
{
	struct outcome outcome;
	char *output;

	RUN(&outcome, "generate", "--seed=3", "--length=12", model);
	expect_status(&outcome, 0);
	output = strdup(outcome.output);
	outcome_release(&outcome);
	ck_assert_ptr_nonnull(output);
	return output;
}

static const char *const formats[] = {"x.pt", "x.npz", MODEL};

START_TEST(an_export_comes_back_as_it_was)
{
	char *before, *after;

	train((size_t)_i);
	before = generated(MODEL);
	for (size_t i = 0; i < 3; i++) {
		if (strcmp(formats[i], MODEL) != 0)
			MUST("export", "--quiet", MODEL, formats[i]);
		MUST("import", "--quiet", "--force", formats[i], AGAIN);
		expect_same_weights();
		after = generated(AGAIN);
		ck_assert_str_eq(before, after);
		free(after);
		ck_assert_uint_eq(updates_of(AGAIN), 0);
		/* a run of 0 updates can be resumed, with its data */
		MUST("train", "--quiet", "--updates=2", AGAIN);
		ck_assert_uint_eq(updates_of(AGAIN), 2);
	}
	free(before);
}
END_TEST

START_TEST(options_replace_what_the_file_tells)
{
	json_t *object;

	train(0);
	MUST("export", "--quiet", MODEL, "x.pt");
	MUST("import", "--quiet", "--task=circle", "--framing=sequence",
		"--loss=mse", "x.pt", AGAIN);
	object = info(AGAIN);
	ck_assert_str_eq(get_string(object, "task"), "circle");
	ck_assert_str_eq(get_string(object, "framing"), "sequence");
	ck_assert_str_eq(get_string(object, "loss"), "mse");
	json_decref(object);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* training on, initial weights */

START_TEST(imported_text_trains_on_text_of_its_vocabulary)
{
	struct outcome outcome;
	char text[400] = "";

	MUST("import", "--quiet", data("text.pt"), MODEL);
	RUN(&outcome, "train", "--updates=2", MODEL);
	expect_usage_error(&outcome, "the task 'text' needs --data FILE");
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", MODEL);
	expect_usage_error(&outcome, "the task 'text' needs --data FILE");
	outcome_release(&outcome);
	RUN(&outcome, "inspect", MODEL);
	expect_usage_error(&outcome, "no data; --prime gives what to read");
	outcome_release(&outcome);
	write_here("other.txt", "to be or not to be, to be or not to be");
	RUN(&outcome, "import", "--data=other.txt", data("text.pt"), AGAIN);
	expect_failure(&outcome, "starts a model of the characters of FILE");
	outcome_release(&outcome);
	for (int i = 0; i < 12; i++)
		strcat(text, "zyx ab\xc3\xa4\nbaz ");
	write_here("t.txt", text);
	MUST("train", "--quiet", "--updates=2", "--data=t.txt", MODEL);
	ck_assert_uint_eq(updates_of(MODEL), 2);
	/* the data are now known */
	write_here("t2.txt", strcat(text, "z"));
	RUN(&outcome, "train", "--updates=3", "--data=t2.txt", MODEL);
	expect_failure(&outcome, "t2.txt: not the data that the run began");
	outcome_release(&outcome);
}
END_TEST

START_TEST(data_of_points_decide_the_scaling)
{
	struct outcome outcome;
	struct tensors tensors;
	const double *offset;
	size_t length;

	write_here("d.csv", "10,20,30\n30,10,20\n20,30,10\n");
	MUST("import", "--quiet", "--data=d.csv", data("gru.npz"), MODEL);
	read_tensors_here(&tensors, MODEL);
	offset = tensors_find(&tensors, "scaling.offset", "F64", &length);
	ck_assert_uint_eq(length, 3 * sizeof *offset);
	ck_assert_double_eq(offset[0], 20);
	tensors_release(&tensors);
	MUST("train", "--quiet", "--updates=2", MODEL);
	write_here("two.csv", "1,2\n3,4\n5,6\n");
	RUN(&outcome, "import", "--data=two.csv", data("gru.npz"), AGAIN);
	expect_failure(&outcome, "two.csv: 2 columns, but the model has 3");
	outcome_release(&outcome);
	RUN(&outcome, "import", data("gru.npz"), AGAIN);
	expect_usage_error(&outcome, "3 inputs; name its --task");
	outcome_release(&outcome);
	RUN(&outcome, "import", "--task=rectangle", data("gru.npz"), AGAIN);
	expect_failure(&outcome, "3 inputs, which is not for --task rectangle");
	outcome_release(&outcome);
	RUN(&outcome, "inspect", MODEL);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	MUST("import", "--quiet", "--task=points", data("gru.npz"), AGAIN);
	RUN(&outcome, "inspect", AGAIN);
	expect_usage_error(&outcome, "no data; --start gives what to read");
	outcome_release(&outcome);
}
END_TEST

START_TEST(initial_weights_come_from_the_same_files)
{
	struct outcome outcome;

	write_here("d.csv", "1,2,3\n0,1,2\n2,1,0\n1,1,1\n");
	RUN(&outcome, "train", "--updates=1", "--units=4", "--data=d.csv",
		"--init", data("gru.pt"), MODEL);
	expect_failure(&outcome,
		"its layers are of --cell gru, not of --cell lstm");
	outcome_release(&outcome);
	MUST("train", "--quiet", "--updates=1", "--units=4", "--cell=gru",
		"--learning-rate=1e-30", "--data=d.csv", "--init",
		data("gru.pt"), MODEL);
	MUST("import", "--quiet", "--task=points", data("gru.pt"), AGAIN);
	/* an update of 1e-30 changes only weights that are smaller */
	expect_same_weights();
}
END_TEST

START_TEST(initial_weights_of_a_text_are_matched_by_character)
{
	struct outcome outcome;

	write_here("t.txt", "zabc zabc zabc zabc zabc zabc zabc zabc zabc");
	RUN(&outcome, "train", "--updates=1", "--units=5", "--data=t.txt",
		"--framing=sequence", "--init", data("text.pt"), MODEL);
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.errors,
		"no weights for 1 of the text's 5 characters, which start from "
		"random weights: 'c'"));
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* refusals */

static const struct {
	const char *name, *cause, *hint;
} refused[] = {
	{"whole-network.pt", "the pickle calls '__main__.Network'",
		"torch.save(state,"},
	{"legacy.pt", "not a model file but a Python pickle",
		"torch.save(state,"},
	{"expanded.pt",
		"tensor 'fc.weight': its shape is larger than its "
		"storage",
		NULL},
	{"bidirectional.pt",
		"'weight_ih_l0_reverse' is that of a "
		"bidirectional layer",
		NULL},
	{"embedding.pt",
		"more than one layer beside the recurrent ones: "
		"'embed.', 'fc.'",
		NULL},
	{"make.py", "not a model file but a text file", NULL},
	{"none.pt", "No such file", NULL},
};

START_TEST(files_that_cannot_be_imported_are_refused)
{
	struct outcome outcome;

	RUN(&outcome, "import", "--task=points", data(refused[_i].name), MODEL);
	expect_status(&outcome, 1);
	ck_assert_msg(strstr(outcome.errors, refused[_i].cause) != NULL, "%s",
		outcome.errors);
	if (refused[_i].hint != NULL)
		ck_assert_ptr_nonnull(strstr(outcome.errors, refused[_i].hint));
	else
		expect_failure(&outcome, refused[_i].cause);
	outcome_release(&outcome);
	ck_assert(!exists_here(MODEL));
}
END_TEST

START_TEST(exports_of_other_formats_have_a_hint)
{
	static const char *const names[] = {"m.onnx", "m.keras",
		"m.weights.h5"};
	static const char *const hints[] = {"onnx.load(", "get_weights()",
		"get_weights()"};
	struct outcome outcome;

	train(0);
	for (size_t i = 0; i < 3; i++) {
		MUST("export", "--quiet", MODEL, names[i]);
		RUN(&outcome, "import", names[i], AGAIN);
		expect_status(&outcome, 1);
		ck_assert_ptr_nonnull(strstr(outcome.errors, names[i]));
		ck_assert_ptr_nonnull(strstr(outcome.errors, hints[i]));
		outcome_release(&outcome);
		/* a command that reads only model files gives a single line */
		RUN(&outcome, "info", names[i]);
		expect_failure(&outcome, "not a model file but ");
		outcome_release(&outcome);
	}
}
END_TEST

START_TEST(wrong_usage_is_refused)
{
	struct outcome outcome;
	char *before, *after;

	RUN(&outcome, "import");
	expect_usage_error(&outcome, "import: missing IN operand");
	outcome_release(&outcome);
	RUN(&outcome, "import", data("gru.pt"));
	expect_usage_error(&outcome, "import: missing MODEL operand");
	outcome_release(&outcome);
	RUN(&outcome, "import", "--cell=rnn", data("gru.pt"), MODEL);
	expect_usage_error(&outcome, "which has 'gru'");
	outcome_release(&outcome);
	RUN(&outcome, "import", "--units=3", data("gru.pt"), MODEL);
	expect_usage_error(&outcome, "--units 3 contradicts ");
	outcome_release(&outcome);
	RUN(&outcome, "import", "--format=npz", data("gru.pt"), MODEL);
	expect_usage_error(&outcome, "not --format npz, but torch");
	outcome_release(&outcome);
	RUN(&outcome, "import", "--loss=mse", data("text.pt"), MODEL);
	expect_usage_error(&outcome, "--loss mse is not for --task text");
	outcome_release(&outcome);
	write_here(MODEL, "kept");
	RUN(&outcome, "import", "--task=points", data("gru.pt"), MODEL);
	expect_failure(&outcome, "already exists; --force replaces it");
	outcome_release(&outcome);
	before = read_here(MODEL, NULL);
	ck_assert_str_eq(before, "kept");
	free(before);
	MUST("import", "--quiet", "--task=points", "--force", data("gru.pt"),
		MODEL);
	RUN(&outcome, "import", "--force", MODEL, MODEL);
	expect_usage_error(&outcome, MODEL);
	outcome_release(&outcome);
	after = read_here(MODEL, NULL);
	ck_assert(strcmp(after, "kept") != 0);
	free(after);
}
END_TEST

/* Write a safetensors file with a tensor of zeros changed, left out or added.
 */
static void
write_changed(const char *name, const char *left_out, size_t rows,
	size_t columns, const char *added)
{
	static const struct {
		const char *name;
		size_t rows, columns;
	} all[] = {{"net.weight_ih_l0", 12, 2}, {"net.weight_hh_l0", 12, 3},
		{"net.bias_ih_l0", 0, 12}, {"net.bias_hh_l0", 0, 12},
		{"fc.weight", 2, 3}, {"fc.bias", 0, 2}};
	static const float zeros[4000];
	struct tensors tensors;
	char path[FOLDER_PATH_SIZE];

	tensors_begin(&tensors);
	for (size_t i = 0; i < 7; i++) {
		const char *tensor = i < 6 ? all[i].name : added;
		size_t r = i < 6 ? all[i].rows : 2;
		size_t c = i < 6 ? all[i].columns : 2;
		json_t *shape;

		if (tensor == NULL)
			continue;
		if (left_out != NULL && strcmp(tensor, left_out) == 0) {
			if (columns == 0)
				continue;
			r = rows;
			c = columns;
		}
		shape = r > 0
			? json_pack("[I, I]", (json_int_t)r, (json_int_t)c)
			: json_pack("[I]", (json_int_t)c);
		tensors_append(&tensors, tensor, "F32", shape, zeros,
			(r > 0 ? r : 1) * c * sizeof(float));
		json_decref(shape);
	}
	tensors_write(&tensors, path_here(path, name));
	tensors_release(&tensors);
}

static const struct {
	const char *tensor;
	size_t rows, columns; /* 0 columns: missing */
	const char *added, *cause;
} changes[] = {
	{"net.weight_ih_l0", 0, 0, NULL, "'net.weight_ih_l0' is missing"},
	{"net.weight_hh_l0", 0, 0, NULL, "'net.weight_hh_l0' is missing"},
	{"net.bias_ih_l0", 0, 0, NULL, "'net.bias_ih_l0' is missing"},
	{"net.bias_hh_l0", 0, 0, NULL, "'net.bias_hh_l0' is missing"},
	{"fc.weight", 0, 0, NULL, "'fc.weight' is missing"},
	{"fc.bias", 0, 0, NULL, "'fc.bias' is missing"},
	{"net.weight_ih_l0", 11, 2, NULL, "does not match the recurrent"},
	{"net.weight_ih_l0", 0, 24, NULL, "does not match the recurrent"},
	{"net.weight_hh_l0", 13, 3, NULL, "number of gates for each unit"},
	{"net.weight_hh_l0", 6, 3, NULL, "no cell has so many gates"},
	{"net.bias_hh_l0", 0, 11, NULL, "shape [11] instead of [12]"},
	{"net.bias_ih_l0", 1, 12, NULL, "shape [1, 12] instead of [12]"},
	{"fc.weight", 2, 4, NULL, "'fc.weight' has the shape [2, 4]"},
	{"fc.bias", 0, 3, NULL, "shape [3] instead of [2]"},
	{NULL, 0, 0, "norm.scale", "'norm.scale' belongs to no recurrent or"},
	{NULL, 0, 0, "net.weight_hr_l0", "an LSTM with a projection"},
};

START_TEST(missing_and_wrong_tensors_are_named)
{
	struct outcome outcome;

	write_changed("w", NULL, 0, 0, NULL);
	MUST("import", "--quiet", "w", AGAIN);
	write_changed("w", changes[_i].tensor, changes[_i].rows,
		changes[_i].columns, changes[_i].added);
	RUN(&outcome, "import", "w", MODEL);
	expect_failure(&outcome, changes[_i].cause);
	outcome_release(&outcome);
}
END_TEST

/* Add a tensor of equal values; F16 values are given by their bits. */
static void
append(struct tensors *tensors, const char *name, const char *type, size_t rows,
	size_t columns, uint32_t bits)
{
	uint16_t half = (uint16_t)bits;
	size_t size = strcmp(type, "F32") == 0 ? 4 : 2;
	size_t count = (rows > 0 ? rows : 1) * columns;
	char *values = malloc(count * size);
	json_t *shape = rows > 0
		? json_pack("[I, I]", (json_int_t)rows, (json_int_t)columns)
		: json_pack("[I]", (json_int_t)columns);

	ck_assert_ptr_nonnull(values);
	for (size_t i = 0; i < count; i++)
		if (size == sizeof half)
			memcpy(values + i * size, &half, size);
		else
			memcpy(values + i * size, &bits, size);
	tensors_append(tensors, name, type, shape, values, count * size);
	json_decref(shape);
	free(values);
}

/* Names of Keras with paths, the bias as bits of a half number. */
static void
write_keras(const char *name, unsigned bias)
{
	struct tensors tensors;
	char path[FOLDER_PATH_SIZE];

	tensors_begin(&tensors);
	append(&tensors, "sequential/lstm_10/lstm_cell/kernel:0", "F32", 3, 8,
		0);
	append(&tensors, "sequential/lstm_10/lstm_cell/recurrent_kernel:0",
		"F32", 2, 8, 0);
	append(&tensors, "sequential/lstm_10/lstm_cell/bias:0", "F32", 0, 8, 0);
	append(&tensors, "sequential/lstm_9/lstm_cell/kernel:0", "F32", 2, 12,
		0);
	append(&tensors, "sequential/lstm_9/lstm_cell/recurrent_kernel:0",
		"F32", 3, 12, 0);
	append(&tensors, "sequential/lstm_9/lstm_cell/bias:0", "F32", 0, 12, 0);
	append(&tensors, "sequential/dense_4/kernel:0", "F32", 2, 2, 0);
	append(&tensors, "sequential/dense_4/bias:0", "F16", 0, 2, bias);
	tensors_write(&tensors, path_here(path, name));
	tensors_release(&tensors);
}

START_TEST(names_of_keras_have_paths_and_numbers)
{
	struct outcome outcome;
	struct tensors tensors;
	const float *bias;
	json_t *object;
	size_t length;

	write_keras("k", 0x3800); /* 0.5 */
	MUST("import", "--quiet", "k", MODEL);
	object = info(MODEL);
	ck_assert_int_eq(json_integer_value(
				 json_array_get(json_object_get(object,
							"units"),
					 0)),
		3);
	json_decref(object);
	read_tensors_here(&tensors, MODEL);
	bias = tensors_find(&tensors, "dense.bias", "F32", &length);
	ck_assert_float_eq(bias[1], 0.5f);
	tensors_release(&tensors);
	write_keras("k", 0x7c00); /* infinity */
	RUN(&outcome, "import", "k", AGAIN);
	expect_failure(&outcome,
		"k: the tensor 'dense.bias' contains NaN, infinity");
	outcome_release(&outcome);
}
END_TEST

START_TEST(outputs_tell_a_mixture)
{
	struct outcome outcome;
	json_t *object;

	write_changed("w", "fc.weight", 18, 3, NULL);
	RUN(&outcome, "import", "w", MODEL);
	expect_failure(&outcome, "fc.bias");
	outcome_release(&outcome);
	train(4);
	MUST("export", "--quiet", MODEL, "x.npz");
	object = info(MODEL);
	ck_assert_str_eq(get_string(object, "loss"), "mixture");
	json_decref(object);
	RUN(&outcome, "import", "--loss=mae", "x.npz", AGAIN);
	expect_failure(&outcome,
		"2 inputs and 12 outputs; --loss mae requires 2 outputs");
	outcome_release(&outcome);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("import");
	TCase *group = add_case(suite, "files");

	suite_add_loop(group, points_of_others_are_as_pytorch_computes, 0,
		COUNT(files));
	tcase_add_test(group, a_text_has_the_vocabulary_of_the_file);
	tcase_add_test(group, a_vocabulary_can_be_another_file);
	suite_add_loop(group, a_wrong_vocabulary_is_refused, 0,
		COUNT(vocabularies));
	tcase_add_test(group, names_of_keras_have_paths_and_numbers);
	tcase_add_test(group, outputs_tell_a_mixture);

	group = add_case(suite, "exports");
	suite_add_loop(group, an_export_comes_back_as_it_was, 0, OPTIONS);
	tcase_add_test(group, options_replace_what_the_file_tells);

	group = add_case(suite, "training");
	tcase_add_test(group, imported_text_trains_on_text_of_its_vocabulary);
	tcase_add_test(group, data_of_points_decide_the_scaling);
	tcase_add_test(group, initial_weights_come_from_the_same_files);
	tcase_add_test(group,
		initial_weights_of_a_text_are_matched_by_character);

	group = add_case(suite, "refusals");
	suite_add_loop(group, files_that_cannot_be_imported_are_refused, 0,
		COUNT(refused));
	tcase_add_test(group, exports_of_other_formats_have_a_hint);
	tcase_add_test(group, wrong_usage_is_refused);
	suite_add_loop(group, missing_and_wrong_tensors_are_named, 0,
		COUNT(changes));
	return suite_run(suite);
}
