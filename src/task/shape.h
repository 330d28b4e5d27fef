/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the shapes have in common. A shape is a task whose sequences are the
 * points of a figure: all coordinates lie in [0, 1], every figure of a task
 * begins at the same point, so that generation has somewhere to start from,
 * and its sizes are uniform in the ranges that its file gives.
 *
 * A shape error is 0 for a true figure and says how far generated points are
 * from one, relative to their size: see extent.h.
 */
#ifndef LSTMTUI_TASK_SHAPE_H
#define LSTMTUI_TASK_SHAPE_H

#include <stddef.h>

#include "core/random.h"

#define SHAPE_PI 3.14159265358979323846

enum { SHAPE_FEATURES = 2 };

/* Uniform in [min, max). */
double shape_uniform(struct random *random, double min, double max);

/* Set points[i] to (x, y), kept within [0, 1]. */
void shape_put(float *points, size_t i, double x, double y);

/* The mean of points[count, 2]. */
void shape_centre(const float *points, size_t count, double centre[2]);

/*
 * The standard deviation of the distances of the points first, first + step,
 * ... below count from a centre.
 */
double shape_spread(const float *points, size_t first, size_t count,
	size_t step, const double centre[2]);

#endif
