/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/start_points.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"

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
parse_number(const char *text, float *number)
{
	size_t length = strcspn(text, "," SPACE);
	char word[NUMBER_SIZE] = "";
	double value;

	if (length < sizeof word)
		memcpy(word, text, length);
	if (!number_parse_real(word, &value) || fabs(value) > (double)FLT_MAX)
		return NULL;
	*number = (float)value;
	return text + length;
}

/* Parse all numbers. Returns their count, 0 at any other text. */
static size_t
parse_all(const char *text, size_t features, float *numbers)
{
	size_t count = 0;

	text += strspn(text, SPACE);
	while (text != NULL) {
		text = parse_number(text, &numbers[count]);
		if (text == NULL)
			break;
		count++;
		if (text[strspn(text, SPACE)] == '\0')
			return count;
		text = skip_separator(text, features, count % features == 0);
	}
	return 0;
}

bool
start_points_parse(const char *text, size_t features, size_t min,
	float **points, size_t *count, struct error *error)
{
	/* a number takes a character and a separator at least */
	*points = memory_floats(strlen(text) / 2 + 1);
	if (*points == NULL)
		return error_out_of_memory(error);
	*count = parse_all(text, features, *points);
	if (*count > 0 && *count % features == 0) {
		*count /= features;
		if (*count >= min)
			return true;
		free(*points);
		*points = NULL;
		return error_set_usage(error,
			"--start: this model reads windows of %zu points, and "
			"%zu %s given",
			min, *count, *count == 1 ? "is" : "are");
	}
	free(*points);
	*points = NULL;
	return error_set_usage(error,
		"--start: this model reads points of %zu number%s: commas "
		"between numbers, white space between points",
		features, features == 1 ? "" : "s");
}
