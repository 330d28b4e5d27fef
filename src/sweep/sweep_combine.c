/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plan a sweep: combine the values of the varied settings. */
#include "sweep/sweep_build.h"

#include <string.h>

#include "base/memory.h"
#include "base/signals.h"
#include "run/relevance.h"
#include "run/run.h"
#include "run/run_view.h"
#include "sweep/sweep_axes.h"

static settings_mask
axes_mask(const struct sweep *sweep)
{
	settings_mask mask = 0;

	for (size_t k = 0; k < sweep->axes; k++)
		mask |= settings_bit(sweep->axis[k].setting);
	return mask;
}

/* Return a given option that sets the same as a setting, or NULL. */
static const struct setting *
find_given(const struct setting *setting, settings_mask given)
{
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (settings_are_given(given, setting_list[i]) &&
			setting_list[i]->offset == setting->offset)
			return setting_list[i];
	return NULL;
}

static bool
add_axes(struct sweep *sweep, const struct sweep_request *request,
	struct error *error)
{
	for (size_t i = 0; i < request->varied; i++) {
		const struct setting *given;

		if (!sweep_axes_add(sweep, request->vary[i], error))
			return false;
		given = find_given(sweep->axis[i].setting, request->given);
		if (given != NULL)
			return error_set_usage(error,
				"--%s contradicts --vary %s", given->option,
				sweep->axis[i].setting->option);
	}
	return request->units == NULL ||
		sweep_axes_add_option(sweep, &setting_units, request->units,
			error);
}

/* Count the combinations; there are at most SWEEP_RUNS_MAX runs. */
static bool
count_combinations(const struct sweep *sweep, uint64_t seeds, size_t *count,
	struct error *error)
{
	*count = 1;
	for (size_t k = 0; k < sweep->axes; k++)
		if (!memory_product(*count, sweep->axis[k].count, count))
			*count = SIZE_MAX;
	if (*count > SWEEP_RUNS_MAX / seeds)
		return error_set_usage(error,
			"a sweep has at most %d runs; use fewer values or "
			"seeds",
			SWEEP_RUNS_MAX);
	return true;
}

/* Set the varied settings of a combination; the last axis varies fastest. */
static void
choose_values(const struct sweep *sweep, size_t index,
	struct settings *settings)
{
	for (size_t k = sweep->axes; k-- > 0;) {
		const struct sweep_axis *axis = &sweep->axis[k];
		struct error ignored;

		setting_parse(axis->setting, settings,
			axis->value[index % axis->count], &ignored);
		index /= axis->count;
	}
}

/* Return those of the settings that have an effect. */
static settings_mask
relevant(const struct settings *settings, settings_mask given)
{
	settings_mask mask = 0;

	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (settings_are_given(given, setting_list[i]) &&
			setting_is_relevant(settings, setting_list[i]))
			mask |= settings_bit(setting_list[i]);
	return mask;
}

static bool
complete(struct settings *settings, settings_mask given, settings_mask axes,
	struct error *error)
{
	if (!settings_complete(settings, given, error) ||
		!settings_check_relevance(settings, axes, error))
		return false;
	return settings->target > 0 ||
		error_set_usage(error,
			"--updates 0: a sweep requires a number of updates");
}

/* Add the settings of a combination. */
static bool
combine(struct sweep *sweep, const struct sweep_request *request, size_t index,
	struct error *error)
{
	struct sweep_combination *combination = &sweep->combination[index];
	settings_mask axes = axes_mask(sweep);
	settings_mask given = request->given | axes;

	combination->settings = *request->settings;
	choose_values(sweep, index, &combination->settings);
	if (!sweep_set_values(sweep, combination, error))
		return false;
	sweep->combinations++;
	settings_choose_task(&combination->settings, &given);
	if (!complete(&combination->settings, given, axes, error))
		return request->varied == 0
			? false
			: sweep_name_combination(sweep, combination, error);
	combination->given = relevant(&combination->settings, given);
	return true;
}

/* Refuse given settings that have no effect in any combination. */
static bool
check_given(const struct sweep *sweep, const struct sweep_request *request,
	struct error *error)
{
	settings_mask effective = 0;

	for (size_t c = 0; c < sweep->combinations; c++)
		effective |= sweep->combination[c].given;
	return settings_check_relevance(&sweep->combination[0].settings,
		request->given & ~effective, error);
}

static bool
add_runs(struct sweep *sweep, const struct sweep_request *request,
	struct error *error)
{
	size_t capacity = 0;

	for (size_t c = 0; c < sweep->combinations; c++)
		for (uint64_t s = 0; s < request->seeds; s++) {
			uint64_t seed = request->first_seed + s;
			char name[SWEEP_NAME_SIZE];

			if (!sweep_name_write(sweep, &sweep->combination[c],
				    seed, name, error) ||
				!sweep_add_run(sweep, &capacity, c, seed, name,
					error))
				return false;
		}
	sweep_sort(sweep);
	return true;
}

bool
sweep_plan(struct sweep *sweep, const struct context *context,
	const char *directory, const struct sweep_request *request,
	struct error *error)
{
	size_t count;

	if (!sweep_begin(sweep, context, directory, error) ||
		!add_axes(sweep, request, error) ||
		!count_combinations(sweep, request->seeds, &count, error))
		return false;
	sweep->combination = memory_new(count, sizeof *sweep->combination);
	if (sweep->combination == NULL)
		return error_out_of_memory(error);
	for (size_t c = 0; c < count; c++)
		if (!combine(sweep, request, c, error))
			return false;
	return check_given(sweep, request, error) &&
		add_runs(sweep, request, error);
}

/* Whether two combinations differ in nothing but their units. */
static bool
differ_in_units(const struct sweep *sweep, const struct sweep_combination *a,
	const struct sweep_combination *b)
{
	for (size_t k = 0; k < sweep->axes; k++)
		if (sweep->axis[k].setting != &setting_units &&
			sweep_value_compare(sweep->axis[k].setting,
				&a->settings, &b->settings) != 0)
			return false;
	return true;
}

/*
 * Take over what the data decide from a combination that differs in nothing but
 * its units, so that large layers are not initialized in vain. Return false if
 * there is none.
 */
static bool
take_over(struct sweep *sweep, size_t index)
{
	struct sweep_combination *to = &sweep->combination[index];

	for (size_t c = index; c-- > 0;) {
		const struct sweep_combination *from = &sweep->combination[c];

		if (!differ_in_units(sweep, from, to))
			continue;
		to->data_hash = from->data_hash;
		to->settings.decay = from->settings.decay;
		to->settings.decay_after = from->settings.decay_after;
		return true;
	}
	return false;
}

static bool
try_combination(struct sweep *sweep, size_t index, struct error *error)
{
	struct sweep_combination *combination = &sweep->combination[index];
	struct settings settings = combination->settings;
	struct run *run;

	settings.seed = sweep->runs[combination->first].seed;
	run = run_create(sweep->context, &settings, NULL, error);
	if (run == NULL)
		return false;
	combination->data_hash = run_data_hash(run);
	combination->settings.decay = run_settings(run)->decay;
	combination->settings.decay_after = run_settings(run)->decay_after;
	run_destroy(run);
	return true;
}

bool
sweep_try(struct sweep *sweep, struct error *error)
{
	bool is_named =
		sweep->axes > 1 || sweep_axis_of(sweep, &setting_units) == NULL;

	for (size_t c = 0; c < sweep->combinations; c++) {
		if (signals_caught() != 0)
			return error_set(error, "%s", "");
		if (!take_over(sweep, c) && !try_combination(sweep, c, error))
			return is_named ? sweep_name_combination(sweep,
						  &sweep->combination[c], error)
					: false;
	}
	return true;
}
