/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sequence of an inspection, and the arrays of its results. */
#include "inspect/inspection_stages.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Release the sequence and all that depends on it. */
static void
clear(struct inspection *inspection)
{
	inspection_pass_destroy(&inspection->forward);
	inspection_pass_destroy(&inspection->backward);
	inspection_pass_destroy(&inspection->to_inputs);
	free(inspection->step);
	free(inspection->points);
	free(inspection->shown);
	free(inspection->tokens);
	free(inspection->output);
	free(inspection->loss);
	free(inspection->gradient);
	free(inspection->connectivity);
	free(inspection->job);
	free(inspection->d_inputs);
	free(inspection->state);
	inspection->step = NULL;
	inspection->points = inspection->shown = inspection->output = NULL;
	inspection->gradient = inspection->connectivity = NULL;
	inspection->d_inputs = inspection->state = NULL;
	inspection->tokens = NULL;
	inspection->loss = NULL;
	inspection->job = NULL;
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++) {
		free(inspection->values[l]);
		inspection->values[l] = NULL;
	}
	inspection->steps = inspection->length = inspection->predicted = 0;
	inspection->config = (struct inspection_config){0};
	inspection->stage = INSPECTION_DONE;
}

void
inspection_destroy(struct inspection *inspection)
{
	clear(inspection);
	free(inspection->plain);
	free(inspection->d_output);
	model_destroy(&inspection->model);
	*inspection = (struct inspection){0};
}

/* Allocate the values of a layer. */
static bool
create_values(struct inspection *inspection, size_t layer)
{
	size_t size;

	if (memory_product(inspection->steps, inspection->views, &size) &&
		memory_product(size, inspection->model.shape.units[layer],
			&size))
		inspection->values[layer] = memory_floats(size);
	return inspection->values[layer] != NULL;
}

static bool
create_results(struct inspection *inspection, struct error *error)
{
	size_t size;

	if (!memory_product(inspection->steps, inspection->features, &size))
		return error_out_of_memory(error);
	inspection->output = memory_floats(size);
	inspection->loss = memory_new(inspection->steps, sizeof(double));
	if (inspection->output == NULL || inspection->loss == NULL)
		return error_out_of_memory(error);
	for (size_t l = 0; l < inspection->model.shape.layers; l++)
		if (!create_values(inspection, l))
			return error_out_of_memory(error);
	return true;
}

static bool
set(struct inspection *inspection, bool reads_last, struct error *error)
{
	inspection->reads_last = reads_last;
	if (inspection_lay_out_steps(inspection, reads_last, error) &&
		create_results(inspection, error))
		return true;
	clear(inspection);
	return false;
}

/* Allocate the points, scaled and in the units of the data. */
static bool
create_points(struct inspection *inspection, size_t count, struct error *error)
{
	size_t size;

	assert(!inspection->loss_config.loss->is_of_tokens);
	clear(inspection);
	if (!memory_product(count, inspection->features, &size))
		return error_out_of_memory(error);
	inspection->points = memory_floats(size);
	inspection->shown = memory_floats(size);
	inspection->length = count;
	if (inspection->points != NULL && inspection->shown != NULL)
		return true;
	clear(inspection);
	return error_out_of_memory(error);
}

bool
inspection_set_points(struct inspection *inspection, const float *points,
	size_t count, bool reads_last, struct error *error)
{
	size_t size = count * inspection->features;

	if (!create_points(inspection, count, error))
		return false;
	memcpy(inspection->points, points, size * sizeof *points);
	scaling_undo_floats(run_scaling(inspection->run), size, points,
		inspection->shown);
	return set(inspection, reads_last, error);
}

bool
inspection_set_shown(struct inspection *inspection, const float *points,
	size_t count, bool reads_last, struct error *error)
{
	size_t size = count * inspection->features;

	if (!create_points(inspection, count, error))
		return false;
	memcpy(inspection->shown, points, size * sizeof *points);
	scaling_apply_floats(run_scaling(inspection->run), size, points,
		inspection->points);
	return set(inspection, reads_last, error);
}

bool
inspection_set_tokens(struct inspection *inspection, const uint32_t *tokens,
	size_t count, bool reads_last, struct error *error)
{
	assert(inspection->loss_config.loss->is_of_tokens);
	clear(inspection);
	inspection->tokens = memory_new(count, sizeof *tokens);
	if (inspection->tokens == NULL)
		return error_out_of_memory(error);
	memcpy(inspection->tokens, tokens, count * sizeof *tokens);
	inspection->length = count;
	return set(inspection, reads_last, error);
}

bool
inspection_set_same(struct inspection *inspection,
	const struct inspection *from, struct error *error)
{
	return from->tokens != NULL
		? inspection_set_tokens(inspection, from->tokens, from->length,
			  from->reads_last, error)
		: inspection_set_points(inspection, from->points, from->length,
			  from->reads_last, error);
}
