/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of --start. */
#ifndef LSTMTUI_CLI_START_POINTS_H
#define LSTMTUI_CLI_START_POINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * Parse "X,Y X,Y ...", one or more points of `features` numbers: commas between
 * the numbers of a point, white space between points; white space may surround
 * both, and commas may also separate points of one number. The caller frees
 * *points[*count, features]. Returns false, as an error of usage, if the text
 * is something else or has fewer than `min` points, the window of a model, or
 * if memory is short.
 */
bool start_points_parse(const char *text, size_t features, size_t min,
	float **points, size_t *count, struct error *error);

#endif
