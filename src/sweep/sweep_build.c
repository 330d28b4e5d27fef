/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_build.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/sweep_axes.h"

bool
sweep_begin(struct sweep *sweep, const struct context *context,
	const char *directory, struct error *error)
{
	size_t length = strlen(directory);

	*sweep = (struct sweep){.context = context, .evaluated = 10000};
	sweep->directory = memory_string(directory);
	if (sweep->directory == NULL)
		return error_out_of_memory(error);
	while (length > 1 && sweep->directory[length - 1] == '/')
		sweep->directory[--length] = '\0';
	return true;
}

bool
sweep_add_run(struct sweep *sweep, size_t *capacity, size_t combination,
	uint64_t seed, const char *name, struct error *error)
{
	struct sweep_run run = {.combination = combination,
		.seed = seed,
		.seconds = NAN,
		.bits = NAN};
	char path[PATH_MAX];

	if (snprintf(path, sizeof path, "%s/%s", sweep->directory, name) >=
		PATH_MAX)
		return error_set(error, "%s: the name is too long",
			sweep->directory);
	if (!memory_grow((void **)&sweep->runs, capacity, sweep->count + 1,
		    sizeof run))
		return error_out_of_memory(error);
	run.model = memory_string(path);
	if (run.model == NULL)
		return error_out_of_memory(error);
	sweep->runs[sweep->count++] = run;
	return true;
}

static int
compare_runs(const void *a, const void *b)
{
	const struct sweep_run *left = a, *right = b;

	if (left->combination != right->combination)
		return left->combination < right->combination ? -1 : 1;
	return (left->seed > right->seed) - (left->seed < right->seed);
}

void
sweep_sort(struct sweep *sweep)
{
	qsort(sweep->runs, sweep->count, sizeof *sweep->runs, compare_runs);
	for (size_t i = 0; i < sweep->count; i++) {
		struct sweep_combination *combination =
			&sweep->combination[sweep->runs[i].combination];

		if (combination->count++ == 0)
			combination->first = i;
	}
}

bool
sweep_set_values(const struct sweep *sweep,
	struct sweep_combination *combination, struct error *error)
{
	for (size_t k = 0; k < sweep->axes; k++) {
		char text[SETTINGS_TEXT_SIZE];

		combination->value[k] =
			memory_string(sweep_value(sweep->axis[k].setting,
				&combination->settings, text));
		if (combination->value[k] == NULL)
			return error_out_of_memory(error);
	}
	return true;
}

bool
sweep_name_combination(const struct sweep *sweep,
	const struct sweep_combination *combination, struct error *error)
{
	char text[ERROR_TEXT_SIZE / 2] = "";
	size_t length = 0;

	for (size_t k = 0; k < sweep->axes && length < sizeof text; k++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%s%s=%s", k > 0 ? " " : "",
			sweep->axis[k].setting->option, combination->value[k]);
	return error_prefix(error, "%s", text);
}
