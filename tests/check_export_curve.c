/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the exports of the loss: the rows of csv against the history and the
 * log, the places of the curve in an svg, the bytes of the pictures; and the
 * error message of a build without cairo.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "draw/scale.h"
#include "export/export.h"
#include "here.h"
#include "run/history.h"
#include "run/loss_plot.h"
#include "session/model_file.h"
#include "suite.h"

#define MODEL "m.safetensors"
#define HEADER "first_update,last_update,loss,min,max,average,validation\n"

/* ---------------------------------------------------------------------- */
/* The history */

/* The loss of an update, from 0: distinct, and exact in sums of a few. */
static double
loss_at(uint64_t update)
{
	return (double)(update * 7919 % 65536) / 65536;
}

static void
expect_row(const struct history_bucket *row, uint64_t first, uint64_t end)
{
	double sum = 0, min = 1, max = 0;

	for (uint64_t i = first; i < end; i++) {
		sum += loss_at(i);
		min = fmin(min, loss_at(i));
		max = fmax(max, loss_at(i));
	}
	EXPECT(fabs(row->mean - sum / (double)(end - first)) < 1e-6, "mean");
	EXPECT(row->min == (float)min && row->max == (float)max, "range");
}

START_TEST(rows_are_all_updates_once)
{
	static const uint64_t counts[] = {0, 1, 511, 512, 513, 1023, 1025, 2047,
		2051, 5000, 70001};
	struct history *history = calloc(1, sizeof *history);
	struct history_bucket row;
	uint64_t updates = 0;

	history_clear(history);
	for (int i = 0; i < COUNT(counts); i++) {
		uint64_t first = 0, end, rows = 0, fine = 0;

		for (; updates < counts[i]; updates++)
			history_add(history, loss_at(updates));
		for (; history_next(history, first, &row, &end); first = end) {
			EXPECT(end > first, "no updates");
			expect_row(&row, first, end);
			rows++;
			fine += end == first + 1;
		}
		ck_assert_uint_eq(first, updates);
		/* single updates at the beginning and at the end */
		ck_assert_uint_ge(fine,
			updates <= 1024 ? updates : 1024 - HISTORY_RATIO);
		ck_assert_uint_le(rows, 1024 * HISTORY_LEVELS);
	}
	free(history);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* csv */

START_TEST(losses_are_those_of_the_log)
{
	char *csv, *log, *at, *line;

	MUST("train", "--quiet", "--seed=4", "--updates=60", "--log=log",
		MODEL);
	csv = OUTPUT_OF("export", "--format=csv", MODEL, "-");
	log = read_here("log", &(size_t){0});
	ck_assert_int_eq(strncmp(csv, HEADER, strlen(HEADER)), 0);
	at = csv + strlen(HEADER);
	line = strtok(log, "\n");
	for (int update = 1; update <= 60; update++) {
		json_t *object = parse_object(line);
		double loss, average;
		char expected[32];

		snprintf(expected, sizeof expected, "%d,%d,", update, update);
		ck_assert_msg(strncmp(at, expected, strlen(expected)) == 0,
			"row %d: %.40s", update, at);
		at += strlen(expected);
		loss = strtod(at, &at);
		ck_assert_double_le(fabs(loss - get_number(object, "loss")),
			1e-7);
		ck_assert_double_eq(strtod(at + 1, &at), loss);
		ck_assert_double_eq(strtod(at + 1, &at), loss);
		average = strtod(at + 1, &at);
		ck_assert_double_le(fabs(average -
					    get_number(object, "average")),
			1e-6);
		ck_assert_int_eq(strncmp(at, ",\n", 2), 0);
		at += 2;
		json_decref(object);
		line = strtok(NULL, "\n");
	}
	ck_assert_str_eq(at, "");
	free(csv);
	free(log);
}
END_TEST

static void
train_text(void)
{
	char text[700] = "";

	while (strlen(text) < 600)
		strcat(text, "to be or not to be, that is the question\n");
	write_here("text.txt", text);
	MUST("train", "--quiet", "--seed=4", "--data=text.txt", "--units=4",
		"--batch=2", "--sequence-length=10", "--updates=80",
		"--validation=0.2", MODEL);
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

START_TEST(validations_have_rows_of_their_own)
{
	const struct validations *validations;
	struct run *run;
	char *csv, *at;

	train_text();
	run = open_model();
	validations = run_validations(run);
	ck_assert_uint_ge(validations->count, 2);
	csv = at = OUTPUT_OF("export", "--format=csv", MODEL, "-");
	for (size_t i = 0; i < validations->count; i++) {
		char before[64], row[64];
		double update = validations->at[i].update;

		snprintf(before, sizeof before, "\n%.0f,%.0f,", update, update);
		snprintf(row, sizeof row, "\n%.0f,%.0f,,,,,%.9g\n", update,
			update, validations->at[i].loss);
		at = strstr(at, before);
		ck_assert_ptr_nonnull(at);
		at = strchr(at + 1, '\n');
		ck_assert_msg(strncmp(at, row, strlen(row)) == 0, "%.60s", at);
	}
	free(csv);
	run_destroy(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Pictures */

static const char *const pictures[] = {"svg", "png", "pdf"};

#ifdef HAVE_CAIRO

static const char *const beginnings[] = {"<?xml", "\211PNG\r\n\032\n", "%PDF-"};

START_TEST(a_picture_has_the_same_bytes_each_time)
{
	const struct exporter *exporter = exporter_of_path(
		(const char *const[]){"a.svg", "a.png", "a.pdf"}[_i]);
	struct export_output one = {0}, other = {0};
	struct error error;
	struct run *run;

	train_text();
	run = open_model();
	ck_assert_str_eq(exporter->kind.name, pictures[_i]);
	ck_assert_msg(export_make(exporter, run, MODEL, &one, &error), "%s",
		error.text);
	ck_assert(export_make(exporter, run, MODEL, &other, &error));
	ck_assert_mem_eq(one.file[0].bytes.data, beginnings[_i],
		strlen(beginnings[_i]));
	ck_assert_uint_gt(one.file[0].bytes.count, 3000);
	ck_assert_uint_eq(one.file[0].bytes.count, other.file[0].bytes.count);
	ck_assert_mem_eq(one.file[0].bytes.data, other.file[0].bytes.data,
		one.file[0].bytes.count);
	export_output_release(&one);
	export_output_release(&other);
	run_destroy(run);
}
END_TEST

/* Where the plot is on the page: see draw/picture_curve.c. */
enum { LEFT = 62, TOP = 68, WIDTH = 560, HEIGHT = 300 };

static double
next_number(char **at)
{
	*at += strcspn(*at, "-0123456789");
	return strtod(*at, at);
}

START_TEST(the_curve_is_where_the_losses_are)
{
	struct loss_plot_view view = {.log_updates = false};
	struct plot_column columns[WIDTH];
	struct loss_plot losses;
	struct scale scale;
	struct plot plot;
	struct run *run;
	double low, high;
	char *svg, *at;

	MUST("train", "--quiet", "--seed=4", "--updates=140", MODEL);
	run = open_model();
	loss_plot_make(&losses, run, &view);
	losses.axes.end = 140;
	plot = (struct plot){.axes = losses.axes, .columns = WIDTH};
	loss_plot_fill(&plot, run, columns);
	plot_range(&plot, columns, &low, &high);
	ck_assert(losses.axes.is_log_y);
	scale = scale_fit(low, high, true);
	svg = OUTPUT_OF("export", "--format=svg", MODEL, "-");
	/* the sign of the legend comes before the curve of the same colour */
	at = svg;
	for (int i = 0; i < 2; i++) {
		at = strstr(at, "stroke:rgb(13%");
		ck_assert_ptr_nonnull(at);
		at = strstr(at, " d=\"M");
		ck_assert_ptr_nonnull(at);
	}
	for (int update = 0; update < 140; update++) {
		struct history_bucket bucket;
		double x = next_number(&at), y = next_number(&at);

		ck_assert(history_span(run_history(run), (uint64_t)update,
			(uint64_t)update + 1, &bucket));
		/*
		 * an update has four columns, and is drawn in the first; or,
		 * by rounding, in the second
		 */
		EXPECT(fabs(x - (LEFT + 4 * update + 0.5)) < 1.02,
			"update %d at x = %g", update, x);
		EXPECT(fabs(y -
			       (TOP +
				       HEIGHT *
					       (1 -
						       scale_position(&scale,
							       bucket.mean)))) <
				0.02,
			"update %d at y = %g", update, y);
	}
	free(svg);
	run_destroy(run);
}
END_TEST

START_TEST(a_run_without_updates_has_a_picture)
{
	char *svg;

	MUST("train", "--quiet", "--seed=4", "--updates=1", "--units=2", MODEL);
	svg = OUTPUT_OF("export", "--format=svg", MODEL, "-");
	ck_assert_ptr_nonnull(strstr(svg, "</svg>"));
	free(svg);
}
END_TEST

/* A name of bytes that are no UTF-8, and 16 layers: cairo refuses half ones. */
START_TEST(odd_names_and_long_architectures_are_drawn)
{
	MUST("train", "--quiet", "--seed=4", "--updates=2", "--cell=rnn",
		"--units=2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2",
		"caf\351 \303\244.safetensors");
	MUST("export", "--quiet", "caf\351 \303\244.safetensors", "a.png");
	ck_assert(exists_here("a.png"));
}
END_TEST

#else

START_TEST(a_picture_needs_cairo)
{
	struct outcome outcome;

	MUST("train", "--quiet", "--seed=4", "--updates=2", MODEL);
	RUN(&outcome, "export", "--format", pictures[_i], MODEL, "-");
	expect_failure(&outcome, "without cairo");
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}
END_TEST

#endif

int
main(void)
{
	Suite *suite = suite_create("export_curve");
	TCase *group = add_case(suite, "csv");

	tcase_add_test(group, rows_are_all_updates_once);
	tcase_add_test(group, losses_are_those_of_the_log);
	tcase_add_test(group, validations_have_rows_of_their_own);
	group = add_case(suite, "pictures");
#ifdef HAVE_CAIRO
	suite_add_loop(group, a_picture_has_the_same_bytes_each_time, 0,
		COUNT(pictures));
	tcase_add_test(group, the_curve_is_where_the_losses_are);
	tcase_add_test(group, a_run_without_updates_has_a_picture);
	tcase_add_test(group, odd_names_and_long_architectures_are_drawn);
#else
	suite_add_loop(group, a_picture_needs_cairo, 0, COUNT(pictures));
#endif
	return suite_run(suite);
}
