/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Common functions of the shape tasks. A shape is a sequence of points of a
 * figure. All coordinates are in [0, 1]. Unless the task's file says otherwise,
 * all its shapes begin at the same point, from which generation starts. Their
 * sizes are uniform in ranges given there. task/extent.h defines the shape
 * error.
 */
#ifndef LSTMTUI_TASK_SHAPE_H
#define LSTMTUI_TASK_SHAPE_H

#include <stddef.h>

#include "core/random.h"

#define SHAPE_PI 3.14159265358979323846

enum { SHAPE_FEATURES = 2 };

/* Return a random number, uniform in [min, max). */
double shape_uniform(struct random *random, double min, double max);

/* Set point i of points to (x, y), clamped to [0, 1]. */
void shape_set_point(float *points, size_t i, double x, double y);

/* Store the mean of points[count, 2]. */
void shape_centre(const float *points, size_t count, double centre[2]);

/*
 * Return the standard deviation of the distances from a centre of the points
 * first, first + step, ..., below count.
 */
double shape_spread(const float *points, size_t first, size_t count,
	size_t step, const double centre[2]);

#endif
