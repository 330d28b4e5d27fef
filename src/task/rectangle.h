/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rectangles with one corner at the origin, as sequences of their corners
 * [0,0], [w,0], [w,h], [0,h], with w and h uniform in [0, 1).
 */
#ifndef LSTMTUI_TASK_RECTANGLE_H
#define LSTMTUI_TASK_RECTANGLE_H

#include "core/random.h"

enum { RECTANGLE_POINTS = 4, RECTANGLE_FEATURES = 2 };

/* Make one: points[4, 2]. */
void rectangle_make(struct random *random, float *points);

/*
 * The rectangle error of points[4, 2]: the mean of |y1-y0|, |x2-x1|,
 * |y3-y2| and |x3-x0|, each the amount by which an edge is not upright or
 * level, relative to the size of the points: see extent.h. 0 for a true
 * rectangle that is no dot.
 */
double rectangle_error(const float *points);

/* The same, and its derivative by each number, in slopes[4, 2]. */
double rectangle_gradient(const float *points, float *gradient);

/* Width and height: those of the third corner, [w,h]. */
void rectangle_size(const float *points, double *width, double *height);

#endif
