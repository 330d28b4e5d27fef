/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recall of a point: a point P, uniform in the unit square, then N points
 * that are the same in all sequences (--gap), then P again. The N points lie on
 * a circle around [0.5, 0.5], from its top clockwise, at equal distances: each
 * of them tells which one follows, so that only the last prediction needs a
 * memory. All others can be learnt without one.
 *
 * The deviation (task/extent.h) is the distance of the last point from the
 * first, whatever lies between them.
 */
#include <math.h>

#include "base/translate.h"
#include "core/elementary.h"
#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { GAP = 5, BESIDES_GAP = 2 };

static void
make(struct random *random, size_t count, float *points)
{
	double x = shape_uniform(random, 0, 1), y = shape_uniform(random, 0, 1);
	size_t gap = count - BESIDES_GAP;

	for (size_t i = 0; i < gap; i++) {
		double angle = 2 * SHAPE_PI * (double)i / (double)gap;

		shape_set_point(points, i + 1,
			0.5 + 0.5 * elementary_sin(angle),
			0.5 + 0.5 * elementary_cos(angle));
	}
	shape_set_point(points, 0, x, y);
	shape_set_point(points, count - 1, x, y);
}

static double
error(const float *points, size_t count)
{
	const float *last = points + (count - 1) * SHAPE_FEATURES;
	double distance =
		hypot((double)last[0] - points[0], (double)last[1] - points[1]);

	return extent_error(distance, extent_size(points, count));
}

/*
 * Only the last of the N + 1 steps has numbers that a predictor without memory
 * cannot know, two uniform in [0, 1): see rectangle.c. With memory, all numbers
 * are known.
 */
static const struct task_floor floors[] = {
	{&loss_mae, false, 1.0 / 4, NULL},
	{&loss_mse, false, 1.0 / 12, NULL},
	{0},
};

static const struct kind_default defaults[] = {
	{"framing", "sequence"},
	{"batch", "10"},
	{"learning-rate", "0.003"},
	{NULL, NULL},
};

const struct task task_recall = {
	.kind = {.name = "recall",
		.summary = N_("a point, others, and the first point again"),
		.defaults = defaults},
	.singular = N_("recall"),
	.plural = N_("recalls"),
	.points = GAP + BESIDES_GAP,
	.points_besides_gap = BESIDES_GAP,
	.features = SHAPE_FEATURES,
	.is_closed = false,
	.make = make,
	.draws = 2,
	.shape_error = error,
	.shape_error_name = "recall_error",
	.shape_error_label = N_("recall error"),
	.has_many_starts = true,
	.floors = floors,
};
