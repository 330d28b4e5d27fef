/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ten corners of a star with five tips, clockwise from the tip at [0.5, 1].
 * The radius of the tips is in [0.15, 0.3); the radius of the inner corners is
 * 0.35 to 0.65 times as large. The star is rotated around its first tip by up
 * to 0.3 radians.
 *
 * The deviation (task/extent.h) is the mean of two standard deviations of
 * distances from the centre: those of the tips and of the inner corners.
 */
#include "base/translate.h"
#include "core/elementary.h"
#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 10 };

static void
make(struct random *random, size_t count, float *points)
{
	double radius = shape_uniform(random, 0.15, 0.3);
	double inner = radius * shape_uniform(random, 0.35, 0.65);
	double turn = shape_uniform(random, -0.3, 0.3);
	double x = 0.5 + radius * elementary_sin(turn),
	       y = 1 - radius * elementary_cos(turn);

	(void)count;
	for (size_t i = 0; i < POINTS; i++) {
		double angle = turn - SHAPE_PI * (double)i / 5;
		double distance = i % 2 == 0 ? radius : inner;

		shape_set_point(points, i, x - distance * elementary_sin(angle),
			y + distance * elementary_cos(angle));
	}
	/* without rounding errors: all stars begin at the same point */
	shape_set_point(points, 0, 0.5, 1);
}

static double
error(const float *points, size_t count)
{
	double centre[2];

	(void)count;
	shape_centre(points, POINTS, centre);
	return extent_error((shape_spread(points, 0, POINTS, 2, centre) +
				    shape_spread(points, 1, POINTS, 2,
					    centre)) /
			2,
		extent_size(points, POINTS));
}

const struct task task_star = {
	.kind = {.name = "star",
		.summary = N_("the ten corners of random stars")},
	.singular = N_("star"),
	.plural = N_("stars"),
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make,
	.draws = 3,
	.shape_error = error,
	.shape_error_name = "star_error",
};
