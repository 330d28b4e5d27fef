/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a model's own shapes are worth: how near they are to true shapes of
 * their task and, where the model is a distribution, whether it draws them
 * as the task makes them.
 */
#ifndef LSTMTUI_RUN_GENERATED_H
#define LSTMTUI_RUN_GENERATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run.h"

struct generated {
	size_t count;       /* of shapes: 1, or many of a distribution */
	double shape_error; /* the median; NaN: the task has none */
	double size;        /* the median: see extent.h; NaN likewise */
	bool is_degenerate; /* that size is a dot's */
	/*
	 * Of a distribution of rectangles: how width and height correlate,
	 * and the Kolmogorov-Smirnov distances of each to the uniform
	 * distribution, which is the greatest difference between the two
	 * cumulative distributions. Elsewhere NaN.
	 */
	double correlation, width_distance, height_distance;
};

/* Generate, by the seed, and measure. False: memory cannot be had. */
bool generated_measure(const struct run *run, uint64_t seed,
	struct generated *generated, struct error *error);

#endif
