/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rectangles with the midpoints of their edges: [0,0], [w/2,0], [w,0], [w,h/2],
 * [w,h], [w/2,h], [0,h], [0,h/2]; w and h uniform in [0, 1).
 *
 * The deviation (task/extent.h) is the mean of twelve distances, three for each
 * edge: of its midpoint and of its end from the horizontal or vertical line
 * through its start, and of its midpoint from the middle along that line.
 */
#include <math.h>
#include <string.h>

#include "base/translate.h"
#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 8 };

static void
make(struct random *random, size_t count, float *points)
{
	float w = random_uniform(random), h = random_uniform(random);
	const float all[] = {0, 0, w / 2, 0, w, 0, w, h / 2, w, h, w / 2, h, 0,
		h, 0, h / 2};

	(void)count;
	memcpy(points, all, sizeof all);
}

static double
error(const float *points, size_t count)
{
	double sum = 0;

	(void)count;
	/* even points are corners; edges alternate horizontal and vertical */
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
 * Two of the fourteen predicted numbers are unknown: w/2 and h/2. The floor is
 * reached only if the state is carried, since a single point does not tell a
 * midpoint from a corner. See rectangle.c.
 */
static const struct task_floor floors[] = {
	{&loss_mae, true, 0.25 / 14, "1/56"},
	{0},
};

const struct task task_rectangle_mid = {
	.kind = {.name = "rectangle-mid",
		.summary = N_("rectangles with the middles of their edges")},
	.singular = N_("rectangle"),
	.plural = N_("rectangles"),
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = true,
	.make = make,
	.draws = 2,
	.shape_error = error,
	.shape_error_name = "rectangle_error",
	.floors = floors,
};
