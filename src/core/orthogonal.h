/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random matrices with orthonormal rows, for recurrent kernels (Saxe et al.
 * 2014): the factor Q of A = L Q, where A has independent normal entries and L
 * is lower triangular with a positive diagonal. Q is unique, and uniformly
 * distributed over all matrices with orthonormal rows, as in Keras's
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
 * Max rows that are computed row by row, with the same bits as in all earlier
 * versions. Larger matrices are computed by blocks, which is many times faster
 * and equally precise.
 */
enum { ORTHOGONAL_ROWS_SINGLE = 256 };

/*
 * Draw values[rows, columns], rows <= columns. progress, which may be NULL, can
 * cancel the work. Returns false if cancelled or out of memory. The number of
 * threads does not change the bits.
 */
bool orthogonal_draw(const struct context *context, float *values, size_t rows,
	size_t columns, struct random *random, const struct progress *progress,
	struct error *error);

#endif
