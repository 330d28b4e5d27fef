/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/shapes.h"

#include <math.h>
#include <string.h>

#include "task/extent.h"

#define PI 3.14159265358979323846

static double
uniform(struct random *random, double min, double max)
{
	return min + (max - min) * random_uniform(random);
}

/* What a coordinate is after rounding: never a little outside of [0, 1]. */
static float
inside(double coordinate)
{
	return (float)fmin(fmax(coordinate, 0), 1);
}

static void
put(float *points, size_t i, double x, double y)
{
	points[2 * i] = inside(x);
	points[2 * i + 1] = inside(y);
}

void
rectangle_mid_make(struct random *random, float *points)
{
	float w = random_uniform(random), h = random_uniform(random);
	const float all[] = {0, 0, w / 2, 0, w, 0, w, h / 2, w, h, w / 2, h, 0,
		h, 0, h / 2};

	memcpy(points, all, sizeof all);
}

double
rectangle_mid_error(const float *points)
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
	return extent_error(sum / 12,
		extent_size(points, RECTANGLE_MID_POINTS));
}

void
circle_make(struct random *random, float *points)
{
	double radius = uniform(random, 0.05, 0.5);

	for (size_t i = 0; i < CIRCLE_POINTS; i++) {
		double angle = 2 * PI * (double)i / CIRCLE_POINTS;

		put(points, i, radius - radius * cos(angle),
			0.5 + radius * sin(angle));
	}
}

/*
 * The standard deviation of the distances of every step-th point from a
 * centre.
 */
static double
spread(const float *points, size_t first, size_t count, size_t step,
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

static void
find_centre(const float *points, size_t count, double centre[2])
{
	centre[0] = centre[1] = 0;
	for (size_t i = 0; i < 2 * count; i++)
		centre[i % 2] += points[i] / (double)count;
}

double
circle_error(const float *points)
{
	double centre[2];

	find_centre(points, CIRCLE_POINTS, centre);
	return extent_error(spread(points, 0, CIRCLE_POINTS, 1, centre),
		extent_size(points, CIRCLE_POINTS));
}

void
star_make(struct random *random, float *points)
{
	double radius = uniform(random, 0.15, 0.3);
	double inner = radius * uniform(random, 0.35, 0.65);
	double turn = uniform(random, -0.3, 0.3);
	double x = 0.5 + radius * sin(turn), y = 1 - radius * cos(turn);

	for (size_t i = 0; i < STAR_POINTS; i++) {
		double angle = turn - PI * (double)i / 5;
		double distance = i % 2 == 0 ? radius : inner;

		put(points, i, x - distance * sin(angle),
			y + distance * cos(angle));
	}
	/* the same for all, to the last bit */
	put(points, 0, 0.5, 1);
}

double
star_error(const float *points)
{
	double centre[2];

	find_centre(points, STAR_POINTS, centre);
	return extent_error((spread(points, 0, STAR_POINTS, 2, centre) +
				    spread(points, 1, STAR_POINTS, 2, centre)) /
			2,
		extent_size(points, STAR_POINTS));
}

void
cross_make(struct random *random, float *points)
{
	double length = uniform(random, 0.1, 0.35);
	double width = uniform(random, 0.1, 0.3);
	/* coordinates in the order left to right, and lower to upper */
	const double x[] = {0, length, length + width, 2 * length + width};
	const double y[] = {0.35 - length, 0.35, 0.35 + width,
		0.35 + width + length};
	static const unsigned char corners[CROSS_POINTS][2] = {{0, 1}, {1, 1},
		{1, 0}, {2, 0}, {2, 1}, {3, 1}, {3, 2}, {2, 2}, {2, 3}, {1, 3},
		{1, 2}, {0, 2}};

	for (size_t i = 0; i < CROSS_POINTS; i++)
		put(points, i, x[corners[i][0]], y[corners[i][1]]);
}

double
cross_error(const float *points)
{
	double sum = 0;

	for (size_t i = 0; i < CROSS_POINTS; i++) {
		const float *from = points + 2 * i;
		const float *to = points + 2 * ((i + 1) % CROSS_POINTS);
		size_t across = i % 2 == 0 ? 1 : 0;

		sum += fabs((double)to[across] - from[across]);
	}
	return extent_error(sum / CROSS_POINTS,
		extent_size(points, CROSS_POINTS));
}
