/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/rectangle.h"

#include <math.h>
#include <string.h>

#include "task/extent.h"

void
rectangle_make(struct random *random, float *points)
{
	float w = random_uniform(random), h = random_uniform(random);
	const float corners[] = {0, 0, w, 0, w, h, 0, h};

	memcpy(points, corners, sizeof corners);
}

/* The numbers whose differences make the error, by their place. */
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

double
rectangle_error(const float *points)
{
	return extent_error(deviation(points),
		extent_size(points, RECTANGLE_POINTS));
}

double
rectangle_gradient(const float *points, float *gradient)
{
	memset(gradient, 0,
		sizeof *gradient * RECTANGLE_POINTS * RECTANGLE_FEATURES);
	for (int i = 0; i < EDGES; i++) {
		float difference =
			points[edges[i].one] - points[edges[i].other];
		float slope =
			(float)((difference > 0) - (difference < 0)) / EDGES;

		gradient[edges[i].one] += slope;
		gradient[edges[i].other] -= slope;
	}
	extent_gradient(points, RECTANGLE_POINTS, deviation(points), gradient);
	return rectangle_error(points);
}

void
rectangle_size(const float *points, double *width, double *height)
{
	*width = points[4];
	*height = points[5];
}
