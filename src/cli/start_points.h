/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of --start. */
#ifndef LSTMTUI_CLI_START_POINTS_H
#define LSTMTUI_CLI_START_POINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "run/run_view.h"

/*
 * Parse "X,Y X,Y ...", one or more points in the units of the run's data:
 * commas between the numbers of a point, white space between points; white
 * space may surround both, and commas may also separate points of one number.
 * Store them, scaled, in *points[*count, run_features], which the caller frees.
 * Returns false, as an error of usage, if the text is something else or has
 * fewer points than the model needs, framing_start_points, or if memory is
 * short.
 */
bool start_points_parse(const struct run *run, const char *text, float **points,
	size_t *count, struct error *error);

#endif
