/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui export` to keras, keras-weights and tfjs: the layers of
 * each kind of run, the weights against the tensors of the model file, and what
 * is refused. The checkers in clients/ load the same files with other software.
 */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/export.h"
#include "export/keras_layers.h"
#include "hdf5.h"
#include "here.h"
#include "session/model_file.h"
#include "suite.h"

#define MODEL "m.safetensors"

enum { NAME_SIZE = 80, WINDOW = 3 /* the default */ };

/* Train a small model; the words end with NULL. */
#define TRAIN(...)                                                     \
	MUST("train", "--quiet", "--seed=5", "--updates=2", "--force", \
		__VA_ARGS__, MODEL)

static void
export_as(const char *format, const char *out)
{
	MUST("export", "--quiet", "--force", "--format", format, MODEL, out);
}

static void
write_data(void)
{
	write_here("t.txt", "ab\xc3\xa4 \"ba\xc3\xa4 ab\xc3\xa4 ba\xc3\xa4\"");
	write_here("d.csv", "a,b\n10,1\n20,2\n30,6\n");
}

/* ---------------------------------------------------------------------- */
/* The layers of every kind of run */

struct kind_of_run {
	const char *cell, *framing, *units;
};

static const struct kind_of_run kinds[] = {
	{"lstm", "one-to-one", "3"},
	{"lstm", "sequence", "3,2"},
	{"lstm", "many-to-one", "3,3,2"},
	{"lstm", "one-to-many", "3"},
	{"gru", "sequence", "3"},
	{"gru", "many-to-one", "2,3"},
	{"rnn", "one-to-many", "2,3"},
	{"rnn", "one-to-one", "3"},
};

struct opened {
	struct tensors tensors;
	char *archive; /* of the .keras */
	size_t size;
	json_t *config; /* config.json */
	struct hdf5 inner;
	char *weights; /* of the .weights.h5 */
	struct hdf5 outer;
};

/* Return the data of a stored member of the .keras; NULL if there is none. */
static const char *
find_member(const struct opened *opened, const char *name, size_t *length)
{
	size_t at = 0;

	while (memcmp(opened->archive + at, "PK\3\4", 4) == 0) {
		const unsigned char *header =
			(const unsigned char *)opened->archive + at;
		size_t size = header[18] | (size_t)header[19] << 8 |
			(size_t)header[20] << 16;
		size_t name_length = header[26];
		size_t data = at + 30 + name_length + header[28];

		ck_assert_uint_lt(data + size, opened->size);
		if (name_length == strlen(name) &&
			memcmp(header + 30, name, name_length) == 0) {
			*length = size;
			return opened->archive + data;
		}
		at = data + size;
	}
	return NULL;
}

static json_t *
json_of(const char *text, size_t length)
{
	json_error_t error;
	json_t *value = json_loadb(text, length, 0, &error);

	ck_assert_msg(value != NULL, "%s", error.text);
	return value;
}

/* Return a file of JSON in the archive, or NULL. */
static json_t *
member_json(const struct opened *opened, const char *name)
{
	size_t length;
	const char *text = find_member(opened, name, &length);

	return text != NULL ? json_of(text, length) : NULL;
}

/* Export the model as keras and keras-weights, and read both. */
static void
open_exports(struct opened *opened)
{
	const char *weights;
	size_t length;

	export_as("keras", "m.keras");
	export_as("keras-weights", "m.weights.h5");
	read_tensors_here(&opened->tensors, MODEL);
	opened->archive = read_here("m.keras", &opened->size);
	weights = find_member(opened, "model.weights.h5", &length);
	ck_assert_ptr_nonnull(weights);
	opened->inner = hdf5_open(weights, length);
	opened->weights = read_here("m.weights.h5", &length);
	opened->outer = hdf5_open(opened->weights, length);
	opened->config = member_json(opened, "config.json");
	ck_assert_ptr_nonnull(opened->config);
}

static void
close_exports(struct opened *opened)
{
	tensors_release(&opened->tensors);
	json_decref(opened->config);
	free(opened->archive);
	free(opened->weights);
}

static json_t *
layers_of(const struct opened *opened)
{
	return json_object_get(json_object_get(opened->config, "config"),
		"layers");
}

static const char *
class_of(const json_t *layer)
{
	return get_string(layer, "class_name");
}

/* Return a member of the layer's config. */
static json_t *
config_of(const json_t *layer, const char *key)
{
	return json_object_get(json_object_get(layer, "config"), key);
}

static const char *
name_of(const json_t *layer)
{
	return json_string_value(config_of(layer, "name"));
}

/* Expect that a dataset has the numbers of a tensor, in both files. */
static void
expect_dataset(const struct opened *opened, const char *path, const char *layer,
	const char *name)
{
	char tensor[NAME_SIZE];
	const void *values;
	size_t length, rows, columns;

	snprintf(tensor, sizeof tensor, "%s.%s", layer, name);
	values = tensors_find(&opened->tensors, tensor, "F32", &length);
	rows = tensors_extent(&opened->tensors, tensor, 0);
	columns = tensors_extent(&opened->tensors, tensor, 1);
	if (columns == 0) {
		columns = rows;
		rows = 0;
	}
	ck_assert(tensors_equal_floats(hdf5_floats(&opened->inner, path, rows,
					       columns),
		values, length));
	ck_assert(tensors_equal_floats(hdf5_floats(&opened->outer, path, rows,
					       columns),
		values, length));
}

static void
expect_links(const struct opened *opened, const char *path, size_t count)
{
	ck_assert_uint_eq(hdf5_links(&opened->inner, path), count);
	ck_assert_uint_eq(hdf5_links(&opened->outer, path), count);
}

/* Expect the datasets and groups of a layer. */
static void
expect_weights(const struct opened *opened, const json_t *layer)
{
	static const char *const names[] = {"kernel", "recurrent_kernel",
		"bias"};
	bool is_dense = strcmp(class_of(layer), "Dense") == 0;
	const char *of = is_dense ? "vars" : "cell/vars";
	const char *name = name_of(layer);
	char path[NAME_SIZE];

	snprintf(path, sizeof path, "layers/%s", name);
	expect_links(opened, path, is_dense ? 1 : 2);
	snprintf(path, sizeof path, "layers/%s/vars", name);
	expect_links(opened, path, is_dense ? 2 : 0);
	for (int i = 0; i < (is_dense ? 2 : 3); i++) {
		snprintf(path, sizeof path, "layers/%s/%s/%d", name, of, i);
		expect_dataset(opened, path, name, names[is_dense ? 2 * i : i]);
	}
}

/* Return text with the units of the recurrent layers, "3,2". */
static void
list_units(json_t *layers, char text[NAME_SIZE])
{
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < json_array_size(layers); i++) {
		const json_t *layer = json_array_get(layers, i);

		if (config_of(layer, "return_sequences") != NULL)
			length += (size_t)snprintf(text + length,
				NAME_SIZE - length, "%s%d",
				length > 0 ? "," : "",
				(int)json_integer_value(
					config_of(layer, "units")));
	}
}

/* Expect an open batch, the steps (0: open, -1: none) and the features. */
static void
expect_shape(const json_t *shape, int steps, int features)
{
	size_t at = 1;

	ck_assert(json_is_null(json_array_get(shape, 0)));
	if (steps >= 0)
		ck_assert_int_eq(json_integer_value(
					 json_array_get(shape, at++)),
			steps);
	ck_assert_int_eq(json_integer_value(json_array_get(shape, at++)),
		features);
	ck_assert_uint_eq(json_array_size(shape), at);
}

static json_t *
built_for(const json_t *layer)
{
	return json_object_get(json_object_get(layer, "build_config"),
		"input_shape");
}

static void
expect_recurrent(const json_t *layer, const char *cell, bool returns_all)
{
	bool is_gru = strcmp(cell, "gru") == 0;
	const char *class = is_gru          ? "GRU"
		: strcmp(cell, "lstm") == 0 ? "LSTM"
					    : "SimpleRNN";

	ck_assert_str_eq(class_of(layer), class);
	ck_assert_int_eq(json_is_true(config_of(layer, "return_sequences")),
		returns_all);
	ck_assert_int_eq(json_is_true(config_of(layer, "reset_after")), is_gru);
	if (strcmp(cell, "rnn") != 0)
		ck_assert_str_eq(json_string_value(config_of(layer,
					 "recurrent_activation")),
			"sigmoid");
}

START_TEST(layers_and_weights_are_those_of_the_run)
{
	const struct kind_of_run *kind = &kinds[_i];
	bool repeats = strcmp(kind->framing, "one-to-many") == 0;
	bool is_many_to_one = strcmp(kind->framing, "many-to-one") == 0;
	struct opened opened;
	char units[NAME_SIZE];
	json_t *layers;
	size_t count;

	TRAIN("--cell", kind->cell, "--framing", kind->framing, "--units",
		kind->units);
	open_exports(&opened);
	layers = layers_of(&opened);
	count = json_array_size(layers);
	list_units(layers, units);
	ck_assert_str_eq(units, kind->units);
	ck_assert_str_eq(class_of(opened.config), "Sequential");
	ck_assert_str_eq(class_of(json_array_get(layers, 0)), "InputLayer");
	expect_shape(config_of(json_array_get(layers, 0), "batch_shape"),
		repeats ? -1 : 0, 2);
	if (repeats) {
		json_t *layer = json_array_get(layers, 1);

		ck_assert_str_eq(class_of(layer), "RepeatVector");
		ck_assert_int_eq(json_integer_value(config_of(layer, "n")),
			WINDOW);
		expect_links(&opened, "layers/repeat_vector/vars", 0);
	}
	for (size_t i = repeats ? 2 : 1; i < count; i++) {
		json_t *layer = json_array_get(layers, i);
		bool is_last = i + 2 == count;

		ck_assert_str_eq(get_string(layer, "module"), "keras.layers");
		if (i + 1 < count)
			expect_recurrent(layer, kind->cell,
				!(is_last && is_many_to_one));
		expect_weights(&opened, layer);
	}
	expect_shape(built_for(json_array_get(layers, count - 1)),
		is_many_to_one    ? -1
			: repeats ? WINDOW
				  : 0,
		kind->units[strlen(kind->units) - 1] - '0');
	expect_links(&opened, "layers", count - 1);
	expect_links(&opened, "vars", 0);
	close_exports(&opened);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* TensorFlow.js */

static json_t *
read_json(const char *name)
{
	size_t length;
	char *text = read_here(name, &length);
	json_t *value = json_of(text, length);

	free(text);
	return value;
}

/* Write "lstm.kernel" for the name "lstm/kernel". */
static void
name_of_tensor(const char *path, char name[NAME_SIZE])
{
	size_t length = strcspn(path, "/");

	ck_assert_uint_lt(length, strlen(path));
	snprintf(name, NAME_SIZE, "%.*s.%s", (int)length, path,
		path + length + 1);
}

/*
 * Expect that the manifest has the tensors of all layers, and the file of
 * weights just those.
 */
static void
expect_manifest(const json_t *model, size_t recurrent_layers)
{
	const json_t *group =
		json_array_get(json_object_get(model, "weightsManifest"), 0);
	const json_t *list = json_object_get(group, "weights");
	struct tensors tensors;
	size_t size, at = 0;
	char *bytes = read_here("m-tfjs/group1-shard1of1.bin", &size);

	ck_assert_str_eq(json_string_value(
				 json_array_get(json_object_get(group, "paths"),
					 0)),
		"group1-shard1of1.bin");
	ck_assert_uint_eq(json_array_size(list), 3 * recurrent_layers + 2);
	read_tensors_here(&tensors, MODEL);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *weight = json_array_get(list, i);
		const json_t *shape = json_object_get(weight, "shape");
		char name[NAME_SIZE];
		const void *values;
		size_t length;

		name_of_tensor(get_string(weight, "name"), name);
		values = tensors_find(&tensors, name, "F32", &length);
		ck_assert_uint_le(length, size - at);
		ck_assert(tensors_equal_floats(bytes + at, values, length));
		at += length;
		for (size_t k = 0; k < json_array_size(shape); k++)
			ck_assert_uint_eq((size_t)json_integer_value(
						  json_array_get(shape, k)),
				tensors_extent(&tensors, name, k));
	}
	ck_assert_uint_eq(at, size);
	tensors_release(&tensors);
	free(bytes);
}

START_TEST(a_folder_of_tfjs_has_layers_and_weights)
{
	const struct kind_of_run *kind = &kinds[_i];
	bool repeats = strcmp(kind->framing, "one-to-many") == 0;
	char units[NAME_SIZE];
	struct outcome outcome;
	json_t *model, *layers;

	TRAIN("--cell", kind->cell, "--framing", kind->framing, "--units",
		kind->units);
	if (strcmp(kind->cell, "gru") == 0) {
		RUN(&outcome, "export", "--format=tfjs", MODEL);
		ck_assert_int_eq(outcome.status, 1);
		ck_assert_ptr_nonnull(strstr(outcome.errors, "reset_after"));
		ck_assert(!exists_here("m-tfjs"));
		outcome_release(&outcome);
		return;
	}
	MUST("export", "--quiet", "--format=tfjs", MODEL);
	model = read_json("m-tfjs/model.json");
	ck_assert_str_eq(get_string(model, "format"), "layers-model");
	layers = json_object_get(json_object_get(json_object_get(model,
							 "modelTopology"),
					 "config"),
		"layers");
	list_units(layers, units);
	ck_assert_str_eq(units, kind->units);
	expect_shape(config_of(json_array_get(layers, 0), "batch_input_shape"),
		repeats ? -1 : 0, 2);
	expect_recurrent(json_array_get(layers, json_array_size(layers) - 2),
		kind->cell, strcmp(kind->framing, "many-to-one") != 0);
	expect_manifest(model, json_array_size(layers) - (repeats ? 2 : 1));
	ck_assert(!exists_here("m-tfjs/scaling.json"));
	ck_assert(!exists_here("m-tfjs/vocabulary.json"));
	json_decref(model);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* What belongs beside the weights */

/* Return the JSON in the .weights.h5. */
static json_t *
described(const struct opened *opened)
{
	size_t length;
	const char *text = hdf5_text(&opened->outer, "lstmtui.json", &length);

	return json_of(text, length);
}

START_TEST(a_text_has_its_vocabulary_and_probabilities)
{
	struct outcome outcome;
	json_t *expected =
		json_pack("[s, s, s, s, s]", " ", "\"", "a", "b", "\xc3\xa4");
	json_t *layers, *value;
	struct opened opened;

	write_data();
	TRAIN("--data=t.txt", "--task=text", "--units=3", "--validation=0",
		"--dropout=0.5");
	open_exports(&opened);
	layers = layers_of(&opened);
	/* dropout has no layer */
	ck_assert_uint_eq(json_array_size(layers), 3);
	ck_assert_str_eq(json_string_value(config_of(json_array_get(layers, 2),
				 "activation")),
		"softmax");
	value = member_json(&opened, "vocabulary.json");
	ck_assert(json_equal(value, expected));
	json_decref(value);
	ck_assert_ptr_null(member_json(&opened, "scaling.json"));
	value = described(&opened);
	ck_assert(json_equal(json_object_get(value, "vocabulary"), expected));
	json_decref(value);
	close_exports(&opened);

	export_as("tfjs", "m-tfjs");
	value = read_json("m-tfjs/vocabulary.json");
	ck_assert(json_equal(value, expected));
	json_decref(value);
	json_decref(expected);
	/* the vocabulary does not stay beside the weights of a shape */
	remove_here(MODEL);
	TRAIN("--units=3");
	remove_here("m-tfjs/model.json");
	remove_here("m-tfjs/group1-shard1of1.bin");
	RUN(&outcome, "export", "--format=tfjs", MODEL, "m-tfjs");
	expect_failure(&outcome, "m-tfjs");
	outcome_release(&outcome);
	ck_assert(exists_here("m-tfjs/vocabulary.json"));
	MUST("export", "--quiet", "--force", "--format=tfjs", MODEL, "m-tfjs");
	ck_assert(!exists_here("m-tfjs/vocabulary.json"));
}
END_TEST

static void
expect_scaling(json_t *scaling, double offset)
{
	ck_assert_double_eq(json_number_value(
				    json_array_get(json_object_get(scaling,
							   "offset"),
					    0)),
		offset);
	ck_assert_str_eq(json_string_value(
				 json_array_get(json_object_get(scaling,
							"columns"),
					 1)),
		"b");
}

START_TEST(scaled_data_have_their_scaling)
{
	struct opened opened;
	json_t *value;

	write_data();
	TRAIN("--data=d.csv", "--units=3");
	open_exports(&opened);
	ck_assert_str_eq(json_string_value(
				 config_of(json_array_get(layers_of(&opened),
						   2),
					 "activation")),
		"linear");
	value = member_json(&opened, "scaling.json");
	expect_scaling(value, 20);
	json_decref(value);
	ck_assert_ptr_null(member_json(&opened, "vocabulary.json"));
	value = described(&opened);
	expect_scaling(json_object_get(value, "scaling"), 20);
	json_decref(value);
	close_exports(&opened);
	export_as("tfjs", "m-tfjs");
	value = read_json("m-tfjs/scaling.json");
	expect_scaling(value, 20);
	json_decref(value);
}
END_TEST

START_TEST(a_mixture_has_its_head)
{
	struct opened opened;

	TRAIN("--loss=mixture", "--mixtures=3", "--units=3");
	open_exports(&opened);
	/* 3 times a weight, 2 means, 2 deviations and a correlation */
	ck_assert_int_eq(json_integer_value(
				 config_of(json_array_get(layers_of(&opened),
						   2),
					 "units")),
		18);
	close_exports(&opened);
}
END_TEST

START_TEST(the_hard_sigmoid_is_not_that_of_keras_3)
{
	struct outcome outcome;
	struct hdf5 file;
	json_t *value;
	char *text;
	size_t length;

	TRAIN("--recurrent-activation=hard-sigmoid", "--units=3");
	RUN(&outcome, "export", MODEL, "m.keras");
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_ptr_nonnull(
		strstr(outcome.errors, "clip(0.2 x + 0.5, 0, 1)"));
	ck_assert(!exists_here("m.keras"));
	outcome_release(&outcome);

	text = OUTPUT_OF("export", MODEL, "m.weights.h5");
	ck_assert_ptr_nonnull(strstr(text, "clip(0.2 x + 0.5, 0, 1)"));
	free(text);
	text = read_here("m.weights.h5", &length);
	file = hdf5_open(text, length);
	value = described(&(struct opened){.outer = file});
	ck_assert_ptr_nonnull(
		strstr(get_string(value, "note"), "clip(0.2 x + 0.5, 0, 1)"));
	json_decref(value);
	free(text);

	export_as("tfjs", "m-tfjs");
	text = read_here("m-tfjs/model.json", &length);
	ck_assert_ptr_nonnull(
		strstr(text, "\"recurrent_activation\": \"hard_sigmoid\""));
	free(text);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Bytes */

static void
expect_equal(const char *name, const char *other)
{
	size_t size, other_size;
	char *bytes = read_here(name, &size);
	char *others = read_here(other, &other_size);

	ck_assert_uint_eq(size, other_size);
	ck_assert(memcmp(bytes, others, size) == 0);
	free(bytes);
	free(others);
}

START_TEST(the_same_model_gives_the_same_bytes)
{
	TRAIN("--units=3,2");
	export_as("keras", "a.keras");
	export_as("keras", "b.keras");
	expect_equal("a.keras", "b.keras");
	export_as("keras-weights", "a.weights.h5");
	export_as("keras-weights", "b.weights.h5");
	expect_equal("a.weights.h5", "b.weights.h5");
	export_as("tfjs", "a-tfjs");
	export_as("tfjs", "b-tfjs");
	expect_equal("a-tfjs/model.json", "b-tfjs/model.json");
	expect_equal("a-tfjs/group1-shard1of1.bin",
		"b-tfjs/group1-shard1of1.bin");
}
END_TEST

/* Allocations of JSON that succeed before all others fail. */
static long json_allocations;

static void *
allocate_json(size_t size)
{
	return json_allocations-- > 0 ? malloc(size) : NULL;
}

static struct run *
open_model(void)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;
	struct run *run = model_file_open(suite_context(),
		path_here(path, MODEL), &error);

	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static bool
make(const char *format, const struct run *run, struct export_output *output,
	struct error *error)
{
	const struct exporter *exporter = NULL;

	for (size_t i = 0; exporter_list[i] != NULL; i++)
		if (strcmp(exporter_list[i]->name, format) == 0)
			exporter = (const struct exporter *)exporter_list[i];
	ck_assert_ptr_nonnull(exporter);
	return export_make(exporter, run, MODEL, output, error);
}

/* Let the JSON of an export run out of memory at each allocation in turn. */
static void
expect_no_partial_export(const char *format, const struct run *run)
{
	struct export_output whole = {0};
	struct error error;
	bool good = false;
	long n = 0;

	ck_assert(make(format, run, &whole, &error));
	for (; !good; n++) {
		struct export_output output = {0};

		json_allocations = n;
		json_set_alloc_funcs(allocate_json, free);
		good = make(format, run, &output, &error);
		json_set_alloc_funcs(malloc, free);
		for (size_t i = 0; good && i < whole.files; i++) {
			ck_assert_uint_eq(output.file[i].bytes.count,
				whole.file[i].bytes.count);
			EXPECT(memcmp(output.file[i].bytes.data,
				       whole.file[i].bytes.data,
				       whole.file[i].bytes.count) == 0,
				"%s: allocation %ld", format, n);
		}
		export_output_release(&output);
	}
	/* every export allocates JSON */
	ck_assert_int_gt(n, 20);
	export_output_release(&whole);
}

START_TEST(an_export_without_memory_is_not_partial)
{
	struct run *run;

	write_data();
	TRAIN("--data=t.txt", "--task=text", "--units=3,2", "--validation=0",
		"--framing=one-to-many");
	run = open_model();
	expect_no_partial_export("keras", run);
	expect_no_partial_export("keras-weights", run);
	expect_no_partial_export("tfjs", run);
	run_destroy(run);

	TRAIN("--recurrent-activation=hard-sigmoid", "--units=3",
		"--framing=many-to-one");
	run = open_model();
	expect_no_partial_export("keras-weights", run);
	expect_no_partial_export("tfjs", run);
	run_destroy(run);
}
END_TEST

START_TEST(files_of_4_gib_are_refused)
{
	struct error error;

	/* less than 4095 MiB of weights, and a MiB for the rest */
	ck_assert(keras_layers_fit((UINT64_C(4095) << 20) / 4 - 1, &error));
	ck_assert(!keras_layers_fit((UINT64_C(4095) << 20) / 4, &error));
	ck_assert(!keras_layers_fit(UINT64_MAX, &error));
	ck_assert_ptr_nonnull(strstr(error.text, "4 GiB"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export_keras");
	TCase *group = add_case(suite, "runs");

	suite_add_loop(group, layers_and_weights_are_those_of_the_run, 0,
		COUNT(kinds));
	suite_add_loop(group, a_folder_of_tfjs_has_layers_and_weights, 0,
		COUNT(kinds));
	tcase_add_test(group, a_mixture_has_its_head);

	group = add_case(suite, "beside");
	tcase_add_test(group, a_text_has_its_vocabulary_and_probabilities);
	tcase_add_test(group, scaled_data_have_their_scaling);
	tcase_add_test(group, the_hard_sigmoid_is_not_that_of_keras_3);

	group = add_case(suite, "files");
	tcase_add_test(group, the_same_model_gives_the_same_bytes);
	tcase_add_test(group, an_export_without_memory_is_not_partial);
	tcase_add_test(group, files_of_4_gib_are_refused);
	return suite_run(suite);
}
