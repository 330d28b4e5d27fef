/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The quality of the shapes that a model generates: their shape error and, for
 * a model that is a distribution, its distance from the task's distribution.
 */
#ifndef LSTMTUI_RUN_GENERATED_H
#define LSTMTUI_RUN_GENERATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run.h"

struct generated {
	size_t count; /* of shapes: 1, or many if the model is a distribution */
	double shape_error; /* the median; NaN: the task has none */
	double size;        /* the median: see extent.h; NaN likewise */
	bool is_degenerate; /* the size is that of a dot: see extent.h */
	/*
	 * Of a distribution of rectangles: the correlation of width and
	 * height, and the Kolmogorov-Smirnov distance of each to the uniform
	 * distribution, the maximum difference of the cumulative
	 * distributions. NaN for other models.
	 */
	double correlation, width_distance, height_distance;
};

/* Generate with the seed and measure. Returns false if memory is short. */
bool generated_measure(const struct run *run, uint64_t seed,
	struct generated *generated, struct error *error);

#endif
