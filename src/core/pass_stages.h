/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Internals of a pass: pass_stages.c has the stages of a pass over a batch,
 * pass_dense.c those in the dense layer, pass_generate.c the additional stages
 * of a generating pass.
 */
#ifndef LSTMTUI_CORE_PASS_STAGES_H
#define LSTMTUI_CORE_PASS_STAGES_H

#include <stddef.h>
#include <stdint.h>

#include "core/pass.h"

/* Compute the predictions of step t. Returns a pointer to them. */
float *pass_predict_step(const struct pass *pass, size_t t);

/* Compute the predictions at step t, their loss and its gradient. */
void pass_output_step(struct pass *pass, size_t t);

/*
 * Backpropagate through the dense layer: add to d_hidden of steps [from, to) of
 * the top layer.
 */
void pass_dense_back(const struct pass *pass, size_t from, size_t to);

/* Compute the gradients of the dense layer's weights, from all steps. */
void pass_dense_gradients(const struct pass *pass);

/* Both for a pass over a batch: parts [first, last), and their number. */
void pass_dense_parts(const struct pass *pass, size_t first, size_t last);
size_t pass_count_dense_parts(const struct pass *pass, uint64_t *cost);

/* Outputs of layer l from step t on, after dropout. */
struct kernel_rows pass_outputs_of(const struct pass *pass, size_t l, size_t t);

/* Apply the dropout mask to d_hidden of steps [from, to) of a block. */
void pass_dropout_back(const struct pass *pass, size_t l, size_t block,
	size_t from, size_t to);

/*
 * Copy the values of panels [first, last) of a step to the kept trace, before
 * the backward pass overwrites them.
 */
void pass_keep_parts(const struct pass *pass, size_t first, size_t last);

/*
 * Do the part of a stage that only generating passes have; return the number of
 * parts, 1, or 0 of other stages, and the cost.
 */
void pass_generate_part(struct pass *pass);
size_t pass_count_generate_parts(const struct pass *pass, uint64_t *cost);

/* Advance a generating pass to its next stage. */
void pass_next_generating(struct pass *pass);

#endif
