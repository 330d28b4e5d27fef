/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep.h"

#include <stdlib.h>
#include <string.h>

void
sweep_destroy(struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->count; i++) {
		free(sweep->runs[i].model);
		free(sweep->runs[i].shape);
	}
	for (size_t c = 0; c < sweep->combinations; c++)
		for (size_t k = 0; k < SWEEP_AXES_MAX; k++)
			free(sweep->combination[c].value[k]);
	for (size_t k = 0; k < sweep->axes; k++) {
		for (size_t i = 0; i < sweep->axis[k].count; i++)
			free(sweep->axis[k].value[i]);
		free(sweep->axis[k].value);
	}
	free(sweep->runs);
	free(sweep->combination);
	free(sweep->directory);
	*sweep = (struct sweep){0};
}

const struct settings *
sweep_settings(const struct sweep *sweep, const struct sweep_run *run)
{
	return &sweep->combination[run->combination].settings;
}

const struct sweep_axis *
sweep_axis_of(const struct sweep *sweep, const struct setting *setting)
{
	for (size_t k = 0; k < sweep->axes; k++)
		if (sweep->axis[k].setting == setting)
			return &sweep->axis[k];
	return NULL;
}

bool
sweep_has_one_task(const struct sweep *sweep)
{
	for (size_t c = 1; c < sweep->combinations; c++)
		if (sweep->combination[c].settings.task !=
			sweep->combination[0].settings.task)
			return false;
	return true;
}

const char *
sweep_shape_error_name(const struct sweep *sweep)
{
	const char *name = NULL;

	for (size_t c = 0; c < sweep->combinations; c++) {
		const struct task *task = sweep->combination[c].settings.task;

		if (task->shape_error == NULL)
			continue;
		if (name != NULL && strcmp(name, task->shape_error_name) != 0)
			return "shape_error";
		name = task->shape_error_name;
	}
	return name;
}

bool
sweep_is_text(const struct sweep *sweep, size_t combination)
{
	return sweep->combination[combination].settings.task->is_text;
}

bool
sweep_draws(const struct sweep *sweep)
{
	for (size_t c = 0; c < sweep->combinations; c++)
		if (!sweep_is_text(sweep, c))
			return true;
	return false;
}

uint64_t
sweep_target(const struct sweep *sweep)
{
	uint64_t target = 0;

	for (size_t c = 0; c < sweep->combinations; c++)
		if (sweep->combination[c].settings.target > target)
			target = sweep->combination[c].settings.target;
	return target;
}

size_t
sweep_finished(const struct sweep *sweep)
{
	size_t finished = 0;

	for (size_t i = 0; i < sweep->count; i++)
		finished += sweep->runs[i].is_finished;
	return finished;
}
