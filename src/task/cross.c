/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The twelve corners of a cross with four equal arms, counterclockwise from
 * [0, 0.35], the lower corner of the left arm's end. Arms are 0.1 to 0.35 long
 * and 0.1 to 0.3 wide.
 *
 * The deviation (task/extent.h) is the mean over the twelve edges of the
 * difference between their ends, in the coordinate that should be equal.
 */
#include <math.h>

#include "base/translate.h"
#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 12 };

static void
make(struct random *random, size_t count, float *points)
{
	double length = shape_uniform(random, 0.1, 0.35);
	double width = shape_uniform(random, 0.1, 0.3);
	/* coordinates, ascending */
	const double x[] = {0, length, length + width, 2 * length + width};
	const double y[] = {0.35 - length, 0.35, 0.35 + width,
		0.35 + width + length};
	static const unsigned char corners[POINTS][2] = {{0, 1}, {1, 1}, {1, 0},
		{2, 0}, {2, 1}, {3, 1}, {3, 2}, {2, 2}, {2, 3}, {1, 3}, {1, 2},
		{0, 2}};

	(void)count;
	for (size_t i = 0; i < POINTS; i++)
		shape_set_point(points, i, x[corners[i][0]], y[corners[i][1]]);
}

static double
error(const float *points, size_t count)
{
	double sum = 0;

	(void)count;
	for (size_t i = 0; i < POINTS; i++) {
		const float *from = points + 2 * i;
		const float *to = points + 2 * ((i + 1) % POINTS);
		size_t across = i % 2 == 0 ? 1 : 0;

		sum += fabs((double)to[across] - from[across]);
	}
	return extent_error(sum / POINTS, extent_size(points, POINTS));
}

/*
 * Two of the 22 predicted numbers are unknown: the arms' length, then their
 * width. See rectangle.c.
 */
static const struct task_floor floors[] = {
	{&loss_mae, true, 0.1125 / 22, "9/1760"},
	{0},
};

const struct task task_cross = {
	.kind = {.name = "cross",
		.summary = N_("the twelve corners of random crosses")},
	.singular = N_("cross"),
	.plural = N_("crosses"),
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make,
	.draws = 2,
	.shape_error = error,
	.shape_error_name = "cross_error",
	.floors = floors,
};
