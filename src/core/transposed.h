/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transposed copies of weights. On the way back, a layer multiplies with its
 * kernels transposed, and the dense layer does so on the way forward. A product
 * with the copy multiplies vectors by single numbers; one with the weights
 * themselves has to add the lanes of each sum. But making the copies takes
 * about as long as the products of a few dozen rows, so they are made once in a
 * pass, as its first stage, and only if its batch is large enough.
 *
 * The sizes of the batch alone decide: the two ways add in another order, and a
 * run must not depend on threads, on pauses or on where it was resumed.
 *
 * A copy is divided into panels of product_columns blocks of the rows of the
 * weights, [panels, gates · units, blocks of a panel · lanes]. The row of gate
 * g of unit u is as in dz of layer.h, without padding: by panel of the layer,
 * then by gate, then by unit.
 */
#ifndef LSTMTUI_CORE_TRANSPOSED_H
#define LSTMTUI_CORE_TRANSPOSED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/pass.h"

/*
 * With fewer rows (steps times samples), making the copies takes longer than
 * they save. With fewer samples, a tile has too few sums to hide the latency of
 * a multiplication.
 */
enum { TRANSPOSED_ROWS_MIN = 64, TRANSPOSED_SAMPLES_MIN = 4 };

/* Whether a pass over a batch of this size uses transposed copies. */
bool transposed_applies(size_t steps, size_t samples);

/*
 * Allocate the copies of a new pass, if its largest batches use them; without
 * `trains` only that of the dense layer. Returns false if out of memory.
 */
bool transposed_create(struct pass *pass, bool trains);
void transposed_destroy(struct pass *pass);

/*
 * Set the pointers of the pass that begins, whose sizes are set, to its copies,
 * or to NULL. Returns whether there are copies to make.
 */
bool transposed_begin(struct pass *pass);

/* Make parts [first, last) of the copies; return their number and the cost. */
void transposed_make(const struct pass *pass, size_t first, size_t last);
size_t transposed_count_parts(const struct pass *pass, uint64_t *cost);

/* Both for a forward pass: make the copy of the dense layer, if it is used. */
void transposed_predict(struct pass *pass);

#endif
