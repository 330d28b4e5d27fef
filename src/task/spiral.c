/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Twenty-four points of an Archimedean spiral, counterclockwise from its centre
 * at [0.5, 0.5]. Point i has the radius R · i / 23 and the angle
 * a + 2π · turns · i / 23, with R in [0.15, 0.5), turns in [1, 3) and a in
 * [-0.5, 0.5) radians.
 *
 * The deviation (task/extent.h) is the mean distance of the points from the
 * best-fitting spiral: centred on the first point, with the radius proportional
 * to i and the angle linear in i, both by least squares. Angles are weighted by
 * the squared radius, since the angle of a point near the centre is uncertain.
 */
#include <math.h>

#include "base/translate.h"
#include "core/elementary.h"
#include "task/extent.h"
#include "task/shape.h"
#include "task/task.h"

enum { POINTS = 24 };

static void
make(struct random *random, size_t count, float *points)
{
	double radius = shape_uniform(random, 0.15, 0.5);
	double turns = shape_uniform(random, 1, 3);
	double start = shape_uniform(random, -0.5, 0.5);

	(void)count;
	for (size_t i = 0; i < POINTS; i++) {
		double part = (double)i / (POINTS - 1);
		double angle = start + 2 * SHAPE_PI * turns * part;

		shape_set_point(points, i,
			0.5 + radius * part * elementary_cos(angle),
			0.5 + radius * part * elementary_sin(angle));
	}
}

/* Convert to polar coordinates around the first point; unwrap the angles. */
static void
to_polar(const float *points, double *radius, double *angle)
{
	radius[0] = angle[0] = 0;
	for (size_t i = 1; i < POINTS; i++) {
		double x = (double)points[2 * i] - points[0];
		double y = (double)points[2 * i + 1] - points[1];
		double turn = atan2(y, x) - (i > 1 ? angle[i - 1] : 0);

		radius[i] = hypot(x, y);
		/* take the shorter direction */
		turn -= 2 * SHAPE_PI * round(turn / (2 * SHAPE_PI));
		angle[i] = (i > 1 ? angle[i - 1] : 0) + turn;
	}
}

static double
error(const float *points, size_t count)
{
	double radius[POINTS], angle[POINTS];
	double index_radius = 0, squares = 0; /* sums of i r and i² */
	double weights = 0, mean_i = 0, mean_angle = 0, slope = 0, var = 0;
	double distances = 0;

	(void)count;
	to_polar(points, radius, angle);
	for (size_t i = 1; i < POINTS; i++) {
		double weight = radius[i] * radius[i];

		index_radius += (double)i * radius[i];
		squares += (double)i * (double)i;
		weights += weight;
		mean_i += weight * (double)i;
		mean_angle += weight * angle[i];
	}
	if (weights > 0) {
		mean_i /= weights;
		mean_angle /= weights;
	}
	for (size_t i = 1; i < POINTS; i++) {
		double weight = radius[i] * radius[i], x = (double)i - mean_i;

		slope += weight * x * (angle[i] - mean_angle);
		var += weight * x * x;
	}
	if (var > 0)
		slope /= var;
	for (size_t i = 1; i < POINTS; i++) {
		double r = index_radius / squares * (double)i;
		double a = mean_angle + slope * ((double)i - mean_i);

		distances += hypot(radius[i] * cos(angle[i]) - r * cos(a),
			radius[i] * sin(angle[i]) - r * sin(a));
	}
	return extent_error(distances / (POINTS - 1),
		extent_size(points, POINTS));
}

const struct task task_spiral = {
	.kind = {.name = "spiral",
		.summary = N_("twenty-four points of random spirals")},
	.singular = N_("spiral"),
	.plural = N_("spirals"),
	.points = POINTS,
	.features = SHAPE_FEATURES,
	.is_closed = false,
	.make = make,
	.draws = 3,
	.shape_error = error,
	.shape_error_name = "spiral_error",
};
