/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Internals of a pass: pass_stages.c has the stages of a pass over a batch,
 * pass_generate.c the additional stages of a generating pass.
 */
#ifndef LSTMTUI_CORE_PASS_STAGES_H
#define LSTMTUI_CORE_PASS_STAGES_H

#include <stddef.h>
#include <stdint.h>

#include "core/pass.h"

/* Compute the predictions of step t. Returns a pointer to them. */
float *pass_predict_step(const struct pass *pass, size_t t);

/*
 * Backpropagate through the dense layer: add to d_hidden of steps [from, to) of
 * a block of the top layer.
 */
void pass_dense_back(const struct pass *pass, size_t block, size_t from,
	size_t to);

/*
 * Compute blocks [first, last) of the gradients of the dense layer's weights,
 * from steps >= start.
 */
void pass_dense_gradients(const struct pass *pass, size_t start, size_t first,
	size_t last);

/*
 * Copy the values of panels [first, last) of a step to the kept trace, before
 * the backward pass overwrites them.
 */
void pass_keep_parts(const struct pass *pass, size_t first, size_t last);

/*
 * Do parts of a stage that only generating passes have; return the number of
 * its parts and the cost of one part.
 */
void pass_generate_parts(struct pass *pass, size_t first, size_t last);
size_t pass_count_generate_parts(const struct pass *pass, uint64_t *cost);

/* Advance a generating pass to its next stage. */
void pass_next_generating(struct pass *pass);

#endif
