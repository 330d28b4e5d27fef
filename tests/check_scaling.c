/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the scaling of points: its numbers, and what undoes it. A model of
 * scaled data is compared with one of the same data scaled by the test.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "session/model_file.h"
#include "suite.h"
#include "task/scaling.h"

enum { COLUMNS = 3, POINTS = 4 };

/* ---------------------------------------------------------------------- */
/* the module */

/* A column of prices, one of equal numbers, and one of Unix times. */
static const double numbers[POINTS * COLUMNS] = {
	900, 0.1, 1700000001, /* */
	904, 0.1, 1700000002, /* */
	902, 0.1, 1700000003, /* */
	906, 0.1, 1700000004, /* */
};

static void
apply(const struct scaling *scaling, const double *from, int count, float *to)
{
	for (int i = 0; i < count; i++)
		to[i] = scaling_apply_one(scaling, (size_t)i % COLUMNS,
			from[i]);
}

static void
measure(struct scaling *scaling)
{
	struct error error;

	*scaling = (struct scaling){0};
	ck_assert(scaling_measure(scaling, COLUMNS, POINTS, numbers, &error));
}

/* Columns have mean and deviation; a column of equal numbers has factor 1. */
START_TEST(standard_is_mean_and_deviation)
{
	struct scaling scaling;
	float scaled[POINTS * COLUMNS];

	measure(&scaling);
	ck_assert_uint_eq(scaling.features, COLUMNS);
	ck_assert_double_eq(scaling.offset[0], 903);
	ck_assert_double_eq_tol(scaling.factor[0], sqrt(5), 1e-12);
	ck_assert_double_eq(scaling.offset[1], 0.1);
	ck_assert_double_eq(scaling.factor[1], 1);
	ck_assert_double_eq(scaling.offset[2], 1700000002.5);
	ck_assert_double_eq_tol(scaling.factor[2], sqrt(1.25), 1e-12);
	apply(&scaling, numbers, POINTS * COLUMNS, scaled);
	for (int i = 0; i < POINTS; i++) {
		const float *point = scaled + (size_t)i * COLUMNS;

		ck_assert_float_eq_tol(point[0],
			(float)((numbers[i * COLUMNS] - 903) / sqrt(5)), 1e-7F);
		ck_assert_float_eq(point[1], 0);
		ck_assert_float_eq_tol(point[2],
			(float)((i - 1.5) / sqrt(1.25)), 1e-7F);
	}
	ck_assert(scaling_is_valid(&scaling));
	scaling_destroy(&scaling);
}
END_TEST

/* Scaled numbers return to the data's, also seconds of a Unix time. */
START_TEST(undone_numbers_are_those_of_the_data)
{
	struct scaling scaling;
	float scaled[POINTS * COLUMNS], floats[POINTS * COLUMNS];
	float again[POINTS * COLUMNS];

	measure(&scaling);
	apply(&scaling, numbers, POINTS * COLUMNS, scaled);
	scaling_undo_floats(&scaling, POINTS * COLUMNS, scaled, floats);
	scaling_apply_floats(&scaling, POINTS * COLUMNS, floats, again);
	for (int i = 0; i < POINTS * COLUMNS; i++) {
		double undone = scaling_undo_one(&scaling, (size_t)i % COLUMNS,
			scaled[i]);

		ck_assert_double_eq_tol(undone, numbers[i], 1e-6);
		ck_assert_float_eq(floats[i], (float)undone);
		/* rounded for print, it is the number of the data again */
		undone = scaling_round(&scaling, (size_t)i % COLUMNS, undone);
		ck_assert_double_eq_tol(undone, numbers[i], 1e-12 * undone);
		if (i % COLUMNS == 0)
			ck_assert_float_eq_tol(again[i], scaled[i], 1e-4F);
	}
	/* less than half a unit below 0 is 0, not -0 */
	ck_assert(!signbit(scaling_round(&scaling, 0, -1e-300)));
	scaling_destroy(&scaling);
}
END_TEST

/* No scaling leaves every bit, also of numbers that are not finite. */
START_TEST(none_changes_nothing)
{
	const struct scaling none = {0};
	const float before[4] = {-0.0F, 0.1F, INFINITY, 1e-45F};
	float after[4];

	scaling_apply_floats(&none, 4, before, after);
	ck_assert_mem_eq(before, after, sizeof after);
	memset(after, 0xff, sizeof after);
	scaling_undo_floats(&none, 4, before, after);
	ck_assert_mem_eq(before, after, sizeof after);
	for (size_t i = 0; i < 4; i++) {
		float one = scaling_apply_one(&none, i,
			scaling_undo_one(&none, i, before[i]));

		ck_assert_mem_eq(&one, &before[i], sizeof one);
	}
	ck_assert_double_eq(scaling_round(&none, 0, 0.1), 0.1);
	ck_assert_int_eq(scaling_digits(&none), 9);
	ck_assert(scaling_is_valid(&none));
}
END_TEST

/* The smallest and largest ranges of floats have a finite scaling. */
START_TEST(extreme_columns_have_a_valid_scaling)
{
	static const struct {
		double number[2];
		float scaled; /* the second number */
	} extremes[] = {
		{{-(double)FLT_MAX, (double)FLT_MAX}, 1},
		{{0, DBL_MIN / 2}, 0}, /* no normal deviation */
		{{1e-200, 2e-200}, 1}, /* its square is 0 */
		{{1, 1 + 1e-8}, 1},
		{{1, 1 + 4 * DBL_EPSILON}, 0}, /* a rounded constant */
	};
	struct error error;

	for (size_t i = 0; i < sizeof extremes / sizeof extremes[0]; i++) {
		struct scaling scaling;
		float scaled;

		ck_assert(scaling_measure(&scaling, 1, 2, extremes[i].number,
			&error));
		ck_assert_msg(scaling_is_valid(&scaling), "%zu: %g %g", i,
			scaling.offset[0], scaling.factor[0]);
		scaled = scaling_apply_one(&scaling, 0, extremes[i].number[1]);
		ck_assert_float_eq_tol(scaled, extremes[i].scaled, 1e-6F);
		scaling_destroy(&scaling);
	}
}
END_TEST

START_TEST(copies_are_equal_until_a_number_changes)
{
	struct scaling scaling, copy = {0}, none = {0};
	struct error error;

	measure(&scaling);
	ck_assert(!scaling_equals(&scaling, &copy));
	ck_assert(scaling_copy(&copy, &scaling, &error));
	ck_assert(scaling_equals(&scaling, &copy));
	copy.offset[2] += 1;
	ck_assert(!scaling_equals(&scaling, &copy));
	ck_assert(scaling_copy(&copy, &scaling, &error));
	copy.factor[1] = 2;
	ck_assert(!scaling_equals(&scaling, &copy));
	copy.factor[1] = 0;
	ck_assert(!scaling_is_valid(&copy));
	ck_assert(scaling_copy(&copy, &none, &error));
	ck_assert(scaling_equals(&copy, &none));
	scaling_destroy(&scaling);
}
END_TEST

/* auto scales as soon as one number is beyond 2. */
START_TEST(auto_scales_numbers_beyond_two)
{
	static const double within[] = {-2, 0, 2, 1.5};
	static const double beyond[] = {-2, 0, 2, -2.001};

	ck_assert(scaling_none.applies == NULL);
	ck_assert(scaling_standard.applies(within, 4));
	ck_assert(!scaling_auto.applies(within, 4));
	ck_assert(scaling_auto.applies(beyond, 4));
}
END_TEST

/* ---------------------------------------------------------------------- */
/* a run that scales, and one whose data the test has scaled */

#define OWN "own.safetensors"

enum { SEQUENCES = 4, LENGTH = 20, ALL = SEQUENCES * LENGTH };

/* Points of two columns, a price and a time. */
static double data[ALL][2];

/* The same as text for --start, in the units of the data and scaled. */
static char start_text[ALL * 64], own_start_text[ALL * 64];

/* Write a file with `length` points in each sequence. */
static void
write_points(const char *name, double points[][2], int digits)
{
	char text[ALL * 64] = "";
	size_t length = 0;

	for (int i = 0; i < ALL; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%.*g,%.*g\n%s", digits, points[i][0], digits,
			points[i][1], (i + 1) % LENGTH == 0 ? "\n" : "");
	write_here(name, text);
}

static void
write_data(void)
{
	for (int i = 0; i < ALL; i++) {
		data[i][0] = floor(900 + 40 * sin(i * 0.37) + i % 7);
		data[i][1] = 1700000000 + 60 * i + i % 3;
	}
	write_points("data.csv", data, 17);
}

/* Read the scaling from a model file, without the program. */
static void
read_scaling(const char *model, double offset[2], double factor[2])
{
	struct tensors tensors;
	size_t length;

	read_tensors_here(&tensors, model);
	memcpy(offset, tensors_find(&tensors, "scaling.offset", "F64", &length),
		2 * sizeof *offset);
	ck_assert_uint_eq(length, 2 * sizeof *offset);
	memcpy(factor, tensors_find(&tensors, "scaling.factor", "F64", &length),
		2 * sizeof *factor);
	ck_assert_uint_eq(length, 2 * sizeof *factor);
	tensors_release(&tensors);
}

/* Write own.csv, the data scaled with 9 digits, and both starts. */
static void
write_own_data(const double offset[2], const double factor[2], int starts)
{
	double own[ALL][2];

	start_text[0] = own_start_text[0] = '\0';
	for (int i = 0; i < ALL; i++)
		for (int f = 0; f < 2; f++)
			own[i][f] = (double)(float)((data[i][f] - offset[f]) /
				factor[f]);
	write_points("own.csv", own, 9);
	for (int i = 3; i < 3 + starts; i++) {
		size_t length = strlen(start_text);

		snprintf(start_text + length, sizeof start_text - length,
			"%.17g,%.17g ", data[i][0], data[i][1]);
		length = strlen(own_start_text);
		snprintf(own_start_text + length,
			sizeof own_start_text - length, "%.9g,%.9g ", own[i][0],
			own[i][1]);
	}
}

static const struct pair {
	const char *framing, *loss;
	int starts;
} pairs[] = {
	{"sequence", "mae", 5},
	{"sequence", "mixture", 2},
	{"many-to-one", "mse", 3},
	{"one-to-one", "huber", 1},
	{"one-to-many", "mixture", 1},
};

static void
train_on(const struct pair *pair, const char *file, const char *scale,
	const char *log, const char *model)
{
	MUST("train", "--quiet", "--task", "points", "--data", file, "--scale",
		scale, "--framing", pair->framing, "--loss", pair->loss,
		"--units", "5", "--batch", "2", "--updates", "40", "--seed",
		"7", "--learning-rate", "0.01", "--snapshots", "20", "--log",
		log, model);
}

static void
train_both(const struct pair *pair)
{
	double offset[2], factor[2];

	write_data();
	train_on(pair, "data.csv", "auto", "log", MODEL);
	read_scaling(MODEL, offset, factor);
	write_own_data(offset, factor, pair->starts);
	train_on(pair, "own.csv", "none", "own-log", OWN);
}

/* Assert that the offsets are means, the factors deviations. */
static void
expect_standard(void)
{
	double offset[2], factor[2];

	read_scaling(MODEL, offset, factor);
	for (int f = 0; f < 2; f++) {
		double mean = 0, squares = 0;

		for (int i = 0; i < ALL; i++)
			mean += data[i][f] / ALL;
		for (int i = 0; i < ALL; i++)
			squares += (data[i][f] - mean) * (data[i][f] - mean);
		ck_assert_double_eq_tol(offset[f], mean, 1e-14 * mean);
		ck_assert_double_eq_tol(factor[f], sqrt(squares / ALL),
			1e-9 * factor[f]);
	}
}

/*
 * Compare two texts of numbers: those of `text` are those of `own_text`, a
 * column each, returned to the units of the data. Returns their number.
 */
static int
compare_columns(const char *text, const char *own_text)
{
	double offset[2], factor[2];
	int count = 0;
	char *end, *own_end;

	read_scaling(MODEL, offset, factor);
	for (; *text != '\0'; count++) {
		double number = strtod(text, &end);
		double own = strtod(own_text, &own_end);
		int f = count % 2;

		ck_assert(end > text && own_end > own_text);
		ck_assert_msg(fabs(offset[f] + factor[f] * own - number) <
				6e-6 * factor[f],
			"number %d: %.17g, not %.17g", count, number,
			offset[f] + factor[f] * own);
		text = end + strspn(end, ",\n");
		own_text = own_end + strspn(own_end, ",\n");
	}
	ck_assert_str_eq(own_text, "");
	return count;
}

static void
expect_same_columns(const char *const *command, const char *const *own_command,
	int count)
{
	char *text = run_for_output(command);
	char *own_text = run_for_output(own_command);

	ck_assert_int_eq(compare_columns(text, own_text), count);
	free(text);
	free(own_text);
}

/* The losses are those of a run whose data the user has scaled, bit for bit. */
START_TEST(the_user_may_scale_as_well)
{
	char *log, *own_log;
	json_t *object, *own_object;

	train_both(&pairs[_i]);
	expect_standard();
	log = read_here("log", NULL);
	own_log = read_here("own-log", NULL);
	ck_assert_ptr_nonnull(strstr(log, "{\"update\":40,"));
	ck_assert_str_eq(log, own_log);
	free(log);
	free(own_log);
	object = OBJECT_OF("evaluate", "--json", MODEL);
	own_object = OBJECT_OF("evaluate", "--json", OWN);
	ck_assert_double_eq(get_number(object, "loss"),
		get_number(own_object, "loss"));
	json_decref(object);
	json_decref(own_object);
}
END_TEST

/* What is generated, also from a given start, is in the data's units. */
START_TEST(generated_points_are_in_the_units_of_the_data)
{
	char *text;
	float first[2];

	train_both(&pairs[_i]);
	expect_same_columns(WORDS("generate", "--quiet", "--seed", "3",
				    "--length", "30", MODEL),
		WORDS("generate", "--quiet", "--seed", "3", "--length", "30",
			OWN),
		60);
	expect_same_columns(WORDS("generate", "--quiet", "--seed", "3",
				    "--length", "12", "--start", start_text,
				    MODEL),
		WORDS("generate", "--quiet", "--seed", "3", "--length", "12",
			"--start", own_start_text, OWN),
		24);
	expect_same_columns(WORDS("generate", "--quiet", "--seed", "3",
				    "--start", "end", "--length", "9", MODEL),
		WORDS("generate", "--quiet", "--seed", "3", "--start", "end",
			"--length", "9", OWN),
		18);
	/* the points given come out as they were written */
	text = OUTPUT_OF("generate", "--length", "12", "--start", start_text,
		MODEL);
	ck_assert_msg(strncmp(text, start_text, strcspn(start_text, " ")) == 0,
		"%s", text);
	free(text);
	/* a film has floats of the data's size */
	text = OUTPUT_OF("generate", "--gallery", MODEL);
	ck_assert_int_eq(sscanf(strchr(text, '\n'), "%f,%f", &first[0],
				 &first[1]),
		2);
	ck_assert_float_eq(first[0], (float)data[0][0]);
	ck_assert_float_eq(first[1], (float)data[0][1]);
	free(text);
}
END_TEST

static double
number_at(const json_t *step, const char *key, size_t column)
{
	return json_number_value(
		json_array_get(json_object_get(step, key), column));
}

/* An inspection shows data; its loss is that of the scaled numbers. */
START_TEST(an_inspection_is_in_the_units_of_the_data)
{
	json_t *object, *own_object;
	const json_t *steps, *own_steps;
	double offset[2], factor[2];

	train_both(&pairs[_i]);
	read_scaling(MODEL, offset, factor);
	object = OBJECT_OF("inspect", "--json", MODEL);
	own_object = OBJECT_OF("inspect", "--json", OWN);
	steps = json_object_get(object, "steps");
	own_steps = json_object_get(own_object, "steps");
	ck_assert_uint_gt(json_array_size(steps), 0);
	ck_assert_uint_eq(json_array_size(steps), json_array_size(own_steps));
	for (size_t i = 0; i < json_array_size(steps); i++) {
		const json_t *step = json_array_get(steps, i);
		const json_t *own_step = json_array_get(own_steps, i);
		static const char *const keys[] = {"input", "target", "output"};
		bool has_target =
			json_is_array(json_object_get(step, "target"));

		ck_assert(has_target ==
			json_is_array(json_object_get(own_step, "target")));
		for (size_t k = 0; has_target && k < 3; k++)
			for (size_t f = 0; f < 2; f++)
				ck_assert_double_eq_tol(number_at(step, keys[k],
								f),
					offset[f] +
						factor[f] *
							number_at(own_step,
								keys[k], f),
					1e-6 * factor[f] + 1e-7 * offset[f]);
		if (has_target)
			ck_assert_double_eq(get_number(step, "loss"),
				get_number(own_step, "loss"));
	}
	json_decref(object);
	json_decref(own_object);
}
END_TEST

/* The metrics beside the loss are in the data's units. */
START_TEST(the_error_is_in_the_units_of_the_data)
{
	static const char *const keys[] = {"mae", "naive_last", "naive_mean"};
	json_t *object, *own_object;
	double offset[2], factor[2];

	train_both(&pairs[_i]);
	read_scaling(MODEL, offset, factor);
	object = OBJECT_OF("evaluate", "--json", MODEL);
	own_object = OBJECT_OF("evaluate", "--json", OWN);
	for (size_t k = 0; k < 3; k++)
		for (size_t f = 0; f < 2; f++) {
			const json_t *column =
				json_array_get(json_object_get(object,
						       "columns"),
					f);
			const json_t *own_column =
				json_array_get(json_object_get(own_object,
						       "columns"),
					f);
			double own = get_number(own_column, keys[k]);

			ck_assert_double_gt(own, 0);
			ck_assert_double_eq_tol(get_number(column, keys[k]),
				factor[f] * own, 1e-7 * factor[f] * own);
		}
	json_decref(object);
	json_decref(own_object);
}
END_TEST

/* A run that is saved and resumed continues with the same bits and scaling. */
START_TEST(resuming_is_exact)
{
	size_t length, other_length;
	char *whole, *resumed;

	write_data();
	train_on(&pairs[_i], "data.csv", "standard", "log", MODEL);
	MUST("train", "--quiet", "--updates", "60", MODEL);
	whole = read_here(MODEL, &length);
	MUST("train", "--quiet", "--task", "points", "--data", "data.csv",
		"--scale", "standard", "--framing", pairs[_i].framing, "--loss",
		pairs[_i].loss, "--units", "5", "--batch", "2", "--updates",
		"60", "--seed", "7", "--learning-rate", "0.01", "--snapshots",
		"20", "--force", MODEL);
	resumed = read_here(MODEL, &other_length);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(whole, resumed, length);
	free(whole);
	free(resumed);
}
END_TEST

/* A file of an older version has neither setting nor scaling: it scales not. */
START_TEST(an_older_model_continues_without_scaling)
{
	struct tensors tensors;
	json_t *metadata, *object;
	char path[FOLDER_PATH_SIZE];
	char *text, *older;
	const struct pair *pair = &pairs[0];

	write_data();
	train_on(pair, "data.csv", "none", "log", MODEL);
	read_tensors_here(&tensors, MODEL);
	ck_assert_str_eq(tensors_metadata(&tensors, "version"), "1");
	metadata = json_object_get(tensors.header, "__metadata__");
	ck_assert_int_eq(json_object_del(metadata, "scale"), 0);
	tensors_write(&tensors, path_here(path, "old.safetensors"));
	tensors_release(&tensors);
	text = OUTPUT_OF("generate", MODEL);
	older = OUTPUT_OF("generate", "old.safetensors");
	ck_assert_str_eq(text, older);
	free(text);
	free(older);
	MUST("train", "--quiet", "--updates", "50", MODEL);
	MUST("train", "--quiet", "--updates", "50", "old.safetensors");
	read_tensors_here(&tensors, "old.safetensors");
	ck_assert_str_eq(tensors_metadata(&tensors, "scale"), "none");
	tensors_release(&tensors);
	text = OUTPUT_OF("generate", MODEL);
	older = OUTPUT_OF("generate", "old.safetensors");
	ck_assert_str_eq(text, older);
	free(text);
	free(older);
	object = info("old.safetensors");
	ck_assert(json_is_null(json_object_get(object, "scaling")));
	json_decref(object);
}
END_TEST

/* A program that does not know of scalings must not read a scaled model. */
START_TEST(a_scaled_model_has_version_2)
{
	struct tensors tensors;

	write_data();
	train_on(&pairs[0], "data.csv", "auto", "log", MODEL);
	read_tensors_here(&tensors, MODEL);
	ck_assert_str_eq(tensors_metadata(&tensors, "version"), "2");
	ck_assert_str_eq(tensors_metadata(&tensors, "scale"), "auto");
	tensors_release(&tensors);
}
END_TEST

START_TEST(info_names_the_scaling)
{
	double offset[2], factor[2];
	const json_t *list;
	json_t *object;
	char *text, line[128];

	write_data();
	train_on(&pairs[0], "data.csv", "auto", "log", MODEL);
	read_scaling(MODEL, offset, factor);
	object = info(MODEL);
	list = json_object_get(object, "scaling");
	text = OUTPUT_OF("info", MODEL);
	ck_assert_uint_eq(json_array_size(list), 2);
	for (size_t f = 0; f < 2; f++) {
		const json_t *column = json_array_get(list, f);

		ck_assert_double_eq_tol(get_number(column, "offset"), offset[f],
			1e-14 * offset[f]);
		ck_assert_double_eq_tol(get_number(column, "factor"), factor[f],
			1e-14 * factor[f]);
		snprintf(line, sizeof line, " (column %zu - %.15g) / %.9g\n",
			f + 1, offset[f], factor[f]);
		ck_assert_msg(strstr(text, line) != NULL, "%s in %s", line,
			text);
	}
	json_decref(object);
	free(text);
}
END_TEST

/* Shapes of a file are scaled; their error is that of their true form. */
START_TEST(a_shape_is_measured_in_the_units_of_the_data)
{
	json_t *object;
	char text[4096] = "";
	size_t length = 0;

	/* circles as an ellipse would look if each axis had its own unit */
	for (int k = 0; k < 8; k++) {
		double radius = 0.004 + 0.0005 * k;

		for (int i = 0; i < 12; i++)
			length += (size_t)snprintf(text + length,
				sizeof text - length, "%.9g,%.9g\n",
				14.1 - radius * cos(i * M_PI / 6),
				45.3 + radius * sin(i * M_PI / 6));
		length += (size_t)snprintf(text + length, sizeof text - length,
			"\n");
	}
	write_here("circles.csv", text);
	MUST("train", "--quiet", "--task", "circle", "--data", "circles.csv",
		"--framing", "sequence", "--updates", "1500", "--seed", "1",
		"--learning-rate", "0.005", MODEL);
	object = OBJECT_OF("evaluate", "--json", MODEL);
	/* a circle of radius 0.006 is no dot, and not far from a circle */
	ck_assert(json_is_false(json_object_get(object, "degenerate")));
	ck_assert_double_gt(get_number(object, "size"), 0.007);
	ck_assert_double_lt(get_number(object, "size"), 0.016);
	ck_assert_double_lt(get_number(object, "circle_error"), 0.1);
	json_decref(object);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* data that were never learnt as they are */

/* A number from -1 to 1, the same for each i. */
static double
noise(int i)
{
	unsigned x = (unsigned)i * 2654435761U;

	x ^= x >> 15;
	x *= 2246822519U;
	x ^= x >> 13;
	return (double)(x % 20001) / 10000 - 1;
}

/* A price that returns to its mean. */
static double
price_near(double mean, double step, int i)
{
	double price = mean;

	for (int k = 0; k <= i; k++)
		price += step * noise(k) + 0.05 * (mean - price);
	return price;
}

/* 250 prices near 900. */
static double
price(int i)
{
	return price_near(900, 12, i);
}

/* 340 of an index near 11,300. */
static double
index_of_prices(int i)
{
	return price_near(11300, 80, i);
}

/* 144 monthly counts of 100 to 600 with a trend and a season. */
static double
monthly(int i)
{
	return floor(
		(112 + 2.5 * i) * (1 + 0.2 * sin(i * M_PI / 6)) + 8 * noise(i));
}

/* A circle of radius 0.05 at 14.1, 45.3, twice around. */
static double
circle_x(int i)
{
	return 14.1 + 0.05 * cos(i * M_PI / 15);
}

static double
circle_y(int i)
{
	return 45.3 + 0.05 * sin(i * M_PI / 15);
}

static const struct bad_case {
	const char *name;
	int points;
	double (*x)(int i), (*y)(int i); /* y may be NULL */
} bad_cases[] = {
	{"prices", 250, price, NULL},
	{"index", 340, index_of_prices, NULL},
	{"monthly", 144, monthly, NULL},
	{"circle", 60, circle_x, circle_y},
};

/*
 * With the defaults the model ends better than the predictors that need no
 * network: always the last, always the mean.
 */
START_TEST(data_far_from_zero_are_learnt)
{
	const struct bad_case *bad = &bad_cases[_i];
	char text[340 * 32] = "";
	size_t length = 0;
	json_t *object;
	double mae;

	for (int i = 0; i < bad->points; i++) {
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%.8g", bad->x(i));
		if (bad->y != NULL)
			length += (size_t)snprintf(text + length,
				sizeof text - length, ",%.8g", bad->y(i));
		length += (size_t)snprintf(text + length, sizeof text - length,
			"\n");
	}
	write_here("data.csv", text);
	/* the default number of updates, in parts that a slow machine can do */
	MUST("train", "--quiet", "--task", "points", "--data", "data.csv",
		"--framing", "sequence", "--seed", "1", "--updates", "5000",
		MODEL);
	for (int updates = 10000; updates <= UPDATES_DEFAULT; updates += 5000) {
		snprintf(text, sizeof text, "%d", updates);
		MUST("train", "--quiet", "--updates", text, MODEL);
	}
	object = OBJECT_OF("evaluate", "--json", MODEL);
	mae = get_number(object, "mae");
	EXPECT(mae < 0.8 * get_number(object, "naive_last") &&
			mae < 0.8 * get_number(object, "naive_mean"),
		"%s: %g, not below %g and %g", bad->name, mae,
		get_number(object, "naive_last"),
		get_number(object, "naive_mean"));
	json_decref(object);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the screen */

/* The drawing, its axes and the steps are in the units of the data. */
START_TEST(the_screen_is_in_the_units_of_the_data)
{
	char text[4096] = "";
	size_t length = 0;

	for (int i = 0; i < 60; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%.6f,%.6f\n", 300 + 50 * cos(i * M_PI / 15),
			900 + 50 * sin(i * M_PI / 15));
	write_here("data.csv", text);
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 130,
		.command.arguments = WORDS("--seed", "1", "--task", "points",
			"--framing", "sequence", "--data", "data.csv",
			"--updates", "400", "--speed", "0")});
	expect("finished");
	settle();
	/* of the axes, and the first point of the data */
	expect("950");
	expect("1 350,900 ");
	/* inside: what the first step sees */
	press_and_settle("i");
	expect("350.0,900.0");
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("scaling");
	TCase *module = suite_group(suite, "module", SUITE_SECONDS);
	TCase *runs = add_case(suite, "runs");
	TCase *learnt = add_case(suite, "learnt");
	TCase *screen = add_screen_case(suite, "screen");

	tcase_add_test(module, standard_is_mean_and_deviation);
	tcase_add_test(module, undone_numbers_are_those_of_the_data);
	tcase_add_test(module, none_changes_nothing);
	tcase_add_test(module, extreme_columns_have_a_valid_scaling);
	tcase_add_test(module, copies_are_equal_until_a_number_changes);
	tcase_add_test(module, auto_scales_numbers_beyond_two);
	suite_add_loop(runs, the_user_may_scale_as_well, 0, COUNT(pairs));
	suite_add_loop(runs, generated_points_are_in_the_units_of_the_data, 0,
		COUNT(pairs));
	suite_add_loop(runs, an_inspection_is_in_the_units_of_the_data, 0,
		COUNT(pairs));
	suite_add_loop(runs, the_error_is_in_the_units_of_the_data, 0,
		COUNT(pairs));
	suite_add_loop(runs, resuming_is_exact, 0, COUNT(pairs));
	tcase_add_test(runs, an_older_model_continues_without_scaling);
	tcase_add_test(runs, a_scaled_model_has_version_2);
	tcase_add_test(runs, info_names_the_scaling);
	tcase_add_test(runs, a_shape_is_measured_in_the_units_of_the_data);
	suite_add_loop(learnt, data_far_from_zero_are_learnt, 0,
		COUNT(bad_cases));
	tcase_add_test(screen, the_screen_is_in_the_units_of_the_data);
	return suite_run(suite);
}
