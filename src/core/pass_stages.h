/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Internals of a pass: pass_stages.c has the stages of a pass over a batch and
 * their order, pass_steps.c what they compute in a recurrent layer,
 * pass_samples.c the stages that divide the samples, pass_dense.c those in the
 * dense layer, pass_generate.c the additional stages of a generating pass.
 */
#ifndef LSTMTUI_CORE_PASS_STAGES_H
#define LSTMTUI_CORE_PASS_STAGES_H

#include <stddef.h>
#include <stdint.h>

#include "core/pass.h"

/* Inputs of layer l from step t on. */
struct kernel_rows pass_inputs_of(const struct pass *pass, size_t l, size_t t);

/* Outputs of layer l from step t on, after dropout. */
struct kernel_rows pass_outputs_of(const struct pass *pass, size_t l, size_t t);

/* Compute panels [first, last) of the current layer at the current step. */
void pass_forward_parts(const struct pass *pass, size_t first, size_t last);

/* Backpropagate through panels of the current layer at the current step. */
void pass_gate_parts(const struct pass *pass, size_t first, size_t last);

/*
 * Backpropagate from the gates of the current step: the first parts add to the
 * gradients of the previous step, the others to those of the layer below. There
 * is none at the first step of the first layer.
 */
void pass_below_parts(const struct pass *pass, size_t first, size_t last);
size_t pass_count_below_parts(const struct pass *pass);

/* Compute gradients of the current layer's weights, from all steps. */
void pass_gradient_parts(const struct pass *pass, size_t first, size_t last);

/*
 * Multiply-adds of one of these parts of the current layer, approximately: of a
 * panel forward, of a panel backward and of a part below.
 */
uint64_t pass_forward_cost(const struct pass *pass);
uint64_t pass_gate_cost(const struct pass *pass);
uint64_t pass_below_cost(const struct pass *pass);

/*
 * Choose the number of groups of samples of a pass that begins: 0 if its stages
 * divide the panels.
 */
size_t pass_choose_groups(const struct pass *pass);

/*
 * Compute the steps of a stage from the current one on, forward or back, of
 * groups [first, last) of samples.
 */
void pass_samples_forward(const struct pass *pass, size_t first, size_t last);
void pass_samples_back(const struct pass *pass, size_t first, size_t last);

/* Choose the steps of the stage, and return the cost of a group. */
uint64_t pass_samples_begin(struct pass *pass, uint64_t cost_max);

/* First stage of a training pass after the copies. */
static inline enum pass_stage
pass_first_stage(const struct pass *pass)
{
	return pass->groups > 0 ? PASS_SAMPLES_FORWARD : PASS_FORWARD;
}

/* Whether the passes of a model are worth sharing among threads. */
bool pass_is_worth_sharing(const struct model *model);

/* Compute the predictions of step t. Returns a pointer to them. */
float *pass_predict_step(const struct pass *pass, size_t t);

/* Compute the predictions at step t, their loss and its gradient. */
void pass_output_step(struct pass *pass, size_t t);

/* Multiply-adds of one of these, approximately. */
uint64_t pass_output_cost(const struct pass *pass);

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
