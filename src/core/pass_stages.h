/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way through a pass, for the files that share it: pass_stages.c goes
 * through the stages, pass_generate.c has those of a pass that generates.
 */
#ifndef LSTMTUI_CORE_PASS_STAGES_H
#define LSTMTUI_CORE_PASS_STAGES_H

#include <stddef.h>
#include <stdint.h>

#include "core/pass.h"

/* Write the predictions of step t, and return them. */
float *pass_predict_step(const struct pass *pass, size_t t);

/*
 * Back through the dense layer: add to steps [from, to) of a block of the top
 * layer's d_hidden.
 */
void pass_dense_back(const struct pass *pass, size_t block, size_t from,
	size_t to);

/* Blocks of the gradient of the dense layer's weights, from steps >= start. */
void pass_dense_gradients(const struct pass *pass, size_t start, size_t first,
	size_t last);

/* Keep what panels [first, last) of a step are about to overwrite. */
void pass_keep_parts(const struct pass *pass, size_t first, size_t last);

/*
 * Do parts of a stage that only a pass that generates has; the number of its
 * parts, and the cost of each.
 */
void pass_generate_parts(struct pass *pass, size_t first, size_t last);
size_t pass_count_generate_parts(const struct pass *pass, uint64_t *cost);

/* Take a pass that generates to the stage after the present one. */
void pass_next_generating(struct pass *pass);

#endif
