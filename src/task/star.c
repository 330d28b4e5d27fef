/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ten corners of a star with five tips, from the tip at [0.5, 1] on:
 * radius of the tips in [0.15, 0.3), of the corners between them 0.35 to
 * 0.65 of that, turned about the first tip by up to 0.3 radians.
 *
 * The error is that of the mean of two standard deviations as the circle's:
 * of the tips, and of the corners between them.
 */
#include <math.h>

#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 10 };

static void
make(struct random *random, float *points)
{
	double radius = shape_uniform(random, 0.15, 0.3);
	double inner = radius * shape_uniform(random, 0.35, 0.65);
	double turn = shape_uniform(random, -0.3, 0.3);
	double x = 0.5 + radius * sin(turn), y = 1 - radius * cos(turn);

	for (size_t i = 0; i < POINTS; i++) {
		double angle = turn - SHAPE_PI * (double)i / 5;
		double distance = i % 2 == 0 ? radius : inner;

		shape_put(points, i, x - distance * sin(angle),
			y + distance * cos(angle));
	}
	/* the same for all, to the last bit */
	shape_put(points, 0, 0.5, 1);
}

static double
error(const float *points)
{
	double centre[2];

	shape_centre(points, POINTS, centre);
	return extent_error((shape_spread(points, 0, POINTS, 2, centre) +
				    shape_spread(points, 1, POINTS, 2,
					    centre)) /
			2,
		extent_size(points, POINTS));
}

const struct task task_star = {
	.kind = {.name = "star", .summary = "the ten corners of random stars"},
	.one = "star",
	.many = "stars",
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make,
	.shape_error = error,
	.shape_error_name = "star_error",
};
