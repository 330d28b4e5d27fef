/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rectangles as sequences of their corners [0,0], [w,0], [w,h], [0,h]. The task
 * `rectangle`, the default, has w and h uniform in [0, 1). The task
 * `rectangle-skew` has w = u² and h = v² with u and v uniform in [0, 1): the
 * median of w is 1/4 and its mean 1/3, so that generated rectangles show
 * whether the loss leads to the median (mae) or to the mean (mse).
 *
 * The deviation (task/extent.h) is the mean of |y1-y0|, |x2-x1|, |y3-y2| and
 * |x3-x0|, the deviations of the edges from the horizontal or vertical.
 */
#include <math.h>
#include <string.h>

#include "base/translate.h"
#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 4 };

static void
put_corners(float w, float h, float *points)
{
	const float corners[] = {0, 0, w, 0, w, h, 0, h};

	memcpy(points, corners, sizeof corners);
}

static void
make(struct random *random, size_t count, float *points)
{
	float w = random_uniform(random), h = random_uniform(random);

	(void)count;
	put_corners(w, h, points);
}

static void
make_skewed(struct random *random, size_t count, float *points)
{
	float u = random_uniform(random), v = random_uniform(random);

	(void)count;
	put_corners(u * u, v * v, points);
}

/* Indices of the pairs of numbers that are equal in a true rectangle. */
static const struct {
	int one, other;
} edges[] = {
	{3, 1}, /* y1 - y0 */
	{4, 2}, /* x2 - x1 */
	{7, 5}, /* y3 - y2 */
	{6, 0}, /* x3 - x0 */
};

enum { EDGES = sizeof edges / sizeof edges[0] };

static double
deviation(const float *points)
{
	double sum = 0;

	for (int i = 0; i < EDGES; i++)
		sum += fabs(
			(double)points[edges[i].one] - points[edges[i].other]);
	return sum / EDGES;
}

static double
error(const float *points, size_t count)
{
	(void)count;
	return extent_error(deviation(points), extent_size(points, POINTS));
}

static double
error_gradient(const float *points, float *gradient)
{
	memset(gradient, 0, sizeof *gradient * POINTS * SHAPE_FEATURES);
	for (int i = 0; i < EDGES; i++) {
		float difference =
			points[edges[i].one] - points[edges[i].other];
		float slope =
			(float)((difference > 0) - (difference < 0)) / EDGES;

		gradient[edges[i].one] += slope;
		gradient[edges[i].other] -= slope;
	}
	extent_gradient(points, POINTS, deviation(points), gradient);
	return error(points, POINTS);
}

static void
size(const float *points, double *width, double *height)
{
	*width = points[4];
	*height = points[5];
}

/*
 * The expected loss of the best prediction of an unknown number, uniform in a
 * range of width r, is r/4 for mae (predicting the median) and r²/12 for mse
 * (predicting the mean); for the square of a number uniform in [0, 1), 1/4 and
 * 4/45. Two of the six predicted numbers are unknown: w after [0,0] and h after
 * [w,0]. The other four are known from the previous point.
 */
static const struct task_floor floors[] = {
	{&loss_mae, false, 1.0 / 12, "1/12"},
	{&loss_rectangle, false, 1.0 / 12, "1/12"},
	{&loss_mse, false, 1.0 / 36, "1/36"},
	{0},
};

static const struct task_floor skewed_floors[] = {
	{&loss_mae, false, 1.0 / 12, "1/12"},
	{&loss_rectangle, false, 1.0 / 12, "1/12"},
	{&loss_mse, false, 4.0 / 135, "4/135"},
	{0},
};

const struct task task_rectangle = {
	.kind = {.name = "rectangle",
		.summary = N_("the four corners of random rectangles")},
	.singular = N_("rectangle"),
	.plural = N_("rectangles"),
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make,
	.draws = 2,
	.shape_error = error,
	.shape_error_name = "rectangle_error",
	.shape_gradient = error_gradient,
	.size = size,
	.has_uniform_sizes = true,
	.floors = floors,
};

const struct task task_rectangle_skew = {
	.kind = {.name = "rectangle-skew",
		.summary = N_("rectangles whose sizes are squares of uniform "
			      "numbers")},
	.singular = N_("rectangle"),
	.plural = N_("rectangles"),
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make_skewed,
	.draws = 2,
	.shape_error = error,
	.shape_error_name = "rectangle_error",
	.shape_gradient = error_gradient,
	.size = size,
	.floors = skewed_floors,
};
