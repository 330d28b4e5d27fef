/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rectangle with the middles of its edges: [0,0], [w/2,0], [w,0], [w,h/2],
 * [w,h], [w/2,h], [0,h], [0,h/2]; w and h in [0, 1).
 *
 * The error is that of the mean of twelve distances: by how much the two
 * points that follow on each edge leave its line, and by how much each middle
 * is off.
 */
#include <math.h>
#include <string.h>

#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 8 };

static void
make(struct random *random, float *points)
{
	float w = random_uniform(random), h = random_uniform(random);
	const float all[] = {0, 0, w / 2, 0, w, 0, w, h / 2, w, h, w / 2, h, 0,
		h, 0, h / 2};

	memcpy(points, all, sizeof all);
}

static double
error(const float *points)
{
	double sum = 0;

	/* corners are the even points; edges are level and upright in turn */
	for (size_t corner = 0; corner < 8; corner += 2) {
		const float *from = points + 2 * corner;
		const float *middle = from + 2;
		const float *to = points + 2 * ((corner + 2) % 8);
		size_t across = corner % 4 == 0 ? 1 : 0, along = 1 - across;

		sum += fabs((double)middle[across] - from[across]);
		sum += fabs((double)to[across] - from[across]);
		sum += fabs(
			middle[along] - ((double)from[along] + to[along]) / 2);
	}
	return extent_error(sum / 12, extent_size(points, POINTS));
}

/*
 * w/2 and h/2, of fourteen numbers; but from one point alone a middle cannot
 * be told from a corner, so that only a state that is carried reaches the
 * floor. See rectangle.c.
 */
static const struct task_floor floors[] = {
	{&loss_mae, true, 0.25 / 14, "1/56"},
	{0},
};

const struct task task_rectangle_mid = {
	.kind = {.name = "rectangle-mid",
		.summary = "rectangles with the middles of their edges"},
	.one = "rectangle",
	.many = "rectangles",
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make,
	.shape_error = error,
	.shape_error_name = "rectangle_error",
	.floors = floors,
};
