/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shapes other than the rectangle, each as the sequence of its points. All
 * coordinates lie in [0, 1], every shape of a kind begins at the same point,
 * so that generation has somewhere to start from, and its sizes are uniform
 * in the ranges given here.
 *
 * An error is 0 for a true shape and says how far generated points are from
 * one, relative to their size: see extent.h.
 */
#ifndef LSTMTUI_TASK_SHAPES_H
#define LSTMTUI_TASK_SHAPES_H

#include "core/random.h"

enum {
	SHAPES_FEATURES = 2,
	RECTANGLE_MID_POINTS = 8,
	CIRCLE_POINTS = 12,
	STAR_POINTS = 10,
	CROSS_POINTS = 12
};

/*
 * A rectangle with the middles of its edges: [0,0], [w/2,0], [w,0], [w,h/2],
 * [w,h], [w/2,h], [0,h], [0,h/2]; w and h in [0, 1).
 *
 * Its error is that of the mean of twelve distances: by how much the two
 * points that follow on each edge leave its line, and by how much each middle
 * is off.
 */
void rectangle_mid_make(struct random *random, float *points);
double rectangle_mid_error(const float *points);

/*
 * Twelve points of a circle that touches the left edge at [0, 0.5], where it
 * begins, clockwise from there; radius in [0.05, 0.5).
 *
 * Its error is that of the standard deviation of the points' distances from
 * their own centre.
 */
void circle_make(struct random *random, float *points);
double circle_error(const float *points);

/*
 * The ten corners of a star with five tips, from the tip at [0.5, 1] on:
 * radius of the tips in [0.15, 0.3), of the corners between them 0.35 to
 * 0.65 of that, turned about the first tip by up to 0.3 radians.
 *
 * Its error is that of the mean of two standard deviations as the circle's:
 * of the tips, and of the corners between them.
 */
void star_make(struct random *random, float *points);
double star_error(const float *points);

/*
 * The twelve corners of a cross with four equal arms, from the lower corner
 * of the left arm's end at [0, 0.35] on; arms 0.1 to 0.35 long and 0.1 to
 * 0.3 wide.
 *
 * Its error is that of the rectangle, over twelve edges: the mean by which
 * they are not level or upright.
 */
void cross_make(struct random *random, float *points);
double cross_error(const float *points);

#endif
