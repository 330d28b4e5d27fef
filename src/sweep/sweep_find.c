/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Find the runs of a sweep by the names of their model files. */
#include "sweep/sweep_build.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/relevance.h"
#include "run/run.h"
#include "run/run_view.h"
#include "session/model_file.h"
#include "sweep/sweep_axes.h"
#include "sweep/sweep_compare.h"

/* Capacities of the sweep's arrays, while they grow. */
struct finder {
	struct sweep *sweep;
	size_t runs, combinations;
	char first[SWEEP_NAME_SIZE]; /* name of the first model */
};

/* Set the axes from the first name, and compare all others with it. */
static bool
check_axes(struct finder *finder, const char *name,
	const struct sweep_name *parts, struct error *error)
{
	struct sweep *sweep = finder->sweep;
	bool is_same = true;

	if (sweep->count == 0) {
		sweep->axes = parts->axes;
		for (size_t k = 0; k < parts->axes; k++)
			sweep->axis[k].setting = parts->setting[k];
		snprintf(finder->first, sizeof finder->first, "%s", name);
		return true;
	}
	is_same = parts->axes == sweep->axes;
	for (size_t k = 0; is_same && k < parts->axes; k++)
		is_same = parts->setting[k] == sweep->axis[k].setting;
	return is_same ||
		error_set(error,
			"%s: contains models of different sweeps: %s and %s",
			sweep->directory, finder->first, name);
}

/*
 * Make a combination of the values of a name. Return false if the name is not
 * the one that a sweep gives: it is then another file.
 */
static bool
read_values(const char *name, const struct sweep_name *parts,
	struct sweep_combination *combination)
{
	struct sweep sweep = {.axes = parts->axes};
	struct sweep_combination named = {0};
	char text[SWEEP_AXES_MAX][SWEEP_NAME_SIZE], value[SETTINGS_TEXT_SIZE];
	char written[SWEEP_NAME_SIZE];
	struct error ignored;

	settings_default(&combination->settings);
	for (size_t k = 0; k < parts->axes; k++) {
		const struct setting *setting = parts->setting[k];

		if (setting == &setting_seed ||
			!setting_parse(setting, &combination->settings,
				parts->value[k], &ignored))
			return false;
		sweep.axis[k].setting = setting;
		snprintf(text[k], sizeof text[k], "%.255s",
			sweep_value(setting, &combination->settings, value));
		named.value[k] = text[k];
	}
	return sweep_name_write(&sweep, &named, parts->seed, written,
		       &ignored) &&
		strcmp(written, name) == 0;
}

/* Return the index of the combination with the values of a name. */
static size_t
find_combination(const struct sweep *sweep, const struct sweep_name *parts)
{
	for (size_t c = 0; c < sweep->combinations; c++) {
		size_t k = 0;

		while (k < sweep->axes &&
			strcmp(sweep->combination[c].value[k],
				parts->value[k]) == 0)
			k++;
		if (k == sweep->axes)
			return c;
	}
	return sweep->combinations;
}

static bool
add_combination(struct finder *finder, struct sweep_combination *combination,
	struct error *error)
{
	struct sweep *sweep = finder->sweep;

	if (!memory_grow((void **)&sweep->combination, &finder->combinations,
		    sweep->combinations + 1, sizeof *sweep->combination))
		return error_out_of_memory(error);
	sweep->combination[sweep->combinations++] = *combination;
	return sweep_set_values(sweep,
		&sweep->combination[sweep->combinations - 1], error);
}

static bool
add_name(struct finder *finder, const char *name, struct error *error)
{
	struct sweep *sweep = finder->sweep;
	struct sweep_combination combination = {0};
	struct sweep_name parts;
	size_t index;

	if (!sweep_name_read(name, &parts) ||
		!read_values(name, &parts, &combination))
		return true;
	if (!check_axes(finder, name, &parts, error))
		return false;
	if (sweep->count == SWEEP_RUNS_MAX)
		return error_set(error, "%s: more than %d runs",
			sweep->directory, SWEEP_RUNS_MAX);
	index = find_combination(sweep, &parts);
	if (index == sweep->combinations &&
		!add_combination(finder, &combination, error))
		return false;
	return sweep_add_run(sweep, &finder->runs, index, parts.seed, name,
		error);
}

/* Return the place of a combination in the table. */
static size_t
place_of(const struct sweep *sweep, size_t index)
{
	const struct settings *settings = &sweep->combination[index].settings;
	size_t place = 0;

	for (size_t c = 0; c < sweep->combinations; c++) {
		int order = 0;

		for (size_t k = 0; order == 0 && k < sweep->axes; k++)
			order = sweep_value_compare(sweep->axis[k].setting,
				&sweep->combination[c].settings, settings);
		place += order < 0;
	}
	return place;
}

/* Sort the combinations, which the directory lists in any order. */
static bool
sort_combinations(struct sweep *sweep, struct error *error)
{
	size_t count = sweep->combinations;
	struct sweep_combination *sorted = memory_new(count, sizeof *sorted);
	size_t *places = memory_new(count, sizeof *places);

	if (sorted == NULL || places == NULL) {
		free(sorted);
		free(places);
		return error_out_of_memory(error);
	}
	for (size_t c = 0; c < count; c++) {
		places[c] = place_of(sweep, c);
		sorted[places[c]] = sweep->combination[c];
	}
	for (size_t i = 0; i < sweep->count; i++)
		sweep->runs[i].combination = places[sweep->runs[i].combination];
	free(places);
	free(sweep->combination);
	sweep->combination = sorted;
	sweep_sort(sweep);
	return true;
}

/*
 * Take the settings of a combination from its first model, except the values of
 * the name, which the model must have: sweep_load_run compares them.
 */
static void
take_settings(const struct sweep *sweep, struct sweep_combination *combination,
	const struct run *run)
{
	combination->settings = *run_settings(run);
	/* owned by the run */
	combination->settings.data_bytes = NULL;
	combination->data_hash = run_data_hash(run);
	for (size_t k = 0; k < sweep->axes; k++) {
		const struct setting *setting = sweep->axis[k].setting;
		struct error ignored;

		/* the name of a file lacks its folder */
		if (setting->type != SETTING_PATH)
			setting_parse(setting, &combination->settings,
				combination->value[k], &ignored);
	}
}

/* Whether the sweep varies more than the size of the model. */
static bool
varies_more(const struct sweep *sweep)
{
	return sweep->axes > 1 || sweep->axis[0].setting != &setting_units;
}

/* Whether a setting may differ between combinations that do not vary it. */
static bool
follows(const struct sweep *sweep, const struct setting *setting,
	const struct settings *settings, const struct settings *first)
{
	const char *initial = settings_default_text(settings, setting);
	char text[SETTINGS_TEXT_SIZE], other[SETTINGS_TEXT_SIZE];

	if (setting == &setting_target || setting == &setting_seed ||
		setting == &setting_data || setting->chooses != NULL ||
		sweep_axis_of(sweep, setting) != NULL ||
		!setting_is_relevant(settings, setting) ||
		!setting_is_relevant(first, setting))
		return true;
	/* the default decay of a text depends on the data and the batch */
	if (setting == &setting_decay || setting == &setting_decay_after)
		return true;
	/* the data decide the task */
	if (setting == &setting_task &&
		sweep_axis_of(sweep, &setting_data) != NULL)
		return true;
	setting_format(setting, settings, text);
	/* the default of a varied kind */
	return (varies_more(sweep) && initial != NULL &&
		       strcmp(text, initial) == 0) ||
		strcmp(text, setting_format(setting, first, other)) == 0;
}

/* Check that the models of two combinations belong to the same sweep. */
static bool
check_combination(const struct sweep *sweep, size_t index, struct error *error)
{
	const struct sweep_combination *first = &sweep->combination[0];
	const struct sweep_combination *other = &sweep->combination[index];
	const char *model = sweep->runs[other->first].model;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		char text[SETTINGS_TEXT_SIZE], wanted[SETTINGS_TEXT_SIZE];

		if (follows(sweep, setting, &other->settings, &first->settings))
			continue;
		return error_set(error,
			"%s: not part of this sweep: its %s is '%s' instead of "
			"'%s'",
			model, setting->option,
			setting_format(setting, &other->settings, text),
			setting_format(setting, &first->settings, wanted));
	}
	/* another way of reading the data gives another hash */
	if (sweep_varies_measure(sweep) || other->data_hash == first->data_hash)
		return true;
	return error_set(error, "%s: not part of this sweep: its data differ",
		model);
}

/* Read the settings of each combination, and the largest target of each. */
static bool
read_settings(struct sweep *sweep, struct error *error)
{
	for (size_t i = 0; i < sweep->count; i++) {
		struct sweep_combination *combination =
			&sweep->combination[sweep->runs[i].combination];
		struct run *run = model_file_open(sweep->context,
			sweep->runs[i].model, error);
		bool is_first = i == combination->first;
		uint64_t target;

		if (run == NULL)
			return false;
		target = run_settings(run)->target;
		if (is_first)
			take_settings(sweep, combination, run);
		else if (target > combination->settings.target)
			combination->settings.target = target;
		run_destroy(run);
		if (is_first && combination != sweep->combination &&
			!check_combination(sweep, sweep->runs[i].combination,
				error))
			return false;
	}
	return true;
}

bool
sweep_find(struct sweep *sweep, const struct context *context,
	const char *directory, struct error *error)
{
	struct finder finder = {.sweep = sweep};
	DIR *stream;
	const struct dirent *entry;
	bool ok = true;

	if (!sweep_begin(sweep, context, directory, error))
		return false;
	stream = opendir(directory);
	if (stream == NULL)
		return error_set(error, "%s: %s", directory, strerror(errno));
	while (ok && (entry = readdir(stream)) != NULL)
		ok = add_name(&finder, entry->d_name, error);
	closedir(stream);
	if (!ok)
		return false;
	if (sweep->count == 0)
		return error_set(error, "%s: contains no model of a sweep",
			directory);
	sweep->is_collected = true;
	return sort_combinations(sweep, error) && read_settings(sweep, error);
}
