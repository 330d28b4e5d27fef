/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/shape.h"

#include <math.h>

double
shape_uniform(struct random *random, double min, double max)
{
	return min + (max - min) * random_uniform(random);
}

/* Clamp a coordinate that rounding may have moved out of [0, 1]. */
static float
clamp(double coordinate)
{
	return (float)fmin(fmax(coordinate, 0), 1);
}

void
shape_set_point(float *points, size_t i, double x, double y)
{
	points[2 * i] = clamp(x);
	points[2 * i + 1] = clamp(y);
}

void
shape_centre(const float *points, size_t count, double centre[2])
{
	centre[0] = centre[1] = 0;
	for (size_t i = 0; i < 2 * count; i++)
		centre[i % 2] += points[i] / (double)count;
}

double
shape_spread(const float *points, size_t first, size_t count, size_t step,
	const double centre[2])
{
	double sum = 0, square = 0, number = 0, mean;

	for (size_t i = first; i < count; i += step) {
		double distance = hypot(points[2 * i] - centre[0],
			points[2 * i + 1] - centre[1]);

		sum += distance;
		square += distance * distance;
		number++;
	}
	mean = sum / number;
	return sqrt(fmax(square / number - mean * mean, 0));
}
