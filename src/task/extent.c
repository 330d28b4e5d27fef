/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/extent.h"

#include <math.h>

/* Indices into points[count, 2] of the smallest and largest coordinates. */
struct extremes {
	size_t min[2], max[2];
};

static struct extremes
find_extremes(const float *points, size_t count)
{
	struct extremes found = {{0, 1}, {0, 1}};

	for (size_t i = 2; i < 2 * count; i++) {
		if (points[i] < points[found.min[i % 2]])
			found.min[i % 2] = i;
		if (points[i] > points[found.max[i % 2]])
			found.max[i % 2] = i;
	}
	return found;
}

double
extent_size(const float *points, size_t count)
{
	struct extremes at = find_extremes(points, count);
	double size = 0;

	for (int d = 0; d < 2; d++)
		size += ((double)points[at.max[d]] - points[at.min[d]]) / 2;
	return size;
}

bool
extent_is_degenerate(double size)
{
	return size < EXTENT_MIN;
}

double
extent_error(double deviation, double size)
{
	if (!isfinite(deviation))
		return deviation;
	return (deviation + fmax(0, EXTENT_MIN - size)) /
		fmax(size, EXTENT_MIN);
}

void
extent_gradient(const float *points, size_t count, double deviation,
	float *gradient)
{
	struct extremes at = find_extremes(points, count);
	double size = extent_size(points, count);
	double divisor = fmax(size, EXTENT_MIN);
	/* derivative of the error with respect to the size */
	double slope = extent_is_degenerate(size) ? -1 / EXTENT_MIN
						  : -deviation / (size * size);

	for (size_t i = 0; i < 2 * count; i++)
		gradient[i] = (float)(gradient[i] / divisor);
	for (int d = 0; d < 2; d++) {
		gradient[at.max[d]] += (float)(slope / 2);
		gradient[at.min[d]] -= (float)(slope / 2);
	}
}
