/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print points[length, features], returned to the units of the data. Numbers
 * have as many digits as distinguish any two floats, 9, or as scaled floats
 * determine.
 */
#ifndef LSTMTUI_CLI_POINTS_OUTPUT_H
#define LSTMTUI_CLI_POINTS_OUTPUT_H

#include <jansson.h>
#include <stddef.h>

#include "task/scaling.h"

/* Print one point per line, its numbers separated by commas. */
void points_output_csv(const float *points, size_t length, size_t features,
	const struct scaling *scaling);

/*
 * Return a list of lists of numbers, or NULL if out of memory. It is printed
 * with scaling_digits.
 */
json_t *points_output_json(const float *points, size_t length, size_t features,
	const struct scaling *scaling);

#endif
