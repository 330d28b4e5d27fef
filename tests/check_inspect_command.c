/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui inspect`: its JSON against the module, its tables against
 * its JSON, what it reads, and what it refuses.
 */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "here.h"
#include "inspect/inspection.h"
#include "session/model_file.h"
#include "suite.h"

#define MODEL "m.safetensors"

/* Train a small model; the words end with NULL. */
#define TRAIN(...) \
	MUST("train", "--quiet", "--seed=5", "--updates=20", __VA_ARGS__, MODEL)

static void
write_text(void)
{
	char text[600] = "";

	while (strlen(text) < 500)
		strcat(text, "to be, or\nnot to \xc3\xa4 be \"so\"\n");
	write_here("text.txt", text);
	write_here("two.csv", "0,0\n0.5,0\n0.5,0.25\n\n1,1\n2,2\n");
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

/* ---------------------------------------------------------------------- */
/* Comparison with the module */

static void
expect_number(const json_t *number, double expected)
{
	if (isnan(expected)) {
		ck_assert(json_is_null(number));
		return;
	}
	ck_assert(json_is_number(number));
	ck_assert_double_le(fabs(json_number_value(number) - expected),
		1e-8 * fmax(1e-3, fabs(expected)));
}

static void
expect_list(const json_t *list, const float *numbers, size_t count)
{
	ck_assert_uint_eq(json_array_size(list), count);
	for (size_t i = 0; i < count; i++)
		expect_number(json_array_get(list, i), numbers[i]);
}

static void
expect_token(const json_t *string, const struct run *run, uint32_t token)
{
	char bytes[TEXT_ENCODED_SIZE];

	if (token == UINT32_MAX) {
		ck_assert(json_is_null(string));
		return;
	}
	text_encode(run_vocabulary(run), token, bytes);
	ck_assert_str_eq(json_string_value(string), bytes);
}

static void
expect_points(const json_t *step, const struct inspection *inspection, size_t i)
{
	const float *target = inspection_target(inspection, i);

	expect_list(json_object_get(step, "input"),
		inspection_input(inspection, i), inspection->features);
	if (target == NULL)
		ck_assert(json_is_null(json_object_get(step, "target")));
	else
		expect_list(json_object_get(step, "target"), target,
			inspection->features);
}

static void
expect_layers(const json_t *layers, const struct inspection *inspection,
	size_t i)
{
	const struct model_shape *shape = &inspection->model.shape;

	ck_assert_uint_eq(json_array_size(layers), shape->layers);
	for (size_t l = 0; l < shape->layers; l++) {
		const json_t *layer = json_array_get(layers, l);

		ck_assert_uint_eq(json_object_size(layer), inspection->views);
		for (size_t v = 0; v < inspection->views; v++)
			expect_list(json_object_get(layer,
					    shape->cell->views[v].name),
				inspection_values(inspection, l, v, i),
				shape->units[l]);
	}
}

static void
expect_gradient(const json_t *gradient, const struct inspection *inspection)
{
	const struct parameters *parameters = &inspection->model.parameters;

	if (!inspection->config.has_gradient) {
		ck_assert_ptr_null(gradient);
		return;
	}
	ck_assert_uint_eq(json_object_size(gradient), parameters->tensors);
	for (size_t i = 0; i < parameters->tensors; i++) {
		const json_t *tensor =
			json_object_get(gradient, parameters->tensor[i].name);
		struct inspection_gradient measure =
			inspection_measure(inspection, i);

		expect_number(json_object_get(tensor, "norm"), measure.norm);
		ck_assert_int_eq(get_integer(tensor, "zero"),
			(long)measure.zeros);
	}
}

/* Expect the results of an inspection of the run with this configuration. */
static void
expect_same(const json_t *object, struct inspection *inspection,
	struct inspection_config config)
{
	const json_t *steps = json_object_get(object, "steps");
	const json_t *rows = json_object_get(object, "connectivity");
	struct error error;

	config.connected = inspection->steps;
	ck_assert(inspection_compute(inspection, &config, &error));
	ck_assert_uint_eq(json_array_size(steps), inspection->steps);
	ck_assert_uint_eq(json_array_size(rows), inspection->steps);
	expect_number(json_object_get(object, "loss"),
		inspection_mean_loss(inspection));
	for (size_t i = 0; i < inspection->steps; i++) {
		const json_t *step = json_array_get(steps, i);

		if (inspection->tokens == NULL) {
			expect_points(step, inspection, i);
		} else {
			expect_token(json_object_get(step, "input"),
				inspection->run,
				inspection_input_token(inspection, i));
			expect_token(json_object_get(step, "target"),
				inspection->run,
				inspection_target_token(inspection, i));
		}
		expect_list(json_object_get(step, "output"),
			inspection_output(inspection, i), inspection->features);
		expect_number(json_object_get(step, "loss"),
			inspection_loss(inspection, i));
		ck_assert_int_eq(json_is_true(
					 json_object_get(step, "from_zero")),
			inspection->step[i].from_zero);
		expect_layers(json_object_get(step, "layers"), inspection, i);
		expect_list(json_array_get(rows, i),
			inspection->connectivity + i * inspection->steps,
			inspection->steps);
	}
	expect_gradient(json_object_get(object, "gradient"), inspection);
}

/* The same for points. */
static void
expect_points_read(json_t *object, const float *points, size_t count,
	bool reads_last, struct inspection_config config)
{
	struct run *run = open_model();
	struct inspection inspection;
	struct error error;

	ck_assert(inspection_create(&inspection, run, &error));
	ck_assert(inspection_set_points(&inspection, points, count, reads_last,
		&error));
	expect_same(object, &inspection, config);
	inspection_destroy(&inspection);
	run_destroy(run);
	json_decref(object);
}

/* The same for the first `length` bytes of a text. */
static void
expect_text_read(json_t *object, const char *text, size_t length,
	bool reads_last, struct inspection_config config)
{
	struct run *run = open_model();
	uint32_t *tokens = memory_new(length, sizeof *tokens);
	char *part = strndup(text, length);
	struct inspection inspection;
	struct error error;
	size_t count;

	ck_assert(
		text_tokens(run_vocabulary(run), part, tokens, &count, &error));
	ck_assert(inspection_create(&inspection, run, &error));
	ck_assert(inspection_set_tokens(&inspection, tokens, count, reads_last,
		&error));
	expect_same(object, &inspection, config);
	inspection_destroy(&inspection);
	run_destroy(run);
	json_decref(object);
	free(tokens);
	free(part);
}

/* Expect a new sequence of the task, of a seed. */
static void
expect_fresh(json_t *object, uint64_t seed, struct inspection_config config)
{
	struct run *run = open_model();
	const struct task *task = run_task(run);
	float points[64];
	struct random random;

	ck_assert_uint_le(task->points * task->features, 64);
	random_seed(&random, seed, RANDOM_STREAM_EVALUATE);
	task->make(&random, task->points, points);
	ck_assert_int_eq(get_integer(object, "seed"), (long)seed);
	expect_points_read(object, points, task->points, false, config);
	run_destroy(run);
}

START_TEST(a_new_sequence_is_that_of_the_module)
{
	static const struct inspection_config gradient = {.has_gradient = true};

	TRAIN("--units=4,3");
	expect_fresh(OBJECT_OF("inspect", "--json", MODEL), 5,
		(struct inspection_config){0});
	expect_fresh(OBJECT_OF("inspect", "--json", "--gradient", MODEL), 5,
		gradient);
	TRAIN("--force", "--framing=sequence", "--task=star", "--units=9");
	expect_fresh(OBJECT_OF("inspect", "--json", "--seed=7", MODEL), 7,
		(struct inspection_config){0});
	expect_fresh(OBJECT_OF("inspect", "--json", "--no-memory", MODEL), 5,
		(struct inspection_config){.no_memory = true});
	expect_fresh(OBJECT_OF("inspect", "--json", "--gradient", "--no-memory",
			     MODEL),
		5,
		(struct inspection_config){.no_memory = true,
			.has_gradient = true});
	TRAIN("--force", "--framing=many-to-one", "--cell=gru", "--units=3,4");
	expect_fresh(OBJECT_OF("inspect", "--json", "--gradient", MODEL), 5,
		gradient);
	TRAIN("--force", "--framing=one-to-many", "--cell=rnn",
		"--loss=mixture", "--units=5");
	expect_fresh(OBJECT_OF("inspect", "--json", "--gradient", MODEL), 5,
		gradient);
}
END_TEST

START_TEST(start_gives_the_points)
{
	static const float points[] = {0, 0, 0.5f, 0, 0.5f, -2};

	TRAIN("--framing=sequence", "--units=4");
	expect_points_read(OBJECT_OF("inspect", "--json",
				   "--start=0,0 0.5,0  0.5, -2", MODEL),
		points, 3, true, (struct inspection_config){0});
	expect_points_read(OBJECT_OF("inspect", "--json", "--start=0,0 0.5,0",
				   "--gradient", MODEL),
		points, 2, true,
		(struct inspection_config){.has_gradient = true});
	expect_points_read(OBJECT_OF("inspect", "--json", "--start=0,0", MODEL),
		points, 1, true, (struct inspection_config){0});
}
END_TEST

START_TEST(data_give_their_first_sequence)
{
	static const float points[] = {0, 0, 0.5f, 0, 0.5f, 0.25f};
	struct outcome outcome;

	write_text();
	TRAIN("--task=points", "--data=two.csv", "--units=4");
	expect_points_read(OBJECT_OF("inspect", "--json", MODEL), points, 3,
		false, (struct inspection_config){0});
	write_here("two.csv", "0,0\n0.5,0\n0.5,0.5\n\n1,1\n2,2\n");
	RUN(&outcome, "inspect", MODEL);
	expect_failure(&outcome, "two.csv");
	outcome_release(&outcome);
	remove_here("two.csv");
	RUN(&outcome, "inspect", MODEL);
	expect_failure(&outcome, "two.csv");
	outcome_release(&outcome);
	/* given points need no data */
	expect_points_read(OBJECT_OF("inspect", "--json", "--start=0,0", MODEL),
		points, 1, true, (struct inspection_config){0});
}
END_TEST

START_TEST(a_text_gives_its_beginning)
{
	char *text;

	write_text();
	text = read_here("text.txt", NULL);
	TRAIN("--task=text", "--data=text.txt", "--units=4,3",
		"--sequence-length=11", "--reset-at=line");
	expect_text_read(OBJECT_OF("inspect", "--json", "--gradient", MODEL),
		text, 12, false,
		(struct inspection_config){.has_gradient = true});
	expect_text_read(OBJECT_OF("inspect", "--json", "--prime=to\nbe",
				 "--no-memory", MODEL),
		"to\nbe", 5, true,
		(struct inspection_config){.no_memory = true});
	TRAIN("--force", "--task=text", "--data=text.txt", "--units=4",
		"--framing=many-to-one", "--batch=5");
	/* 51 characters, of which two have two bytes */
	expect_text_read(OBJECT_OF("inspect", "--json", MODEL), text, 53, false,
		(struct inspection_config){0});
	free(text);
}
END_TEST

/* The vocabulary is in the order of the outputs. */
START_TEST(a_text_has_its_vocabulary)
{
	const char *command = "--task=text";
	json_t *object;
	const json_t *list;

	write_text();
	TRAIN(command, "--data=text.txt", "--units=4");
	object = OBJECT_OF("inspect", "--json", "--prime=to", MODEL);
	list = json_object_get(object, "vocabulary");
	ck_assert_str_eq(json_string_value(json_array_get(list, 0)), "\n");
	ck_assert_str_eq(json_string_value(json_array_get(list, 1)), " ");
	ck_assert_str_eq(json_string_value(json_array_get(list,
				 json_array_size(list) - 1)),
		"\xc3\xa4");
	json_decref(object);
	/* a byte is the character of its number */
	TRAIN("--force", command, "--bytes", "--data=text.txt", "--units=4");
	object = OBJECT_OF("inspect", "--json", "--prime=to", MODEL);
	list = json_object_get(object, "vocabulary");
	ck_assert_str_eq(json_string_value(json_array_get(list,
				 json_array_size(list) - 1)),
		"\xc3\x83");
	json_decref(object);
}
END_TEST

START_TEST(a_long_sequence_has_no_connectivity)
{
	struct outcome outcome;
	json_t *object;
	char *data = memory_new(3000, 4);

	for (int i = 0; i < 600; i++)
		strcat(data, i % 2 == 0 ? "0\n" : "1\n");
	write_here("long.csv", data);
	free(data);
	TRAIN("--task=points", "--data=long.csv", "--framing=sequence",
		"--units=3");
	RUN(&outcome, "inspect", "--json", "--gradient", MODEL);
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "connectivity"));
	object = parse_object(outcome.output);
	ck_assert_uint_eq(json_array_size(json_object_get(object, "steps")),
		599);
	ck_assert(json_is_null(json_object_get(object, "connectivity")));
	json_decref(object);
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Tables */

/* Expect a number of the object in a table, with so many decimals. */
static void
expect_shown(const char *table, const json_t *number, int decimals)
{
	char text[64];

	snprintf(text, sizeof text, " %.*f", decimals,
		json_number_value(number));
	ck_assert_msg(strstr(table, text) != NULL, "no%s in the table:\n%s",
		text, table);
}

START_TEST(the_tables_show_the_numbers_of_the_object)
{
	json_t *object;
	char *table;
	const json_t *step, *layer;

	TRAIN("--framing=sequence", "--units=9");
	object = OBJECT_OF("inspect", "--json", "--gradient", MODEL);
	table = OUTPUT_OF("inspect", "--gradient", MODEL);
	for (size_t i = 0; i < 3; i++) {
		step = json_array_get(json_object_get(object, "steps"), i);
		layer = json_array_get(json_object_get(step, "layers"), 0);
		for (size_t k = 0; k < 2; k++) {
			expect_shown(table,
				json_array_get(json_object_get(step, "output"),
					k),
				6);
			expect_shown(table,
				json_array_get(json_object_get(step, "target"),
					k),
				6);
		}
		expect_shown(table, json_object_get(step, "loss"), 6);
		expect_shown(table,
			json_array_get(json_object_get(layer, "c"), 8), 4);
		expect_shown(table,
			json_array_get(json_array_get(json_object_get(object,
							      "connectivity"),
					       i),
				0),
			4);
	}
	ck_assert_ptr_nonnull(strstr(table, "lstm.recurrent_kernel"));
	json_decref(object);
	free(table);
}
END_TEST

START_TEST(the_table_of_a_text_shows_its_characters)
{
	char *table;

	write_text();
	TRAIN("--task=text", "--data=text.txt", "--units=4");
	table = OUTPUT_OF("inspect", "--prime=\"o\n", MODEL);
	ck_assert_ptr_nonnull(strstr(table, "'\"'      'o'"));
	ck_assert_ptr_nonnull(strstr(table, "'o'     '\\n'"));
	ck_assert_ptr_nonnull(strstr(table, "'\\n'        -"));
	free(table);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Refusals */

static void
expect_refused(const char *option, const char *named)
{
	struct outcome outcome;

	RUN(&outcome, "inspect", option, MODEL);
	expect_usage_error(&outcome, named);
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}

START_TEST(wrong_sequences_are_refused)
{
	write_text();
	TRAIN("--framing=many-to-one", "--units=4");
	expect_refused("--start=0,0 1,1", "3 points");
	expect_refused("--start=0,0 1,1 2", "2 numbers");
	expect_refused("--start=", "2 numbers");
	expect_refused("--start=0,0 1,1 2,x", "2 numbers");
	expect_refused("--start=0,0 1,1 2,1e39", "2 numbers");
	expect_refused("--start=0,0 1,1 2,2,", "2 numbers");
	expect_refused("--start=0,0,1,1,2,2", "2 numbers");
	TRAIN("--force", "--task=text", "--data=text.txt", "--units=4");
	expect_refused("--prime=", "empty");
	expect_refused("--prime=XYZ", "--prime");
}
END_TEST

START_TEST(an_option_without_effect_is_refused)
{
	struct outcome outcome;

	TRAIN("--units=4");
	expect_refused("--no-memory", "--no-memory");
	RUN(&outcome, "inspect", "--gradient", "--start=0,0", MODEL);
	expect_usage_error(&outcome, "--gradient");
	outcome_release(&outcome);
	RUN(&outcome, "inspect", "--seed=1", "--start=0,0", MODEL);
	expect_usage_error(&outcome, "--seed");
	outcome_release(&outcome);
	TRAIN("--force", "--framing=one-to-many", "--window=1", "--units=4");
	expect_refused("--no-memory", "--no-memory");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("inspect_command");
	TCase *group = add_case(suite, "reading");

	tcase_add_test(group, a_new_sequence_is_that_of_the_module);
	tcase_add_test(group, start_gives_the_points);
	tcase_add_test(group, data_give_their_first_sequence);
	tcase_add_test(group, a_text_gives_its_beginning);
	tcase_add_test(group, a_text_has_its_vocabulary);
	tcase_add_test(group, a_long_sequence_has_no_connectivity);

	group = add_case(suite, "tables");
	tcase_add_test(group, the_tables_show_the_numbers_of_the_object);
	tcase_add_test(group, the_table_of_a_text_shows_its_characters);

	group = add_case(suite, "refusals");
	tcase_add_test(group, wrong_sequences_are_refused);
	tcase_add_test(group, an_option_without_effect_is_refused);
	return suite_run(suite);
}
