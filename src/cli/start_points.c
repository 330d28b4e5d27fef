/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/start_points.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/translate.h"

#define SPACE " \t\n\v\f\r"

enum { NUMBER_SIZE = 64 };

/* Skip the separator between two numbers. Return NULL at any other text. */
static const char *
skip_separator(const char *text, size_t features, bool ends_point)
{
	const char *next = text + strspn(text, SPACE);

	if (*next == ',' && (!ends_point || features == 1))
		next++;
	else if (!ends_point || next == text)
		return NULL;
	return next + strspn(next, SPACE);
}

/* Parse a number. Return the text after it, or NULL if there is none. */
static const char *
parse_number(const char *text, double *number)
{
	size_t length = strcspn(text, "," SPACE);
	char word[NUMBER_SIZE] = "";

	if (length < sizeof word)
		memcpy(word, text, length);
	if (!number_parse_real(word, number) || fabs(*number) > (double)FLT_MAX)
		return NULL;
	return text + length;
}

/* Parse and scale all numbers. Returns their count, 0 at any other text. */
static size_t
parse_all(const struct run *run, const char *text, float *numbers)
{
	size_t features = run_features(run), count = 0;
	double number;

	text += strspn(text, SPACE);
	while (text != NULL) {
		text = parse_number(text, &number);
		if (text == NULL)
			break;
		numbers[count] = scaling_apply_one(run_scaling(run),
			count % features, number);
		if (!isfinite(numbers[count]))
			break;
		count++;
		if (text[strspn(text, SPACE)] == '\0')
			return count;
		text = skip_separator(text, features, count % features == 0);
	}
	return 0;
}

bool
start_points_parse(const struct run *run, const char *text, float **points,
	size_t *count, struct error *error)
{
	size_t features = run_features(run);
	size_t min = framing_start_points(settings_framing(run_settings(run)));

	/* a number takes a character and a separator at least */
	*points = memory_floats(strlen(text) / 2 + 1);
	if (*points == NULL)
		return error_out_of_memory(error);
	*count = parse_all(run, text, *points);
	if (*count > 0 && *count % features == 0) {
		*count /= features;
		if (*count >= min)
			return true;
		free(*points);
		*points = NULL;
		return error_set_usage(error,
			translate_count(
				"--start: this model reads windows of %zu "
				"points, and %zu is given",
				"--start: this model reads windows of %zu "
				"points, and %zu are given",
				*count),
			min, *count);
	}
	free(*points);
	*points = NULL;
	return error_set_usage(error,
		translate_count(
			"--start: this model reads points of %zu number: "
			"commas between numbers, white space between points",
			"--start: this model reads points of %zu numbers: "
			"commas between numbers, white space between points",
			features),
		features);
}
