/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print points[length, features]. Numbers have 9 significant digits, enough to
 * distinguish any two floats.
 */
#ifndef LSTMTUI_CLI_POINTS_OUTPUT_H
#define LSTMTUI_CLI_POINTS_OUTPUT_H

#include <jansson.h>
#include <stddef.h>

/* Print one point per line, its numbers separated by commas. */
void points_output_csv(const float *points, size_t length, size_t features);

/* Return a list of lists of numbers, or NULL if out of memory. */
json_t *points_output_json(const float *points, size_t length, size_t features);

#endif
