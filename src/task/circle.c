/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Twelve points of a circle with a radius in [0.05, 0.5), clockwise from its
 * leftmost point, [0, 0.5].
 *
 * The deviation (task/extent.h) is the standard deviation of the points'
 * distances from their centre.
 */
#include "base/translate.h"
#include "core/elementary.h"
#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 12 };

static void
make(struct random *random, size_t count, float *points)
{
	double radius = shape_uniform(random, 0.05, 0.5);

	(void)count;
	for (size_t i = 0; i < POINTS; i++) {
		double angle = 2 * SHAPE_PI * (double)i / POINTS;

		shape_set_point(points, i,
			radius - radius * elementary_cos(angle),
			0.5 + radius * elementary_sin(angle));
	}
}

static double
error(const float *points, size_t count)
{
	double centre[2];

	(void)count;
	shape_centre(points, POINTS, centre);
	return extent_error(shape_spread(points, 0, POINTS, 1, centre),
		extent_size(points, POINTS));
}

/*
 * Of the 22 predicted numbers, only the two coordinates of the second point are
 * unknown: they are the radius times 1 - cos 30° and sin 30°. See rectangle.c.
 */
static const struct task_floor floors[] = {
	{&loss_mae, false, 0.1125 * 0.6339746 / 22, "0.00324"},
	{0},
};

const struct task task_circle = {
	.kind = {.name = "circle",
		.summary = N_("twelve points of random circles")},
	.singular = N_("circle"),
	.plural = N_("circles"),
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make,
	.draws = 1,
	.shape_error = error,
	.shape_error_name = "circle_error",
	.floors = floors,
};
