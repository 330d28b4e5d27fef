/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "session/model_file.h"
#include "run/relevance.h"

/* Parts of the name of a run's model file. */
#define NAME_BEFORE_UNITS "units-"
#define NAME_BEFORE_SEED "-seed-"
#define NAME_END ".safetensors"

static int
compare_runs(const void *a, const void *b)
{
	const struct sweep_run *left = a, *right = b;

	if (left->units != right->units)
		return left->units < right->units ? -1 : 1;
	return (left->seed > right->seed) - (left->seed < right->seed);
}

static bool
add_run(struct sweep *sweep, size_t *capacity, size_t units, uint64_t seed,
	struct error *error)
{
	struct sweep_run run = {.units = units, .seed = seed, .seconds = NAN};
	char path[PATH_MAX];

	if (sweep->count == SWEEP_RUNS_MAX)
		return error_set_usage(error,
			"a sweep has at most %d runs; use fewer sizes or seeds",
			SWEEP_RUNS_MAX);
	if (snprintf(path, sizeof path,
		    "%s/" NAME_BEFORE_UNITS "%zu" NAME_BEFORE_SEED
		    "%llu" NAME_END,
		    sweep->directory, units,
		    (unsigned long long)seed) >= PATH_MAX)
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

static bool
init_sweep(struct sweep *sweep, const struct context *context,
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

static bool
add_sizes(struct sweep *sweep, size_t *capacity, const char *sizes,
	uint64_t first_seed, uint64_t seeds, struct error *error)
{
	for (;;) {
		size_t length = strcspn(sizes, ",");
		char number[32] = "";
		uint64_t units;

		if (length < sizeof number)
			memcpy(number, sizes, length);
		if (!number_parse_count(number, MODEL_UNITS_MAX, &units) ||
			units == 0)
			return error_set_usage(error,
				"--units: '%.*s' is not a number of units from "
				"1 to %d",
				(int)(length < 60 ? length : 60), sizes,
				MODEL_UNITS_MAX);
		for (size_t i = 0; i < sweep->count; i++)
			if (sweep->runs[i].units == units)
				return error_set_usage(error,
					"--units: %s is listed twice", number);
		for (uint64_t s = 0; s < seeds; s++)
			if (!add_run(sweep, capacity, (size_t)units,
				    first_seed + s, error))
				return false;
		if (sizes[length] == '\0')
			return true;
		sizes += length + 1;
	}
}

static bool
check_task(const struct settings *settings, struct error *error)
{
	const struct task *task = settings->task;

	return !task->is_text ||
		error_set_usage(error,
			"a sweep compares shapes; the task text is not "
			"supported");
}

bool
sweep_plan(struct sweep *sweep, const struct context *context,
	const char *directory, const char *sizes, uint64_t first_seed,
	uint64_t seeds, const struct settings *settings, settings_mask given,
	struct error *error)
{
	size_t capacity = 0;

	if (!init_sweep(sweep, context, directory, error))
		return false;
	sweep->settings = *settings;
	settings_choose_task(&sweep->settings, &given);
	if (!add_sizes(sweep, &capacity, sizes, first_seed, seeds, error) ||
		!settings_complete(&sweep->settings, given, error) ||
		!settings_check_relevance(&sweep->settings, given, error) ||
		!check_task(&sweep->settings, error))
		return false;
	if (sweep->settings.target == 0)
		return error_set_usage(error,
			"--updates 0: a sweep requires a number of updates");
	qsort(sweep->runs, sweep->count, sizeof *sweep->runs, compare_runs);
	return true;
}

/* Parse a count without sign or leading zeros, and move *text after it. */
static bool
parse_count(const char **text, uint64_t *value)
{
	char number[NUMBER_TEXT_SIZE] = "";
	size_t length = strspn(*text, "0123456789");

	if (length == 0 || length >= sizeof number ||
		((*text)[0] == '0' && length > 1))
		return false;
	memcpy(number, *text, length);
	*text += length;
	return number_parse_count(number, UINT64_MAX, value);
}

/* Skip a word. Return false if *text does not begin with it. */
static bool
skip_word(const char **text, const char *word)
{
	if (strncmp(*text, word, strlen(word)) != 0)
		return false;
	*text += strlen(word);
	return true;
}

/* Parse the name of a run's model file. Return false for any other name. */
static bool
parse_name(const char *name, uint64_t *units, uint64_t *seed)
{
	return skip_word(&name, NAME_BEFORE_UNITS) &&
		parse_count(&name, units) &&
		skip_word(&name, NAME_BEFORE_SEED) &&
		parse_count(&name, seed) && strcmp(name, NAME_END) == 0;
}

/* Read the settings of the first model file, and the largest target of all. */
static bool
read_settings(struct sweep *sweep, struct error *error)
{
	bool ok = true;

	for (size_t i = 0; ok && i < sweep->count; i++) {
		struct run *run = model_file_open(sweep->context,
			sweep->runs[i].model, error);
		uint64_t max = sweep->settings.target;

		ok = run != NULL;
		if (ok && i == 0) {
			sweep->settings = *run_settings(run);
			sweep->data_hash = run_data_hash(run);
			ok = check_task(run_settings(run), error) ||
				error_prefix(error, "%s", sweep->runs[i].model);
		} else if (ok && run_settings(run)->target > max) {
			sweep->settings.target = run_settings(run)->target;
		}
		run_destroy(run);
	}
	return ok;
}

bool
sweep_find(struct sweep *sweep, const struct context *context,
	const char *directory, struct error *error)
{
	DIR *stream;
	const struct dirent *entry;
	size_t capacity = 0;
	bool ok = true;

	if (!init_sweep(sweep, context, directory, error))
		return false;
	stream = opendir(directory);
	if (stream == NULL)
		return error_set(error, "%s: %s", directory, strerror(errno));
	while (ok && (entry = readdir(stream)) != NULL) {
		uint64_t units, seed;

		if (parse_name(entry->d_name, &units, &seed) &&
			units <= MODEL_UNITS_MAX)
			ok = add_run(sweep, &capacity, (size_t)units, seed,
				error);
	}
	closedir(stream);
	if (!ok)
		return false;
	if (sweep->count == 0)
		return error_set(error, "%s: contains no model of a sweep",
			directory);
	qsort(sweep->runs, sweep->count, sizeof *sweep->runs, compare_runs);
	sweep->is_collected = true;
	return read_settings(sweep, error);
}

void
sweep_destroy(struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->count; i++) {
		free(sweep->runs[i].model);
		free(sweep->runs[i].shape);
	}
	free(sweep->runs);
	free(sweep->directory);
	*sweep = (struct sweep){0};
}

size_t
sweep_sizes(const struct sweep *sweep)
{
	size_t sizes = 0;

	for (size_t i = 0; i < sweep->count; i++)
		if (i == 0 || sweep->runs[i].units != sweep->runs[i - 1].units)
			sizes++;
	return sizes;
}

/* Return the finished run of median loss, the lower one of two. */
static size_t
median_run(const struct sweep *sweep, const struct sweep_size *size)
{
	const struct sweep_run *runs = sweep->runs;
	size_t end = size->first + size->count;

	for (size_t i = size->first; i < end; i++) {
		size_t below = 0;

		if (!runs[i].is_evaluated)
			continue;
		for (size_t k = size->first; k < end; k++)
			below += runs[k].is_evaluated &&
				(runs[k].loss < runs[i].loss ||
					(k < i &&
						runs[k].loss == runs[i].loss));
		if (below == (size->finished - 1) / 2)
			return i;
	}
	return SIZE_MAX;
}

struct sweep_size
sweep_size(const struct sweep *sweep, size_t first)
{
	const struct sweep_run *runs = sweep->runs;
	struct sweep_size size = {
		.first = first,
		.units = runs[first].units,
		.min = INFINITY,
		.max = -INFINITY,
	};
	double squares = 0;

	for (size_t i = first; i < sweep->count && runs[i].units == size.units;
		i++) {
		size.count++;
		if (!runs[i].is_evaluated)
			continue;
		if (size.finished == 0 || runs[i].updates < size.updates_min)
			size.updates_min = runs[i].updates;
		if (runs[i].updates > size.updates_max)
			size.updates_max = runs[i].updates;
		size.finished++;
		size.parameters = runs[i].parameters;
		size.mean += runs[i].loss;
		size.shape_error += runs[i].shape_error;
		size.degenerate += runs[i].is_degenerate;
		size.min = fmin(size.min, runs[i].loss);
		size.max = fmax(size.max, runs[i].loss);
	}
	size.mean /= (double)size.finished;
	size.shape_error /= (double)size.finished;
	for (size_t i = first; i < first + size.count; i++)
		if (runs[i].is_evaluated)
			squares += pow(runs[i].loss - size.mean, 2);
	size.spread = size.finished > 1
		? sqrt(squares / (double)(size.finished - 1))
		: NAN;
	size.median = median_run(sweep, &size);
	return size;
}

void
sweep_updates(const struct sweep *sweep, uint64_t *min, uint64_t *max)
{
	*min = *max = 0;
	for (size_t i = 0; i < sweep->count; i++) {
		uint64_t updates = sweep->runs[i].updates;

		if (!sweep->runs[i].is_evaluated)
			continue;
		if (*max == 0 || updates < *min)
			*min = updates;
		if (updates > *max)
			*max = updates;
	}
}

size_t
sweep_finished(const struct sweep *sweep)
{
	size_t finished = 0;

	for (size_t i = 0; i < sweep->count; i++)
		finished += sweep->runs[i].is_finished;
	return finished;
}
