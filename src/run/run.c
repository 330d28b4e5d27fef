/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"
#include "run/run_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/footprint.h"
#include "run/moved_data.h"
#include "task/data_report.h"

/* Points in a generated sequence of a run that has not read data. */
enum { UNREAD_LENGTH = 100 };

/* Check that every sequence of the data has at least one sample. */
static bool
check_lengths(const struct run *run, struct error *error)
{
	size_t min = framing_min(settings_framing(&run->state.settings));

	for (size_t k = 0; k < run->data.count; k++)
		if (run->data.start[k + 1] - run->data.start[k] < min)
			return error_set(error,
				"%s: sequence %zu has %zu points, "
				"fewer than the %zu of a window and "
				"its targets",
				run->state.settings.data, k + 1,
				run->data.start[k + 1] - run->data.start[k],
				min);
	return true;
}

/* Refuse a new run whose --shuffle never changes an order. */
static bool
check_shuffle(const struct run *run, struct error *error)
{
	const struct settings *settings = &run->state.settings;

	if (!settings->shuffle || run->source.data == NULL ||
		run->data.training > 1)
		return true;
	return error_set_usage(error,
		"%s: --shuffle has no effect: there is a single training "
		"sequence",
		settings->data);
}

/* Refuse a fraction that holds out nothing of many sequences. */
static bool
check_sequences_held_out(const struct run *run, struct error *error)
{
	const struct settings *settings = &run->state.settings;
	const struct sequences *data = &run->data;

	if (data->training < data->count)
		return true;
	return error_set_usage(error,
		"%s: --validation %g holds out none of the %zu sequences; the "
		"minimum is %.2g",
		settings->data, settings->validation, data->count,
		ceil(100 / (double)data->count) / 100);
}

/* Refuse a fraction that leaves too few points on either side. */
static bool
check_points_held_out(const struct run *run, struct error *error)
{
	const struct settings *settings = &run->state.settings;
	struct framing_config framing = settings_framing(settings);
	size_t training = run->data.training_points;
	size_t held_out = run->data.start[1] - training;

	if (training >= framing_min(framing) &&
		held_out >= framing_generated(framing))
		return true;
	return error_set_usage(error,
		"%s: --validation %g divides the %zu points into %zu for "
		"training and %zu for validation; at least %zu and %zu are "
		"required",
		settings->data, settings->validation, run->data.start[1],
		training, held_out, framing_min(framing),
		framing_generated(framing));
}

/* Hold out a part of the data if the run is validated. */
static bool
hold_out(struct run *run, struct error *error)
{
	const struct settings *settings = &run->state.settings;

	if (!run_state_validates(settings))
		return true;
	sequences_hold_out(&run->data, settings->validation);
	return run->data.count > 1 ? check_sequences_held_out(run, error)
				   : check_points_held_out(run, error);
}

static bool
read_data(struct run *run, struct error *error)
{
	const struct settings *settings = &run->state.settings;
	const struct task *task = run_task(run);
	struct sequences_config config = settings_sequences(settings);

	run->source.task = task;
	run->source.points = settings_points(settings);
	if (!settings_check_data(settings, error))
		return false;
	if (task->is_text)
		return run_vocabulary(run)->count > 0
			? reader_resume(&run->reader, &run->state.reader,
				  settings, error)
			: reader_begin(&run->reader, &run->state.reader,
				  settings, error);
	if (settings->data[0] == '\0')
		return true;
	if (!sequences_read(&run->data, &config, error))
		return false;
	run->source.data = &run->data;
	return check_lengths(run, error) && hold_out(run, error);
}

/* Choose the scaling of a new run's data. */
static bool
choose_scaling(struct run *run, struct error *error)
{
	const struct scaling_rule *rule = run->state.settings.scale;
	const struct sequences *data = run->source.data;
	size_t points;

	if (data == NULL || rule->applies == NULL)
		return true;
	points = data->start[data->count];
	/* what is held out must not be known, not even its mean */
	return !rule->applies(data->numbers, points * data->features) ||
		scaling_measure(&run->state.scaling, data->features,
			data->training_points, data->numbers, error);
}

/* Scale the data as the state says, once. */
static void
scale_data(struct run *run)
{
	if (run->source.data != NULL && run->data.values == NULL)
		sequences_scale(&run->data, &run->state.scaling);
}

static bool
make_room_for_text(struct run *run, struct error *error)
{
	const struct settings *settings = &run->state.settings;
	const struct streams *streams = &run->reader.streams;

	return reader_open(&run->reader, &run->state.reader, &run->state.model,
		       settings, &run->batch, error) &&
		pass_create(&run->pass, &run->state.model, streams->steps,
			streams->samples, true, error) &&
		(settings->dropout == 0 ||
			pass_enable_dropout(&run->pass, error));
}

static bool
make_room(struct run *run, struct error *error)
{
	struct framing_config framing = settings_framing(&run->state.settings);
	size_t count = (size_t)run->state.settings.batch;
	size_t longest = source_longest(&run->source);
	size_t features = source_features(&run->source);
	size_t steps, samples, size;

	if (run->source.task->is_text)
		return make_room_for_text(run, error);
	if (!memory_product(count, longest, &size) ||
		!memory_product(size, features, &size))
		return error_out_of_memory(error);
	run->points = memory_floats(size);
	run->lengths = memory_new(count, sizeof *run->lengths);
	if (run->points == NULL || run->lengths == NULL)
		return error_out_of_memory(error);
	framing_measure(framing, longest, &steps, &samples);
	if (run->state.settings.loss->adds_shape_error &&
		!pass_create_generating(&run->generation, &run->state.model,
			run->state.length - 1, framing.framing->carries_state,
			error))
		return false;
	return framing_create(framing, count, longest, features, &run->batch,
		       error) &&
		pass_create(&run->pass, &run->state.model, steps,
			samples * count, true, error);
}

/* Set what a source has of the state. */
static void
take_position(struct source *source, const struct run_state *state)
{
	source->shuffles = state->settings.shuffle;
	source->seed = state->settings.seed;
	source->position = state->position;
}

void
run_take_position(struct run *run)
{
	take_position(&run->source, &run->state);
}

struct source
run_source(const struct run *run)
{
	struct source source = run->source;

	take_position(&source, &run->state);
	return source;
}

/* The hash of the data file; 0: the task generates the sequences. */
static uint64_t
hash_of_data(const struct run *run)
{
	return run->source.task->is_text ? run->reader.text.hash
					 : run->data.hash;
}

/* Keep a report of what was read, which older files do not have. */
static bool
keep_report(struct run *run, struct error *error)
{
	struct run_state *state = &run->state;
	char *text;

	if (run->source.data == NULL || state->data_report != NULL)
		return true;
	text = data_report_encode(&run->data, state->scaling.features > 0);
	if (text != NULL)
		state->data_report = shared_bytes_new(text, strlen(text));
	free(text);
	return state->data_report != NULL || error_out_of_memory(error);
}

bool
run_prepare(struct run *run, struct error *error)
{
	if (run->source.task == NULL && !read_data(run, error))
		return false;
	if (!moved_data_check(run->state.settings.data, hash_of_data(run),
		    run->state.data_hash, NULL, error))
		return false;
	run->state.data_hash = hash_of_data(run);
	if (!run->source.task->is_text &&
		source_features(&run->source) != run_features(run))
		return error_set(error,
			"%s: the points do not have as many numbers as the "
			"model requires",
			run->state.settings.data);
	if (run->source.data != NULL &&
		run->state.position.next >= run->data.training)
		return error_set(error,
			"damaged: 'next_sequence' is beyond "
			"the %zu sequences of %s",
			run->data.training, run->state.settings.data);
	scale_data(run);
	run->is_prepared = keep_report(run, error) && make_room(run, error);
	if (run->reader.is_open)
		validator_use_text(&run->validator, &run->reader.text);
	else if (run->source.data != NULL)
		validator_use_points(&run->validator, &run->data,
			run->state.settings.batch);
	if (run->is_prepared)
		fallback_create(&run->fallback, &run->state,
			(double)run->pass.steps_max *
				(double)run->pass.samples_max);
	return run->is_prepared;
}

/*
 * Set the start of generation: the first points of the first data sequence, or
 * of a sequence generated from the seed.
 */
static bool
set_start(struct run_state *state, const struct source *source,
	struct error *error)
{
	const struct sequences *data = source->data;
	size_t features = run_state_features(state);
	size_t size = framing_start_points(settings_framing(&state->settings)) *
		features;
	struct random random;
	float *points;

	if (source->task->is_text)
		return true;
	if (data != NULL) {
		memcpy(state->start, data->values, size * sizeof *data->values);
		return true;
	}
	points = memory_floats(source->points * features);
	if (points == NULL)
		return error_out_of_memory(error);
	random_seed(&random, state->settings.seed, RANDOM_STREAM_GENERATE);
	source->task->make(&random, source->points, points);
	memcpy(state->start, points, size * sizeof *points);
	free(points);
	return true;
}

/* The length of generated sequences: the first data sequence's length. */
static size_t
choose_length(const struct run *run)
{
	const struct sequences *data = run->source.data;
	size_t max = run_state_length_max(&run->state);

	return data == NULL || data->start[1] - data->start[0] > max
		? max
		: data->start[1] - data->start[0];
}

/* The number of model inputs: features of a point, or tokens. */
static size_t
data_features(const struct run *run)
{
	return run->source.task->is_text ? run_vocabulary(run)->count
					 : source_features(&run->source);
}

static bool
create(struct run *run, const struct context *context,
	const struct settings *settings, const struct progress *progress,
	struct error *error)
{
	settings_take(&run->state.settings, settings);
	if (!read_data(run, error) || !check_shuffle(run, error) ||
		!footprint_check(context, settings, data_features(run),
			run->source.task->is_text
				? run->reader.text.training
				: source_longest(&run->source),
			error) ||
		!run_state_create(&run->state, context, settings,
			data_features(run), error))
		return false;
	run->state.data_hash = hash_of_data(run);
	if (!choose_scaling(run, error))
		return false;
	scale_data(run);
	if (!set_start(&run->state, &run->source, error) ||
		!run_state_set_length(&run->state, choose_length(run), error) ||
		!run_reset(run, settings->seed, progress, error) ||
		!run_prepare(run, error))
		return false;
	if (run->reader.is_open)
		settings_adapt_decay(&run->state.settings,
			reader_epoch_updates(&run->reader));
	return true;
}

struct run *
run_create(const struct context *context, const struct settings *settings,
	const struct progress *progress, struct error *error)
{
	struct run *run = memory_new(1, sizeof *run);

	if (run == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	if (create(run, context, settings, progress, error))
		return run;
	run_destroy(run);
	return NULL;
}

/* The length of generated sequences of a run whose data are not read. */
static size_t
unread_length(const struct run_state *state)
{
	size_t min = framing_min(settings_framing(&state->settings));
	size_t max = run_state_length_max(state);

	if (run_state_task(state)->make != NULL ||
		run_state_task(state)->is_text)
		return max;
	return min > UNREAD_LENGTH ? min : UNREAD_LENGTH;
}

struct run *
run_create_unread(const struct context *context,
	const struct settings *settings, size_t features, struct error *error)
{
	struct run *run = memory_new(1, sizeof *run);
	struct source source = {
		.task = settings->task,
		.points = settings_points(settings),
	};
	bool good;

	if (run == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	good = footprint_check(context, settings, features,
		       source.points > UNREAD_LENGTH ? source.points
						     : UNREAD_LENGTH,
		       error) &&
		run_state_create(&run->state, context, settings, features,
			error) &&
		(settings->task->make == NULL ||
			set_start(&run->state, &source, error)) &&
		run_state_set_length(&run->state, unread_length(&run->state),
			error) &&
		run_reset(run, settings->seed, NULL, error);
	if (good)
		return run;
	run_destroy(run);
	return NULL;
}

struct run *
run_adopt(struct run_state *state, struct error *error)
{
	struct run *run = memory_new(1, sizeof *run);

	if (run == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	run->state = *state;
	memset(state, 0, sizeof *state);
	return run;
}

void
run_destroy(struct run *run)
{
	if (run == NULL)
		return;
	run_state_destroy(&run->state);
	sequences_destroy(&run->data);
	pass_destroy(&run->pass);
	pass_destroy(&run->generation);
	batch_destroy(&run->batch);
	validator_abandon(&run->validator);
	reader_destroy(&run->reader);
	fallback_destroy(&run->fallback);
	free(run->points);
	free(run->lengths);
	free(run);
}

void
run_abandon(struct run *run)
{
	pass_abandon(&run->pass);
	pass_abandon(&run->generation);
	validator_abandon(&run->validator);
}

bool
run_reset(struct run *run, uint64_t seed, const struct progress *progress,
	struct error *error)
{
	if (!run_state_reset(&run->state, seed, progress, error))
		return false;
	run_abandon(run);
	run->fallback.is_begun = false;
	return true;
}

bool
run_return(struct run *run, const struct run_state *state, struct error *error)
{
	run_abandon(run);
	run->fallback.is_begun = false;
	return run_state_copy(&run->state, state, error) &&
		(!run->reader.is_open ||
			reader_take_on(&run->reader, &run->state.reader,
				&run->state.model, error));
}

const struct run_state *
run_get_state(const struct run *run)
{
	return &run->state;
}
