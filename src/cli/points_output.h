/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points[length, features] as text on standard output: their numbers have 9
 * significant digits, which tell any two floats apart.
 */
#ifndef LSTMTUI_CLI_POINTS_OUTPUT_H
#define LSTMTUI_CLI_POINTS_OUTPUT_H

#include <jansson.h>
#include <stddef.h>

/* Print a point a line, its numbers between commas. */
void points_output_csv(const float *points, size_t length, size_t features);

/* The points as a list of lists of numbers; NULL: no memory. */
json_t *points_output_json(const float *points, size_t length, size_t features);

#endif
