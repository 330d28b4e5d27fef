/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The quality of the shapes that a model generates: their shape error and, for
 * a model that predicts a distribution, its distance from the distribution of
 * the task.
 */
#ifndef LSTMTUI_RUN_GENERATED_H
#define LSTMTUI_RUN_GENERATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run.h"

struct generated {
	size_t count; /* number of shapes: 1, or more for a distribution */
	double shape_error; /* median; NaN: the task has no shape error */
	/* of the last shape, scaled: the part of the loss rectangle */
	double scaled_error;
	double size;        /* median; see extent.h; NaN as above */
	bool is_degenerate; /* the size is that of a dot: see extent.h */
	/*
	 * For a distribution of rectangles: the correlation of width and
	 * height, and the Kolmogorov-Smirnov distance of each to the uniform
	 * distribution, the maximum difference of the cumulative distributions.
	 * NaN for other models.
	 */
	double correlation, width_distance, height_distance;
};

/* Measure shapes generated with the seed. Returns false if out of memory. */
bool generated_measure(const struct run *run, uint64_t seed,
	struct generated *generated, struct error *error);

#endif
