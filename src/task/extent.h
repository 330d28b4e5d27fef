/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The size of a drawn shape, which its error is relative to: so that a small
 * shape is judged as a large one, and a dot is not taken for a good shape.
 *
 * The size of points is half of the width plus the height of their bounding
 * box. With d how far the points are from a true shape, in the mean, the error
 * is
 *
 *   (d + max(0, EXTENT_MIN - size)) / max(size, EXTENT_MIN)
 *
 * It is continuous, 0 only for a true shape that is no dot, and at least 1
 * for a single point.
 */
#ifndef LSTMTUI_TASK_EXTENT_H
#define LSTMTUI_TASK_EXTENT_H

#include <stdbool.h>
#include <stddef.h>

/* A smaller shape is degenerate. */
#define EXTENT_MIN 0.02

/* The size of points[count, 2]. */
double extent_size(const float *points, size_t count);

/* Whether a shape of that size is no more than a dot. */
bool extent_is_degenerate(double size);

/* The error of a shape of that size whose mean distance is `deviation`. */
double extent_error(double deviation, double size);

/*
 * Turn slopes[count, 2], the derivative of the deviation by each number of
 * the points, into that of extent_error.
 */
void extent_gradient(const float *points, size_t count, double deviation,
	float *gradient);

#endif
