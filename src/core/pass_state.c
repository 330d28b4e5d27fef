/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the layers that is carried from pass to pass. */
#include "core/pass.h"

#include <assert.h>
#include <string.h>

/* Carry one state of a layer, which may be NULL. */
static void
carry(const struct pass *pass, size_t l, float *states)
{
	const struct layer_trace *trace = &pass->layer[l];
	size_t row = trace->samples * pass->model->parameters.lanes;

	for (size_t b = 0; states != NULL && b < pass->model->layer[l].blocks;
		b++)
		memcpy(layer_state(trace, states, 0, b),
			layer_state(trace, states, trace->steps, b),
			row * sizeof *states);
}

/* Copy the state after the last step to that before the first step. */
void
pass_carry_state(struct pass *pass)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		carry(pass, l, pass->layer[l].hidden);
		carry(pass, l, pass->layer[l].cell);
	}
	pass->carries_state = true;
}

void
pass_reset_state(struct pass *pass)
{
	pass->carries_state = false;
}

static void
clear(const struct pass *pass, size_t l, size_t sample, float *states)
{
	size_t lanes = pass->model->parameters.lanes;

	for (size_t b = 0; states != NULL && b < pass->model->layer[l].blocks;
		b++)
		memset(layer_state(&pass->layer[l], states, 0, b) +
				sample * lanes,
			0, lanes * sizeof *states);
}

void
pass_clear_state(struct pass *pass, size_t sample)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		clear(pass, l, sample, pass->layer[l].hidden);
		clear(pass, l, sample, pass->layer[l].cell);
	}
}

/*
 * Return a block of one sample's initial state, and the number of its floats
 * that are units: the rest of the last block is padding.
 */
static float *
block_of(const struct pass *pass, size_t l, float *states, size_t sample,
	size_t block)
{
	return layer_state(&pass->layer[l], states, 0, block) +
		sample * pass->model->parameters.lanes;
}

static size_t
block_units(const struct pass *pass, size_t l, size_t block)
{
	size_t lanes = pass->model->parameters.lanes;
	size_t rest = pass->model->layer[l].units - block * lanes;

	return rest < lanes ? rest : lanes;
}

size_t
pass_state_size(const struct pass *pass, size_t layer, size_t samples)
{
	return cell_states(pass->model->shape.cell) * samples *
		pass->model->shape.units[layer];
}

void
pass_get_state(const struct pass *pass, size_t l, float *state)
{
	const struct layer_trace *trace = &pass->layer[l];
	float *const states[] = {trace->hidden, trace->cell};

	for (size_t k = 0; k < cell_states(pass->model->shape.cell); k++)
		for (size_t s = 0; s < trace->samples; s++)
			for (size_t b = 0; b < pass->model->layer[l].blocks;
				b++) {
				size_t count = block_units(pass, l, b);

				memcpy(state,
					block_of(pass, l, states[k], s, b),
					count * sizeof *state);
				state += count;
			}
}

void
pass_set_state(struct pass *pass, size_t steps, size_t samples, size_t l,
	const float *state)
{
	struct layer_trace *trace = &pass->layer[l];
	float *const states[] = {trace->hidden, trace->cell};

	assert(steps <= pass->steps_max && samples <= pass->samples_max);
	pass->carries_state = true;
	layer_trace_set_sizes(trace, steps, samples);
	for (size_t k = 0; k < cell_states(pass->model->shape.cell); k++)
		for (size_t s = 0; s < samples; s++)
			for (size_t b = 0; b < pass->model->layer[l].blocks;
				b++) {
				size_t count = block_units(pass, l, b);

				memcpy(block_of(pass, l, states[k], s, b),
					state, count * sizeof *state);
				state += count;
			}
}
