/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the layers that one pass leaves to the next. */
#include "core/pass.h"

#include <string.h>

/* The state after the last step becomes that before the first. */
void
pass_carry_state(struct pass *pass)
{
	size_t lanes = pass->model->parameters.lanes;

	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		struct lstm_trace *trace = &pass->layer[l];
		size_t row = trace->samples * lanes;
		size_t panel = (trace->steps + 1) * row;

		for (size_t p = 0; p < pass->model->lstm[l].panels; p++) {
			float *hidden = trace->hidden + p * panel;
			float *cell = trace->cell + p * panel;

			memcpy(hidden, hidden + panel - row,
				row * sizeof *hidden);
			memcpy(cell, cell + panel - row, row * sizeof *cell);
		}
	}
	pass->carries_state = true;
}

void
pass_reset_state(struct pass *pass)
{
	pass->carries_state = false;
}

void
pass_clear_state(struct pass *pass, size_t sample)
{
	size_t lanes = pass->model->parameters.lanes;

	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		struct lstm_trace *trace = &pass->layer[l];
		size_t panel = (trace->steps + 1) * trace->samples * lanes;

		for (size_t p = 0; p < pass->model->lstm[l].panels; p++) {
			size_t at = p * panel + sample * lanes;

			memset(trace->hidden + at, 0, lanes * sizeof(float));
			memset(trace->cell + at, 0, lanes * sizeof(float));
		}
	}
}

/* Where the state of unit u of sample s before the first step stands. */
static size_t
state_index(const struct pass *pass, size_t l, size_t s, size_t u)
{
	size_t lanes = pass->model->parameters.lanes;
	const struct lstm_trace *trace = &pass->layer[l];
	size_t panel = (trace->steps + 1) * trace->samples * lanes;

	return u / lanes * panel + s * lanes + u % lanes;
}

void
pass_get_state(const struct pass *pass, size_t layer, float *hidden,
	float *cell)
{
	const struct lstm_trace *trace = &pass->layer[layer];

	for (size_t s = 0; s < trace->samples; s++)
		for (size_t u = 0; u < pass->model->lstm[layer].units; u++) {
			size_t at = state_index(pass, layer, s, u);

			*hidden++ = trace->hidden[at];
			*cell++ = trace->cell[at];
		}
}

void
pass_set_state(struct pass *pass, size_t steps, size_t samples, size_t layer,
	const float *hidden, const float *cell)
{
	struct lstm_trace *trace = &pass->layer[layer];

	pass->carries_state = true;
	trace->steps = steps;
	trace->samples = samples;
	for (size_t s = 0; s < samples; s++)
		for (size_t u = 0; u < pass->model->lstm[layer].units; u++) {
			size_t at = state_index(pass, layer, s, u);

			trace->hidden[at] = *hidden++;
			trace->cell[at] = *cell++;
		}
}
