/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape error: the deviation of generated points from a true shape,
 * relative to their size, so that small and large shapes are comparable and a
 * dot does not count as a good shape.
 *
 * The size of a shape is (width + height) / 2 of its bounding box. The
 * deviation is the mean distance of the points from a true shape, as each task
 * defines it. The error is
 *
 *   (deviation + max(0, EXTENT_MIN - size)) / max(size, EXTENT_MIN)
 *
 * It is continuous, 0 only for a true shape of at least that size, and at least
 * 1 if all points are equal.
 */
#ifndef LSTMTUI_TASK_EXTENT_H
#define LSTMTUI_TASK_EXTENT_H

#include <stdbool.h>
#include <stddef.h>

/* Minimum size of a shape that is not degenerate. */
#define EXTENT_MIN 0.02

/* Return the size of points[count, 2]. */
double extent_size(const float *points, size_t count);

/* Return true if a shape of that size is hardly more than a dot. */
bool extent_is_degenerate(double size);

/* Return the error of a shape from its deviation and size. */
double extent_error(double deviation, double size);

/*
 * Convert gradient[count, 2], the gradient of the deviation with respect to the
 * points, to the gradient of extent_error.
 */
void extent_gradient(const float *points, size_t count, double deviation,
	float *gradient);

#endif
