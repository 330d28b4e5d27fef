/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspect/inspection.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

bool
inspection_create(struct inspection *inspection, const struct run *run,
	struct error *error)
{
	const struct settings *settings = run_settings(run);
	const struct model *model = run_model(run);

	*inspection = (struct inspection){
		.run = run,
		.features = run_features(run),
		.framing = settings_framing(settings),
		.loss_config = settings_loss(settings, run_features(run)),
	};
	if (run_task(run)->is_text)
		inspection->rule = reset_rule_create(settings->reset_at,
			run_vocabulary(run));
	while (model->shape.cell->views[inspection->views].name != NULL)
		inspection->views++;
	if (!model_create(&inspection->model, model->context, &model->shape,
		    error))
		return false;
	inspection->d_output = memory_floats(model->shape.outputs);
	return inspection->d_output != NULL || error_out_of_memory(error);
}

const float *
inspection_input(const struct inspection *inspection, size_t step)
{
	return inspection->shown +
		inspection->step[step].input * inspection->features;
}

const float *
inspection_target(const struct inspection *inspection, size_t step)
{
	size_t target = inspection->step[step].target;

	return target == INSPECTION_NONE
		? NULL
		: inspection->shown + target * inspection->features;
}

uint32_t
inspection_input_token(const struct inspection *inspection, size_t step)
{
	return inspection->tokens[inspection->step[step].input];
}

uint32_t
inspection_target_token(const struct inspection *inspection, size_t step)
{
	size_t target = inspection->step[step].target;

	return target == INSPECTION_NONE ? UINT32_MAX
					 : inspection->tokens[target];
}

const float *
inspection_output(const struct inspection *inspection, size_t step)
{
	return inspection->output + step * inspection->features;
}

double
inspection_loss(const struct inspection *inspection, size_t step)
{
	return inspection->loss[step];
}

double
inspection_mean_loss(const struct inspection *inspection)
{
	double sum = 0;

	for (size_t i = 0; i < inspection->steps; i++)
		if (inspection->step[i].target != INSPECTION_NONE)
			sum += inspection->loss[i];
	return inspection->predicted > 0 ? sum / (double)inspection->predicted
					 : (double)NAN;
}

double
inspection_error(const struct inspection *inspection, size_t step)
{
	const float *output = inspection_output(inspection, step);
	const float *target = inspection_target(inspection, step);
	double sum = 0;

	if (target == NULL)
		return NAN;
	for (size_t f = 0; f < inspection->features; f++)
		sum += fabs((double)output[f] - (double)target[f]);
	return sum / (double)inspection->features;
}

const float *
inspection_values(const struct inspection *inspection, size_t layer,
	size_t view, size_t step)
{
	return inspection->values[layer] +
		(step * inspection->views + view) *
		inspection->model.shape.units[layer];
}

size_t
inspection_view(const struct inspection *inspection, const char *name)
{
	const struct cell_view *views = inspection->model.shape.cell->views;
	size_t view = 0;

	while (view < inspection->views && strcmp(views[view].name, name) != 0)
		view++;
	return view;
}
