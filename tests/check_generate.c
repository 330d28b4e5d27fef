/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the commands that read a trained model: info, evaluate and generate.
 */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "suite.h"

/* Run the lesson's three commands: train, evaluate, generate. */
START_TEST(the_lesson_trains_evaluates_and_draws)
{
	struct outcome outcome;
	json_t *object;

	RUN(&outcome, "train", "--seed", "1", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	/* plain lines without control characters */
	ck_assert_ptr_null(strpbrk(outcome.output, "\r\033"));
	outcome_release(&outcome);
	object = info("m.safetensors");
	ck_assert_int_eq(get_integer(object, "updates"), 25000);
	ck_assert_int_eq(get_integer(object, "target"), 25000);
	json_decref(object);

	RUN(&outcome, "evaluate", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.output, "loss"));
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);

	RUN(&outcome, "generate", "--format", "braille", "m.safetensors");
	expect_status(&outcome, 0);
	/* the braille block is U+2800 to U+28FF */
	ck_assert_ptr_nonnull(strstr(outcome.output, "\342\240"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(the_trained_lesson_comes_near_the_floor)
{
	json_t *object;
	double loss;

	MUST("train", "--quiet", "--seed", "1", "m.safetensors");
	object = OBJECT_OF("evaluate", "--json", "m.safetensors");
	loss = get_number(object, "loss");
	/* 1/12 is the floor; a model that predicts the median has 1/8 */
	ck_assert_double_gt(loss, 1.0 / 12);
	ck_assert_double_lt(loss, 0.13);
	json_decref(object);
}
END_TEST

/* info */

/* info */
START_TEST(info_shows_keras_table_of_layers)
{
	struct outcome outcome;

	MUST("train", "--updates", "3", "m.safetensors");
	RUN(&outcome, "info", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	ck_assert_ptr_nonnull(strstr(outcome.output, "Layer (type)"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "Output Shape"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "Param #"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "lstm (LSTM)"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "dense (Dense)"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "520"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "22"));
	ck_assert_ptr_nonnull(strstr(outcome.output, "542"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(info_json_describes_the_run)
{
	json_t *object, *layer;

	MUST("train", "--seed", "7", "--updates", "3", "--units", "12,7",
		"--framing", "sequence", "--loss", "mse", "m.safetensors");
	object = info("m.safetensors");
	ck_assert_str_eq(get_string(object, "task"), "rectangle");
	ck_assert_str_eq(get_string(object, "framing"), "sequence");
	ck_assert_str_eq(get_string(object, "loss"), "mse");
	ck_assert_int_eq(get_integer(object, "updates"), 3);
	ck_assert_int_eq(get_integer(object, "target"), 3);
	ck_assert_int_eq(get_integer(object, "seed"), 7);
	/* 4 (2 12 + 12 12 + 12) + 4 (12 7 + 7 7 + 7) + 7 2 + 2 */
	ck_assert_int_eq(get_integer(object, "parameters"), 1296);
	ck_assert_uint_eq(json_array_size(json_object_get(object, "units")), 2);
	ck_assert_int_eq(json_integer_value(
				 json_array_get(json_object_get(object,
							"units"),
					 1)),
		7);
	ck_assert_uint_eq(json_array_size(json_object_get(object, "layers")),
		3);
	layer = json_array_get(json_object_get(object, "layers"), 1);
	ck_assert_str_eq(get_string(layer, "name"), "lstm_1");
	ck_assert_str_eq(get_string(layer, "type"), "LSTM");
	ck_assert_int_eq(get_integer(layer, "parameters"), 560);
	json_decref(object);
}
END_TEST

/* The last loss is neither the best nor the average. */
START_TEST(info_shows_the_last_loss_of_the_log)
{
	char line[128], *text;
	json_t *object, *last;

	MUST("train", "--quiet", "--seed", "1", "--updates", "300", "--log",
		"l.jsonl", "m.safetensors");
	text = read_here("l.jsonl", NULL);
	*strrchr(text, '\n') = '\0';
	last = parse_object(strrchr(text, '\n') + 1);
	free(text);
	object = info("m.safetensors");
	ck_assert_double_eq(get_number(object, "last_loss"),
		get_number(last, "loss"));
	ck_assert_double_eq(get_number(object, "average_loss"),
		get_number(last, "average"));
	snprintf(line, sizeof line, "last loss             %.6f, average %.6f,",
		get_number(last, "loss"), get_number(last, "average"));
	text = OUTPUT_OF("info", "m.safetensors");
	ck_assert_msg(strstr(text, line) != NULL, "no '%s' in:\n%s", line,
		text);
	free(text);
	json_decref(last);
	json_decref(object);
}
END_TEST

/* evaluate */

/* evaluate */
START_TEST(evaluate_json_has_the_metrics)
{
	json_t *object;

	MUST("train", "--seed", "1", "--updates", "500", "m.safetensors");
	object = OBJECT_OF("evaluate", "--json", "--count", "200", "--seed",
		"3", "m.safetensors");
	ck_assert_int_eq(get_integer(object, "count"), 200);
	ck_assert_double_gt(get_number(object, "loss"), 0.05);
	ck_assert_double_lt(get_number(object, "loss"), 0.5);
	ck_assert_double_ge(get_number(object, "rectangle_error"), 0);
	json_decref(object);
}
END_TEST

START_TEST(evaluate_repeats_itself_by_seed)
{
	struct outcome first, second, other;

	MUST("train", "--seed", "1", "--updates", "50", "m.safetensors");
	RUN(&first, "evaluate", "--json", "--count", "64", "--seed", "3",
		"m.safetensors");
	RUN(&second, "evaluate", "--json", "--count", "64", "--seed", "3",
		"m.safetensors");
	RUN(&other, "evaluate", "--json", "--count", "64", "--seed", "4",
		"m.safetensors");
	expect_status(&first, 0);
	ck_assert_str_eq(first.output, second.output);
	ck_assert_str_ne(first.output, other.output);
	outcome_release(&first);
	outcome_release(&second);
	outcome_release(&other);
}
END_TEST

START_TEST(evaluate_measures_generated_shapes)
{
	struct outcome outcome;
	json_t *object;

	MUST("train", "--quiet", "--seed", "1", "--framing", "sequence",
		"--loss", "mixture", "--updates", "200", "m.safetensors");
	object = OBJECT_OF("evaluate", "--json", "--count", "50",
		"m.safetensors");
	ck_assert_double_ge(get_number(object, "width_distance"), 0);
	ck_assert_double_ge(get_number(object, "height_distance"), 0);
	json_decref(object);
	RUN(&outcome, "evaluate", "--count", "50", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.output, "correlation"));
	outcome_release(&outcome);
}
END_TEST

START_TEST(only_generated_sequences_have_a_floor)
{
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE];

	file_write_text(folder_join(path, folder, "d.csv"),
		"0,0\n.1,0\n.1,.1\n0,.1\n");
	MUST("train", "--quiet", "--updates", "5", "m.safetensors");
	RUN(&outcome, "evaluate", "m.safetensors");
	ck_assert_ptr_nonnull(strstr(outcome.output, "floor"));
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "d.csv", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_ptr_null(strstr(outcome.output, "floor"));
	outcome_release(&outcome);
}
END_TEST

/* generate */

/*
 * Count the points ("x,y") and sequences; assert that all fields are numbers.
 */
static void
count_points(const char *csv, size_t *points, size_t *sequences)
{
	bool is_within = false;

	*points = *sequences = 0;
	while (*csv != '\0') {
		size_t length = strcspn(csv, "\n");
		char *end;

		ck_assert_int_eq(csv[length], '\n');
		if (length == 0) {
			is_within = false;
			csv++;
			continue;
		}
		*sequences += !is_within;
		is_within = true;
		ck_assert(isfinite(strtod(csv, &end)));
		ck_assert_int_eq(*end, ',');
		ck_assert(isfinite(strtod(end + 1, &end)));
		ck_assert_int_eq(*end, '\n');
		(*points)++;
		csv = end + 1;
	}
}

static const struct {
	const char *option, *value;
	size_t points, sequences;
} generations[] = {
	{"--count", "1", 4, 1},
	{"--count", "3", 12, 3},
	{"--length", "7", 7, 1},
	{"--length", "1", 1, 1},
	{"--seed", "5", 4, 1},
	{"--start", "0.25,0.5", 4, 1},
};

START_TEST(generate_csv_gives_a_point_a_line)
{
	struct outcome outcome;
	size_t points, sequences;

	MUST("train", "--seed", "1", "--updates", "50", "m.safetensors");
	RUN(&outcome, "generate", "--quiet", "--format", "csv",
		generations[_i].option, generations[_i].value, "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	count_points(outcome.output, &points, &sequences);
	ck_assert_uint_eq(points, generations[_i].points);
	ck_assert_uint_eq(sequences, generations[_i].sequences);
	if (strcmp(generations[_i].option, "--start") == 0)
		ck_assert_int_eq(strncmp(outcome.output, "0.25,0.5\n", 9), 0);
	else
		ck_assert_int_eq(strncmp(outcome.output, "0,0\n", 4), 0);
	outcome_release(&outcome);
}
END_TEST

/* Format a list of points as CSV. */
static void
print_points(const json_t *points, FILE *stream)
{
	const json_t *point, *number;
	size_t i, f;

	json_array_foreach(points, i, point)
		json_array_foreach(point, f, number) fprintf(stream, "%s%.9g%s",
			f > 0 ? "," : "", json_number_value(number),
			f + 1 < json_array_size(point) ? "" : "\n");
}

/*
 * Convert the output of `generate --format json` to CSV; snapshots get
 * comments.
 */
static char *
csv_of(const char *output)
{
	json_t *object = parse_object(output);
	const json_t *sequences = json_object_get(object, "sequences");
	const json_t *snapshots = json_object_get(object, "snapshots");
	const json_t *item;
	char *text = NULL;
	size_t i, length;
	FILE *stream = open_memstream(&text, &length);

	ck_assert_ptr_nonnull(stream);
	ck_assert_str_eq(get_string(object, "task"), "rectangle");
	ck_assert_int_eq(get_integer(object, "updates"), 50);
	json_array_foreach(sequences, i, item)
	{
		fputs(i > 0 ? "\n" : "", stream);
		print_points(item, stream);
	}
	json_array_foreach(snapshots, i, item)
	{
		fprintf(stream, "%s# update %lld, average loss %.9g\n",
			i > 0 ? "\n" : "", get_integer(item, "update"),
			get_number(item, "average"));
		print_points(json_object_get(item, "points"), stream);
	}
	fclose(stream);
	json_decref(object);
	return text;
}

static const char *const drawings[][2] = {
	{"--seed=3", "--count=1"},
	{"--seed=4", "--count=3"},
	{"--gallery", NULL},
};

START_TEST(generate_json_holds_the_points_of_csv)
{
	const char *first = drawings[_i][0], *second = drawings[_i][1];
	char *csv, *output, *converted;

	MUST("train", "--seed", "1", "--updates", "50", "--loss", "mixture",
		"--snapshots", "10,50", "m.safetensors");
	csv = OUTPUT_OF("generate", "--format", "csv", "m.safetensors", first,
		second);
	output = OUTPUT_OF("generate", "--format", "json", "m.safetensors",
		first, second);
	converted = csv_of(output);
	ck_assert_str_eq(converted, csv);
	free(csv);
	free(output);
	free(converted);
}
END_TEST

START_TEST(generate_ascii_is_ascii)
{
	struct outcome outcome;

	MUST("train", "--seed", "1", "--updates", "2000", "m.safetensors");
	RUN(&outcome, "generate", "--format", "ascii", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_uint_gt(count_lines(outcome.output), 3);
	for (size_t i = 0; i < outcome.output_length; i++)
		ck_assert_uint_lt((unsigned char)outcome.output[i], 0x80);
	outcome_release(&outcome);
}
END_TEST

/* _i 0: one shape; 1: the gallery. */
START_TEST(ascii_draws_no_braille)
{
	struct outcome outcome;

	MUST("train", "--quiet", "--updates", "5", "--snapshots", "3",
		"m.safetensors");
	if (_i == 0)
		RUN(&outcome, "generate", "--ascii", "--format", "braille",
			"m.safetensors");
	else
		RUN(&outcome, "generate", "--ascii", "--format", "braille",
			"--gallery", "m.safetensors");
	expect_status(&outcome, 0);
	for (size_t i = 0; i < outcome.output_length; i++)
		ck_assert_uint_lt((unsigned char)outcome.output[i], 0x80);
	outcome_release(&outcome);
}
END_TEST

/* Accepted forms of --start, for points of one and of two numbers. */
static const struct {
	const char *plain, *spaced;
} starts[] = {
	{"0.5 0.6 0.7", "0.5 0.6 0.7 "},
	{"0.5 0.6 0.7", " 0.5 0.6 0.7"},
	{"0.5 0.6 0.7", "0.5  0.6   0.7"},
	{"0.5 0.6 0.7", "0.5\t0.6\n0.7\n"},
	{"0.5 0.6 0.7", "0.5, 0.6, 0.7"},
	{"0,1 0.5,1 1,0.5", "0, 1 0.5, 1 1, 0.5"},
	{"0,1 0.5,1 1,0.5", "\t0,\t1\n0.5,1  1 , 0.5 "},
};

START_TEST(any_white_space_separates_the_points_of_a_start)
{
	bool is_wide = strchr(starts[_i].plain, '1') != NULL;
	char *plain, *spaced;

	write_here("p.csv",
		is_wide ? "0,1\n0.5,1\n1,0.5\n1,0\n"
			: "0.5\n0.6\n0.7\n0.8\n0.9\n");
	MUST("train", "--seed", "1", "--updates", "5", "--task", "points",
		"--data", "p.csv", "--framing", "many-to-one", "--window", "3",
		"m.safetensors");
	plain = OUTPUT_OF("generate", "--start", starts[_i].plain,
		"m.safetensors");
	spaced = OUTPUT_OF("generate", "--start", starts[_i].spaced,
		"m.safetensors");
	ck_assert_str_eq(spaced, plain);
	ck_assert_int_eq(strncmp(plain,
				 is_wide ? "0,1\n0.5,1\n1,0.5\n"
					 : "0.5\n0.600000024\n0.699999988\n",
				 is_wide ? 16 : 28),
		0);
	free(plain);
	free(spaced);
}
END_TEST

static const char *const wrong_starts[] = {"0.5", "0.1,0.2,0.3", "a,b", ",", "",
	"0.5,", "nan,0", "1e999,0", " ", "0.1 0.2", "0,,1", "0,1,", "0,1 x",
	"0.1,0.2 0.3"};

START_TEST(generate_refuses_an_invalid_start)
{
	struct outcome outcome;

	MUST("train", "--seed", "1", "--updates", "5", "m.safetensors");
	RUN(&outcome, "generate", "--start", wrong_starts[_i], "m.safetensors");
	ck_assert(outcome.status == 1 || outcome.status == 2);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "--start"));
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}
END_TEST

START_TEST(points_train_from_a_file_with_comments)
{
	struct outcome outcome;
	size_t points, sequences;

	write_here("walk.csv",
		"# a walk\n0,0\n0.5,0\n# and on\n0.5,0.5\n\n"
		"0,0\n0.25,0\n0.25,0.25\n");
	MUST("train", "--task", "points", "--data", "walk.csv", "--updates",
		"20", "m.safetensors");
	RUN(&outcome, "generate", "m.safetensors");
	expect_status(&outcome, 0);
	count_points(outcome.output, &points, &sequences);
	ck_assert_uint_ge(points, 2);
	ck_assert_uint_eq(sequences, 1);
	outcome_release(&outcome);
	MUST("evaluate", "--json", "m.safetensors");
}
END_TEST

static void
add_lesson(Suite *suite)
{
	TCase *tcase = add_case(suite, "the lesson");

	tcase_add_test(tcase, the_lesson_trains_evaluates_and_draws);
	tcase_add_test(tcase, the_trained_lesson_comes_near_the_floor);
}

static void
add_metrics(Suite *suite)
{
	TCase *tcase = add_case(suite, "metrics");

	tcase_add_test(tcase, info_shows_keras_table_of_layers);
	tcase_add_test(tcase, info_json_describes_the_run);
	tcase_add_test(tcase, info_shows_the_last_loss_of_the_log);
	tcase_add_test(tcase, evaluate_json_has_the_metrics);
	tcase_add_test(tcase, evaluate_repeats_itself_by_seed);
	tcase_add_test(tcase, evaluate_measures_generated_shapes);
	tcase_add_test(tcase, only_generated_sequences_have_a_floor);
}

static void
add_sequences(Suite *suite)
{
	TCase *tcase = add_case(suite, "sequences");

	suite_add_loop(tcase, generate_csv_gives_a_point_a_line, 0,
		COUNT(generations));
	suite_add_loop(tcase, generate_json_holds_the_points_of_csv, 0,
		sizeof drawings / sizeof drawings[0]);
	tcase_add_test(tcase, generate_ascii_is_ascii);
	suite_add_loop(tcase, ascii_draws_no_braille, 0, 2);
	suite_add_loop(tcase, any_white_space_separates_the_points_of_a_start,
		0, COUNT(starts));
	suite_add_loop(tcase, generate_refuses_an_invalid_start, 0,
		COUNT(wrong_starts));
	tcase_add_test(tcase, points_train_from_a_file_with_comments);
}

int
main(void)
{
	Suite *suite = suite_create("generate");

	add_lesson(suite);
	add_metrics(suite);
	add_sequences(suite);
	return suite_run(suite);
}
