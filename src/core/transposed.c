/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/transposed.h"

#include <stdlib.h>

#include "base/memory.h"

bool
transposed_applies(size_t steps, size_t samples)
{
	return samples >= TRANSPOSED_SAMPLES_MIN &&
		steps >= (TRANSPOSED_ROWS_MIN + samples - 1) / samples;
}

/* Floats in rows of `width` floats, padded to lanes. */
static bool
add_size(const struct model *model, size_t rows, size_t width, size_t *size)
{
	size_t lanes = model->parameters.lanes, more;

	return memory_product(rows, (width + lanes - 1) / lanes * lanes,
		       &more) &&
		!__builtin_add_overflow(*size, more, size);
}

/* Set the places of the copies from `at` on; return the number of floats. */
static bool
lay_out(struct pass *pass, bool trains, float *at, size_t *size)
{
	const struct model *model = pass->model;

	*size = 0;
	pass->dense_copy = at;
	if (!add_size(model, model->dense.inputs, model->dense.outputs, size))
		return false;
	for (size_t l = 0; trains && l < model->shape.layers; l++) {
		const struct layer *layer = &model->layer[l];
		size_t rows = layer->cell->gates * layer->units;

		if (at != NULL)
			pass->recurrent_copy[l] = at + *size;
		if (!add_size(model, rows, layer->units, size))
			return false;
		if (at != NULL && l > 0)
			pass->kernel_copy[l] = at + *size;
		if (l > 0 && !add_size(model, rows, layer->inputs, size))
			return false;
	}
	return true;
}

bool
transposed_create(struct pass *pass, bool trains)
{
	size_t size;

	if (!transposed_applies(pass->steps_max, pass->samples_max))
		return true;
	if (!lay_out(pass, trains, NULL, &size))
		return false;
	pass->dense_copy = memory_floats(size);
	return pass->dense_copy != NULL &&
		lay_out(pass, trains, pass->dense_copy, &size);
}

void
transposed_destroy(struct pass *pass)
{
	free(pass->dense_copy);
}

bool
transposed_begin(struct pass *pass)
{
	const struct layer_trace *first = &pass->layer[0];
	bool applies = pass->dense_copy != NULL &&
		transposed_applies(first->steps, first->samples);

	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		struct layer_trace *trace = &pass->layer[l];

		trace->recurrent_copy = applies && !layer_is_stateless(trace)
			? pass->recurrent_copy[l]
			: NULL;
		trace->kernel_copy = applies ? pass->kernel_copy[l] : NULL;
	}
	pass->uses_copies = applies;
	return applies;
}

/* Panels of a copy for a number of rows of the weights. */
static size_t
count_panels(const struct model *model, size_t rows)
{
	size_t width = layer_copy_width(model->context->kernel);

	return (rows + width - 1) / width;
}

/* Rows of the weights that a panel of a copy has, with and without padding. */
struct panel_rows {
	size_t first, count, padded;
};

static struct panel_rows
rows_of(const struct model *model, size_t rows, size_t panel)
{
	size_t width = layer_copy_width(model->context->kernel);
	size_t lanes = model->parameters.lanes;
	size_t rest = rows - panel * width;
	size_t count = rest < width ? rest : width;

	return (struct panel_rows){panel * width, count,
		(count + lanes - 1) / lanes * lanes};
}

/* Copy the rows of one panel of a layer's kernel or recurrent kernel. */
static void
copy_weights(const struct model *model, const struct layer *layer,
	const float *weights, size_t inputs, size_t panel, float *copy)
{
	struct panel_rows rows = rows_of(model, inputs, panel);
	size_t lanes = model->parameters.lanes, gates = layer->cell->gates;
	float *to = copy + rows.first * gates * layer->units;

	for (size_t p = 0; p < layer->panels; p++) {
		size_t blocks = layer_panel_blocks(layer, p);
		size_t width = gates * blocks * lanes;
		size_t rest = layer->units - p * layer->side * lanes;
		size_t units = rest < blocks * lanes ? rest : blocks * lanes;
		const float *from = weights +
			p * inputs * layer->columns * lanes +
			rows.first * width;

		for (size_t g = 0; g < gates; g++, to += units * rows.padded)
			layer->ops->transpose(rows.count, units,
				from + g * blocks * lanes, width, to,
				rows.padded);
	}
}

static void
copy_dense(const struct pass *pass, size_t panel)
{
	const struct dense *dense = &pass->model->dense;
	struct panel_rows rows = rows_of(pass->model, dense->outputs, panel);
	size_t width = dense->blocks * dense->ops->lanes;

	dense->ops->transpose(rows.count, dense->inputs,
		dense->kernel + rows.first * width, width,
		pass->dense_copy + rows.first * dense->inputs, rows.padded);
}

/* Parts: the panels of the dense layer, then those of each layer. */
void
transposed_make(const struct pass *pass, size_t first, size_t last)
{
	const struct model *model = pass->model;
	size_t at = count_panels(model, model->dense.outputs);

	for (size_t part = first; part < last && part < at; part++)
		copy_dense(pass, part);
	for (size_t l = 0; l < model->shape.layers; l++) {
		const struct layer *layer = &model->layer[l];
		const struct layer_trace *trace = &pass->layer[l];
		size_t panels = count_panels(model, layer->units);

		for (size_t p = 0; trace->recurrent_copy != NULL && p < panels;
			p++, at++)
			if (at >= first && at < last)
				copy_weights(model, layer,
					layer->recurrent_kernel, layer->units,
					p, pass->recurrent_copy[l]);
		panels = count_panels(model, layer->inputs);
		for (size_t p = 0; trace->kernel_copy != NULL && p < panels;
			p++, at++)
			if (at >= first && at < last)
				copy_weights(model, layer, layer->kernel,
					layer->inputs, p, pass->kernel_copy[l]);
	}
}

size_t
transposed_count_parts(const struct pass *pass, uint64_t *cost)
{
	const struct model *model = pass->model;
	const struct dense *dense = &model->dense;
	size_t parts = count_panels(model, dense->outputs);
	uint64_t floats = (uint64_t)dense->inputs * dense->outputs;

	for (size_t l = 0; l < model->shape.layers; l++) {
		const struct layer *layer = &model->layer[l];
		uint64_t width = (uint64_t)layer->cell->gates * layer->units;

		if (pass->layer[l].recurrent_copy != NULL) {
			parts += count_panels(model, layer->units);
			floats += width * layer->units;
		}
		if (pass->layer[l].kernel_copy != NULL) {
			parts += count_panels(model, layer->inputs);
			floats += width * layer->inputs;
		}
	}
	*cost = 4 * floats / parts;
	return parts;
}

void
transposed_predict(struct pass *pass)
{
	const struct model *model = pass->model;

	if (transposed_begin(pass))
		transposed_make(pass, 0,
			count_panels(model, model->dense.outputs));
}
