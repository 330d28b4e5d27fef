#include "task/rectangle.h"

#include <math.h>
#include <string.h>

void
rectangle_make(struct random *random, float *points)
{
	float w = random_uniform(random), h = random_uniform(random);
	const float corners[] = {0, 0, w, 0, w, h, 0, h};

	memcpy(points, corners, sizeof corners);
}

double
rectangle_error(const float *points)
{
	const float *p0 = points, *p1 = points + 2;
	const float *p2 = points + 4, *p3 = points + 6;

	return (fabs((double)p1[1] - p0[1]) + fabs((double)p2[0] - p1[0]) +
		       fabs((double)p3[1] - p2[1]) +
		       fabs((double)p3[0] - p0[0])) / 4;
}
