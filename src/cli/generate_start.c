/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/generate_start.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "cli/data_note.h"
#include "cli/start_points.h"
#include "run/generate.h"
#include "run/moved_data.h"
#include "run/run_data.h"
#include "task/framing.h"

/* Advice on changed data of a run. */
#define ADVICE_CHANGED "--data FILE goes on from other data"

bool
generate_start_is_end(const struct arguments *arguments)
{
	return arguments->start != NULL && strcmp(arguments->start, "end") == 0;
}

static bool
copy(struct generate_start *start, const struct run *run, const float *points,
	size_t count, struct error *error)
{
	size_t size = count * run_features(run);

	start->points = memory_floats(size);
	if (start->points == NULL)
		return error_out_of_memory(error);
	memcpy(start->points, points, size * sizeof *points);
	start->count = count;
	return true;
}

/*
 * Take the end of the last sequence: all of it if the state is carried, so that
 * the model knows what came before, else one input.
 */
static bool
take_end(struct generate_start *start, const struct run *run,
	const struct sequences *data, const char *path, struct error *error)
{
	struct framing_config framing = settings_framing(run_settings(run));
	size_t starts = framing_start_points(framing);
	size_t end = data->start[data->count];
	size_t length = end - data->start[data->count - 1];
	size_t count = framing.framing->carries_state ? length : starts;

	start->is_hidden = true;
	if (length < starts)
		return error_set(error,
			"%s: the last sequence has %zu points, fewer than the "
			"%zu of a window",
			path, length, starts);
	return copy(start, run, data->values + (end - count) * data->features,
		count, error);
}

/* Read the points from the data of the run or, if given, of --data. */
static bool
read_end(struct generate_start *start, const struct run *run,
	const struct arguments *arguments, struct error *error)
{
	const char *given = arguments->session.settings.data;
	const char *path = given[0] != '\0' ? given : run_settings(run)->data;
	struct sequences *data = &start->data;

	if (path[0] == '\0')
		return error_set_usage(error,
			"--start end: the model was not trained on a file; "
			"--data FILE goes on from one");
	if (!run_data_read(data, run, path, false, error))
		return path != given &&
			moved_data_explain(path, MOVED_DATA_OPTION, error);
	if (path == given && !arguments->quiet)
		data_note_print(data, path);
	return (path == given ||
		       moved_data_check(path, data->hash, run_data_hash(run),
			       ADVICE_CHANGED, error)) &&
		take_end(start, run, data, path, error);
}

bool
generate_start_choose(struct generate_start *start, const struct run *run,
	const struct arguments *arguments, struct error *error)
{
	size_t starts =
		framing_start_points(settings_framing(run_settings(run)));

	*start = (struct generate_start){0};
	if (generate_start_is_end(arguments))
		return read_end(start, run, arguments, error);
	if (arguments->start != NULL)
		return start_points_parse(run, arguments->start, &start->points,
			&start->count, error);
	start->points = memory_floats(starts * run_features(run));
	if (start->points == NULL)
		return error_out_of_memory(error);
	start->count = starts;
	run_start(run, start->points);
	return true;
}

void
generate_start_destroy(struct generate_start *start)
{
	free(start->points);
	sequences_destroy(&start->data);
	*start = (struct generate_start){0};
}

bool
generate_start_length(const struct generate_start *start, const struct run *run,
	const struct arguments *arguments, size_t *length, struct error *error)
{
	if (arguments->length == 0) {
		*length = start->is_hidden
			? generator_forecast(run)
			: generator_length(run, start->count);
		return true;
	}
	*length = (size_t)arguments->length;
	return arguments->start == NULL || start->is_hidden ||
		*length >= start->count ||
		error_set_usage(error,
			translate_count(
				"--length: the %zu point of --start is written "
				"first; a length of %zu is less",
				"--length: the %zu points of --start are "
				"written first; a length of %zu is less",
				start->count),
			start->count, *length);
}
