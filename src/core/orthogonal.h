/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orthonormal rows at random, for recurrent kernels (Saxe et al. 2014): the
 * factor Q of A = L Q, where A has independent normal numbers and L is lower
 * triangular with a positive diagonal. There is one such Q; its distribution
 * is uniform over all matrices with orthonormal rows, as that of Keras's
 * initializer.
 */
#ifndef LSTMTUI_CORE_ORTHOGONAL_H
#define LSTMTUI_CORE_ORTHOGONAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/progress.h"
#include "core/context.h"
#include "core/random.h"

/*
 * Up to so many rows are made one by one, as they always were, to the same
 * bits. More go by blocks, many times as fast and to float's precision the
 * same.
 */
enum { ORTHOGONAL_ROWS_SINGLE = 256 };

/*
 * Draw values[rows, columns], rows at most as many as columns. Returns false
 * when memory cannot be had or progress (which may be NULL) ends it. How many
 * threads there are changes no bit.
 */
bool orthogonal_draw(const struct context *context, float *values, size_t rows,
	size_t columns, struct random *random, const struct progress *progress,
	struct error *error);

#endif
