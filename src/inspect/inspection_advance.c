/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of an inspection, one after the other. */
#include "inspect/inspection_stages.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Set the steps that start from zero, and measure the stretches. */
static void
measure_stretches(struct inspection *inspection)
{
	inspection->longest = 0;
	inspection->has_equal = true;
	for (size_t i = 0; i < inspection->steps; i++)
		inspection->step[i].from_zero = inspection->step[i].is_first ||
			inspection->config.no_memory;
	for (size_t i = 0, count; i < inspection->steps; i += count) {
		count = inspection_stretch(inspection, i, inspection->steps);
		inspection->has_equal &= i == 0 || count == inspection->longest;
		if (count > inspection->longest)
			inspection->longest = count;
	}
}

static void
limit_connectivity(struct inspection_config *config, size_t steps)
{
	if (config->connected_first > steps)
		config->connected_first = steps;
	if (config->connected > steps - config->connected_first)
		config->connected = steps - config->connected_first;
}

bool
inspection_create_state(struct inspection *inspection, struct error *error)
{
	const struct model_shape *shape = &inspection->model.shape;
	size_t samples = inspection->forward.pass.samples_max, units = 0, size;

	if (samples < inspection->to_inputs.pass.samples_max)
		samples = inspection->to_inputs.pass.samples_max;
	for (size_t l = 0; l < shape->layers; l++)
		if (shape->units[l] > units)
			units = shape->units[l];
	free(inspection->state);
	inspection->state = NULL;
	if (memory_product(samples, cell_states(shape->cell) * units, &size))
		inspection->state = memory_floats(size);
	return inspection->state != NULL || error_out_of_memory(error);
}

bool
inspection_begin(struct inspection *inspection,
	const struct inspection_config *config, struct error *error)
{
	assert(inspection->steps > 0);
	inspection->stage = INSPECTION_DONE;
	inspection->config = *config;
	inspection->first_row = 0;
	limit_connectivity(&inspection->config, inspection->steps);
	measure_stretches(inspection);
	if (!inspection_begin_values(inspection, error) ||
		(config->has_gradient &&
			!inspection_begin_gradient(inspection, error)) ||
		(inspection->config.connected > 0 &&
			!inspection_begin_connectivity(inspection, error)) ||
		!inspection_create_state(inspection, error))
		return false;
	memcpy(inspection->model.values, run_model(inspection->run)->values,
		inspection->model.parameters.packed_total * sizeof(float));
	inspection->stage = INSPECTION_VALUES;
	inspection->at = 0;
	inspection->is_under_way = false;
	return true;
}

/* Go on to the next stage that has something to do. */
static void
next_stage(struct inspection *inspection)
{
	const struct inspection_config *config = &inspection->config;

	inspection->at = 0;
	if (inspection->stage == INSPECTION_VALUES && config->has_gradient) {
		inspection->stage = INSPECTION_GRADIENT;
	} else if (inspection->stage != INSPECTION_CONNECTIVITY &&
		config->connected > 0) {
		inspection->stage = INSPECTION_CONNECTIVITY;
		inspection->at = config->connected_first;
		inspection->at_output = 0;
	} else {
		inspection->stage = INSPECTION_DONE;
	}
}

uint64_t
inspection_advance(struct inspection *inspection)
{
	uint64_t cost = 0;

	switch (inspection->stage) {
	case INSPECTION_VALUES:
		cost = inspection_advance_values(inspection);
		break;
	case INSPECTION_GRADIENT:
		cost = inspection_advance_gradient(inspection);
		break;
	case INSPECTION_CONNECTIVITY:
		cost = inspection_advance_connectivity(inspection);
		break;
	case INSPECTION_DONE:
		return 0;
	}
	if (inspection->at == inspection->steps && !inspection->is_under_way)
		next_stage(inspection);
	return cost + 1;
}

bool
inspection_compute(struct inspection *inspection,
	const struct inspection_config *config, struct error *error)
{
	if (!inspection_begin(inspection, config, error))
		return false;
	while (!inspection_is_done(inspection))
		inspection_advance(inspection);
	return true;
}
