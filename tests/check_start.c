/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the points that `generate` starts from, and of forecasts: starts of
 * any length, the end of the data, and the quantiles of samples.
 */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "here.h"
#include "suite.h"

enum { POINTS = 20, MORE = 6, SAMPLES = 37 };

static const char *const framings[] = {"one-to-one", "sequence", "many-to-one",
	"one-to-many"};

/* Point i of the test's series, in eighths: exact as text. */
static double
value(int i)
{
	return (i * 5 % 8) / 8.0;
}

/*
 * Write the series, after a shorter one, as data; and as text for --start,
 * from point `first` on.
 */
static void
write_series(const char *name)
{
	char text[2048];
	size_t length = 0;

	length += (size_t)snprintf(text, sizeof text,
		"0.9\n0.1\n0.2\n0.7\n0.4\n0.5\n0.3\n\n");
	for (int i = 0; i < POINTS; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%g\n", value(i));
	write_here(name, text);
}

static const char *
series_from(int first, char text[1024])
{
	size_t length = 0;

	text[0] = '\0';
	for (int i = first; i < POINTS; i++)
		length += (size_t)snprintf(text + length, 1024 - length, "%g ",
			value(i));
	return text;
}

static void
train(const char *framing, const char *loss)
{
	write_series("s.csv");
	if (strstr(framing, "many") != NULL)
		MUST("train", "--force", "--quiet", "--seed", "1", "--updates",
			"40", "--data", "s.csv", "--task", "points",
			"--framing", framing, "--loss", loss, "--window", "3",
			"m.st");
	else
		MUST("train", "--force", "--quiet", "--seed", "1", "--updates",
			"40", "--data", "s.csv", "--task", "points",
			"--framing", framing, "--loss", loss, "m.st");
}

/* Return the text from line `line` on, counted from 0. */
static const char *
from_line(const char *text, int line)
{
	while (line-- > 0) {
		text = strchr(text, '\n');
		ck_assert_ptr_nonnull(text);
		text++;
	}
	return text;
}

/* The start is written first, and counts for the length. */
START_TEST(a_start_of_many_points_is_written_and_continued)
{
	char start[1024], length[16], line[32];
	char *all, *end;

	train(framings[_i], "mae");
	snprintf(length, sizeof length, "%d", POINTS + MORE);
	all = OUTPUT_OF("generate", "--start", series_from(0, start),
		"--length", length, "m.st");
	ck_assert_uint_eq(count_lines(all), POINTS + MORE);
	for (int i = 0; i < POINTS; i++) {
		snprintf(line, sizeof line, "%g\n", value(i));
		ck_assert_int_eq(strncmp(from_line(all, i), line, strlen(line)),
			0);
	}
	/* the data end with these points: their forecast is the rest */
	snprintf(length, sizeof length, "%d", MORE);
	end = OUTPUT_OF("generate", "--start", "end", "--length", length,
		"m.st");
	ck_assert_str_eq(end, from_line(all, POINTS));
	free(end);
	free(all);
}
END_TEST

/* The framing sequence knows what came first, the others only the last. */
START_TEST(a_state_remembers_the_first_point_of_a_start)
{
	bool carries = strcmp(framings[_i], "sequence") == 0;
	char *one, *other;

	train(framings[_i], "mae");
	one = OUTPUT_OF("generate", "--start", "0.1 0.5 0.25 0.75", "--length",
		"8", "m.st");
	other = OUTPUT_OF("generate", "--start", "0.9 0.5 0.25 0.75",
		"--length", "8", "m.st");
	ck_assert_int_eq(strcmp(from_line(one, 4), from_line(other, 4)) != 0,
		carries);
	free(one);
	free(other);
}
END_TEST

/* With zero state at each step, a point follows from the one before alone. */
START_TEST(without_memory_the_last_point_decides)
{
	char *many, *one;

	train("sequence", "mae");
	many = OUTPUT_OF("generate", "--no-memory", "--start",
		"0.1 0.5 0.25 0.75", "--length", "8", "m.st");
	one = OUTPUT_OF("generate", "--no-memory", "--start", "0.75",
		"--length", "5", "m.st");
	ck_assert_str_eq(from_line(many, 3), one);
	free(many);
	many = OUTPUT_OF("generate", "--start", "0.75", "--length", "5",
		"m.st");
	ck_assert_str_ne(many, one);
	free(many);
	free(one);
}
END_TEST

/* Without --length: a sequence of the data, or points after a long start. */
START_TEST(a_default_length_leaves_points_to_generate)
{
	static const struct {
		const char *start;
		size_t points;
	} starts[] = {{"0.5", 7}, {"0.5 0.5 0.5 0.5 0.5 0.5", 7},
		{"0.5 0.5 0.5 0.5 0.5 0.5 0.5", 14}, {"end", 7}};
	char *text;

	train("sequence", "mae");
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		text = OUTPUT_OF("generate", "--start", starts[i].start,
			"m.st");
		ck_assert_uint_eq(count_lines(text), starts[i].points);
		free(text);
	}
}
END_TEST

static bool
begins(const char *text, const char *beginning)
{
	return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* A refused command line: status, and words of the message. */
static void
refuse(const char *const *words, int status, const char *message)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	ck_assert_msg(outcome.status == status, "status %d: %s", outcome.status,
		outcome.errors);
	ck_assert_msg(strstr(outcome.errors, message) != NULL, "no '%s' in: %s",
		message, outcome.errors);
	ck_assert_str_eq(outcome.output, "");
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	outcome_release(&outcome);
}
#define REFUSE(status, message, ...) refuse(WORDS(__VA_ARGS__), status, message)

START_TEST(a_start_is_refused_with_its_cause)
{
	train("many-to-one", "mae");
	REFUSE(2, "windows of 3 points, and 2 are given", "generate", "--start",
		"0.5 0.25", "m.st");
	REFUSE(2, "windows of 3 points, and 1 is given", "generate", "--start",
		"0.5", "m.st");
	REFUSE(2, "a length of 3 is less", "generate", "--start",
		"0.5 0.25 0.5 0.1", "--length", "3", "m.st");
	REFUSE(2, "without --start end", "generate", "--data", "s.csv", "m.st");
	REFUSE(2, "without --start end", "generate", "--start", "1 2 3",
		"--data", "s.csv", "m.st");
	/* too short for a window */
	write_here("short.csv", "0.1\n0.2\n0.3\n0.4\n\n0.5\n0.25\n");
	REFUSE(1, "short.csv: the last sequence has 2 points", "generate",
		"--start", "end", "--data", "short.csv", "m.st");
	MUST("train", "--quiet", "--seed", "1", "--updates", "5", "made.st");
	REFUSE(2, "not trained on a file", "generate", "--start", "end",
		"made.st");
	/* a shape is no such data */
	REFUSE(1, "s.csv:1", "generate", "--start", "end", "--data", "s.csv",
		"made.st");
}
END_TEST

/* Data that moved or changed are refused with advice, which works. */
START_TEST(newer_data_are_given_by_name)
{
	char *old, *moved, *longer, *text;
	char start[1024];

	train("sequence", "mae");
	old = OUTPUT_OF("generate", "--start", "end", "--length", "3", "m.st");
	text = read_here("s.csv", NULL);
	write_here("moved.csv", text);
	remove_here("s.csv");
	REFUSE(1, "give the new path with --data FILE", "generate", "--start",
		"end", "m.st");
	moved = OUTPUT_OF("generate", "--start", "end", "--length", "3",
		"--data", "moved.csv", "m.st");
	ck_assert_str_eq(moved, old);
	text = realloc(text, strlen(text) + 8);
	ck_assert_ptr_nonnull(text);
	strcat(text, "0.75\n");
	write_here("s.csv", text);
	REFUSE(1, "--data FILE goes on from other data", "generate", "--start",
		"end", "m.st");
	longer = OUTPUT_OF("generate", "--start", "end", "--length", "3",
		"--data", "s.csv", "m.st");
	free(moved);
	strcat(strcpy(start, series_from(0, (char[1024]){0})), "0.75");
	moved = OUTPUT_OF("generate", "--start", start, "--length", "24",
		"m.st");
	ck_assert_str_eq(from_line(moved, POINTS + 1), longer);
	free(old);
	free(moved);
	free(longer);
	free(text);
}
END_TEST

/*
 * Five stretches of counting, far from 0: what comes next is known, after the
 * last one and after a beginning between two of them.
 */
START_TEST(counting_goes_on)
{
	char *text;

	write_here("counting.csv",
		"3\n4\n5\n6\n7\n8\n\n700\n701\n702\n703\n704\n\n"
		"210\n211\n212\n213\n214\n\n-8\n-7\n-6\n-5\n-4\n-3\n\n"
		"55\n56\n57\n58\n59\n");
	MUST("train", "--quiet", "--seed", "1", "--loss", "mse", "--task",
		"points", "--data", "counting.csv", "--framing", "sequence",
		"m.st");
	text = OUTPUT_OF("generate", "--start", "200 201", "--length", "4",
		"m.st");
	ck_assert_int_eq(strncmp(text, "200\n201\n", 8), 0);
	for (int i = 2; i < 4; i++)
		ck_assert_double_eq_tol(strtod(from_line(text, i), NULL),
			200 + i, 1.5);
	free(text);
	text = OUTPUT_OF("generate", "--start", "end", "--length", "2", "m.st");
	for (int i = 0; i < 2; i++)
		ck_assert_double_eq_tol(strtod(from_line(text, i), NULL),
			60 + i, 2);
	free(text);
}
END_TEST

/* Quantiles */

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Read samples of one number from CSV. */
static void
read_samples(const char *csv, size_t steps, double *numbers)
{
	for (size_t k = 0; k < SAMPLES; k++) {
		for (size_t i = 0; i < steps; i++) {
			char *end;

			numbers[i * SAMPLES + k] = strtod(csv, &end);
			ck_assert_int_eq(*end, '\n');
			csv = end + 1;
		}
		if (k + 1 < SAMPLES)
			ck_assert_int_eq(*csv++, '\n');
	}
	ck_assert_int_eq(*csv, '\0');
}

/* The quantiles are those of the samples of the same seed. */
START_TEST(quantiles_describe_the_samples)
{
	enum { STEPS = 9 };
	static const double level[] = {0.1, 0.5, 0.975};
	static double numbers[STEPS * SAMPLES];
	char *samples, *quantiles, *next;
	json_t *object, *list;

	train(framings[_i], "mixture");
	samples = OUTPUT_OF("generate", "--seed", "3", "--count", "37",
		"--length", "9", "--start", "end", "m.st");
	read_samples(samples, STEPS, numbers);
	quantiles = OUTPUT_OF("generate", "--seed", "3", "--count", "37",
		"--length", "9", "--start", "end", "--quantiles",
		"0.1,0.5,0.975", "m.st");
	object = OBJECT_OF("generate", "--seed", "3", "--count", "37",
		"--length", "9", "--start", "end", "--quantiles",
		"0.1,0.5,0.975", "--format", "json", "m.st");
	list = json_object_get(object, "quantiles");
	ck_assert_uint_eq(json_array_size(list), STEPS);
	ck_assert_int_eq(get_integer(object, "count"), SAMPLES);
	ck_assert(begins(quantiles, "step,x_q0.1,x_q0.5,x_q0.975\n"));
	ck_assert_uint_eq(count_lines(quantiles), STEPS + 1);
	next = quantiles + 28;
	for (int i = 0; i < STEPS; i++) {
		double *sorted = numbers + i * SAMPLES;

		qsort(sorted, SAMPLES, sizeof *sorted, compare);
		ck_assert_int_eq(strtol(next, &next, 10), i + 1);
		for (int q = 0; q < 3; q++) {
			double h = (SAMPLES - 1) * level[q];
			double low = sorted[(int)floor(h)];
			double high = sorted[(int)ceil(h)];
			double expected = low + (h - floor(h)) * (high - low);

			ck_assert_int_eq(*next, ',');
			ck_assert_double_eq_tol(strtod(next + 1, &next),
				expected, 1e-7);
			ck_assert_double_eq_tol(
				json_number_value(json_array_get(
					json_array_get(json_array_get(list,
							       (size_t)i),
						0),
					(size_t)q)),
				expected, 1e-7);
		}
		ck_assert_int_eq(*next++, '\n');
	}
	json_decref(object);
	free(samples);
	free(quantiles);
}
END_TEST

/* A shown start is certain; columns are named; 200 samples are the default. */
START_TEST(quantiles_have_named_columns)
{
	char *text, *again;

	write_here("p.csv", "0.5,0.25,1\n0.25,0.5,0\n0.75,0.5,1\n0.5,0,1\n");
	MUST("train", "--quiet", "--seed", "1", "--updates", "5", "--task",
		"points", "--data", "p.csv", "--loss", "mixture", "m.st");
	text = OUTPUT_OF("generate", "--seed", "2", "--quantiles", "0.25,1",
		"m.st");
	ck_assert(begins(text,
		"step,x1_q0.25,x1_q1,x2_q0.25,x2_q1,x3_q0.25,"
		"x3_q1\n1,0.5,0.5,0.25,0.25,1,1\n2,"));
	again = OUTPUT_OF("generate", "--seed", "2", "--quantiles", "0.25,1",
		"--count", "200", "m.st");
	ck_assert_str_eq(again, text);
	free(again);
	again = OUTPUT_OF("generate", "--seed", "2", "--quantiles", "0.25,1",
		"--count", "201", "m.st");
	ck_assert_str_ne(again, text);
	free(again);
	free(text);
	/* bytes that are no characters are written by number */
	write_here("b.csv", "a\xff,b\n0.5,0.25\n0.25,0.5\n0.75,0.5\n");
	MUST("train", "--quiet", "--seed", "1", "--updates", "5", "--task",
		"points", "--data", "b.csv", "--loss", "mixture", "b.st");
	text = OUTPUT_OF("generate", "--quantiles", "0.5", "--start", "end",
		"--format", "json", "b.st");
	ck_assert_ptr_nonnull(strstr(text, "\"a\\\\xFF\""));
	free(text);
	/* those of a header are known where the data are read */
	write_here("h.csv",
		"price,\"a, b\"\n0.5,0.25\n0.25,0.5\n0.75,0.5\n0.5,0\n");
	MUST("train", "--quiet", "--seed", "1", "--updates", "5", "--task",
		"points", "--data", "h.csv", "--loss", "mixture", "h.st");
	text = OUTPUT_OF("generate", "--quantiles", "0.5,1", "--start", "end",
		"h.st");
	ck_assert(begins(text,
		"step,price_q0.5,price_q1,\"a, b_q0.5\",\"a, b_q1\"\n1,"));
	free(text);
	MUST("train", "--quiet", "--seed", "1", "--updates", "5", "--loss",
		"mixture", "xy.st");
	text = OUTPUT_OF("generate", "--quantiles", "0.5", "xy.st");
	ck_assert(begins(text, "step,x_q0.5,y_q0.5\n1,0,0\n"));
	free(text);
}
END_TEST

static const char *const wrong_levels[] = {"", ",", "0.5,", "1.5", "-0.1",
	"0.5 0.6", "nan", "median", "0.1,,0.2"};

START_TEST(quantiles_are_refused_with_their_cause)
{
	train("sequence", "mixture");
	for (size_t i = 0; i < sizeof wrong_levels / sizeof wrong_levels[0];
		i++)
		REFUSE(2, "is not a number from 0 to 1", "generate",
			"--quantiles", wrong_levels[i], "m.st");
	REFUSE(2, "--format", "generate", "--quantiles", "0.5", "--format",
		"braille", "m.st");
	train("sequence", "mse");
	REFUSE(2, "it is only for --loss mixture", "generate", "--quantiles",
		"0.5", "m.st");
}
END_TEST

static Suite *
start_suite(void)
{
	Suite *suite = suite_create("start");
	TCase *starts = add_case(suite, "starts");
	TCase *quantiles = add_case(suite, "quantiles");

	suite_add_loop(starts, a_start_of_many_points_is_written_and_continued,
		0, COUNT(framings));
	suite_add_loop(starts, a_state_remembers_the_first_point_of_a_start, 0,
		COUNT(framings));
	tcase_add_test(starts, without_memory_the_last_point_decides);
	tcase_add_test(starts, a_default_length_leaves_points_to_generate);
	tcase_add_test(starts, a_start_is_refused_with_its_cause);
	tcase_add_test(starts, newer_data_are_given_by_name);
	tcase_add_test(starts, counting_goes_on);
	suite_add_loop(quantiles, quantiles_describe_the_samples, 0,
		COUNT(framings));
	tcase_add_test(quantiles, quantiles_have_named_columns);
	tcase_add_test(quantiles, quantiles_are_refused_with_their_cause);
	return suite;
}

int
main(void)
{
	return suite_run(start_suite());
}
