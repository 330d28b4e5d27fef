/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run_private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/memory.h"
#include "run/footprint.h"
#include "run/moved_data.h"

/* Characters that are written where no other length is asked for. */
enum { TEXT_LENGTH = 500 };

/* Numbers kept of a window's steps, at most, for each weight of the model. */
enum { STEPS_PER_WEIGHT = 64 };

/*
 * A file, or an option, can ask for a window of a million steps of a small
 * model. What generation keeps of the steps (per layer its gates and states) is
 * bounded by what the weights take.
 */
static bool
check_window(const struct settings *settings, const struct model_shape *shape,
	size_t parameters, struct error *error)
{
	size_t steps = framing_steps(settings_framing(settings));
	size_t row = shape->inputs + shape->outputs, max;

	for (size_t l = 0; l < shape->layers; l++)
		row += (shape->cell->gates + cell_states(shape->cell)) *
			shape->units[l];
	if (!memory_product(parameters, STEPS_PER_WEIGHT, &max))
		max = SIZE_MAX;
	if (max < RUN_DRAWN_MAX)
		max = RUN_DRAWN_MAX;
	if (steps <= max / row)
		return true;
	return error_set_usage(error,
		"--window %zu is too wide for this "
		"model: %zu steps are the most",
		steps, max / row);
}

bool
run_allocate(struct run *run, const struct context *context,
	const struct settings *settings, size_t features, struct error *error)
{
	struct model_shape shape = settings_shape(settings, features);
	/* a text begins with any of its characters */
	size_t starts = settings->task->is_text
		? 0
		: framing_starts(settings_framing(settings));

	run->settings = *settings;
	history_clear(&run->history);
	if (memory_product(starts, features, &starts))
		run->start = memory_floats(starts);
	if (run->start == NULL)
		return error_out_of_memory(error);
	return model_create(&run->model, context, &shape, error) &&
		check_window(settings, &shape, run->model.parameters.total,
			error) &&
		optimizer_create(&run->optimizer, settings->optimizer,
			run->model.parameters.packed_total, error);
}

/* Every sequence of the data has to have a sample. */
static bool
check_lengths(const struct run *run, struct error *error)
{
	size_t min = framing_min(settings_framing(&run->settings));

	for (size_t k = 0; k < run->data.count; k++)
		if (run->data.start[k + 1] - run->data.start[k] < min)
			return error_set(error,
				"%s: sequence %zu has %zu "
				"points, fewer than the %zu that a window "
				"and what follows it take",
				run->settings.data, k + 1,
				run->data.start[k + 1] - run->data.start[k],
				min);
	return true;
}

static bool
read_data(struct run *run, struct error *error)
{
	const struct task *task = run->settings.task;

	run->source.task = task;
	if (task->is_text)
		return run->reader.vocabulary.count > 0
			? reader_resume(&run->reader, &run->settings, error)
			: reader_begin(&run->reader, &run->settings, error);
	if (run->settings.data[0] == '\0')
		return true;
	if (!sequences_read(&run->data, run->settings.data, task->features,
		    task->points, error))
		return false;
	run->source.data = &run->data;
	return check_lengths(run, error);
}

/* A text's batches, with the state as a saved run left it. */
static bool
make_room_for_text(struct run *run, struct error *error)
{
	const struct streams *streams = &run->reader.streams;

	if (!reader_open(&run->reader, &run->settings, &run->batch, error) ||
		!pass_create(&run->pass, &run->model, streams->steps,
			streams->samples, true, error))
		return false;
	reader_restore(&run->reader, &run->pass);
	return run->settings.dropout == 0 ||
		pass_enable_dropout(&run->pass, error);
}

static bool
make_room(struct run *run, struct error *error)
{
	struct framing_config framing = settings_framing(&run->settings);
	size_t count = (size_t)run->settings.batch;
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
	if (run->settings.loss->adds_shape_error &&
		!feedback_create(&run->feedback, &run->model, run->length - 1,
			framing.framing->carries_state, error))
		return false;
	return framing_create(framing, count, longest, features, &run->batch,
		       error) &&
		pass_create(&run->pass, &run->model, steps, samples * count,
			true, error);
}

/* Of the data that were read; 0: made sequences. */
static uint64_t
hash_of_data(const struct run *run)
{
	return run->source.task->is_text ? run->reader.text.hash
					 : run->data.hash;
}

bool
run_prepare(struct run *run, struct error *error)
{
	if (run->source.task == NULL && !read_data(run, error))
		return false;
	if (!moved_data_check(run->settings.data, hash_of_data(run),
		    run->data_hash, NULL, error))
		return false;
	if (!run->source.task->is_text &&
		source_features(&run->source) != run_features(run))
		return error_set(error, "%s: its points do not fit the model",
			run->settings.data);
	if (run->source.data != NULL && run->position.next >= run->data.count)
		return error_set(error,
			"damaged: 'next_sequence' is beyond "
			"the %zu sequences of %s",
			run->data.count, run->settings.data);
	run->source.position = run->position;
	/* a run that was saved amidst a validation begins it again */
	run->is_prepared = make_room(run, error) &&
		reader_begin_validation(&run->reader, &run->model,
			&run->settings, error);
	if (run->is_prepared)
		fallback_create(&run->fallback, run);
	return run->is_prepared;
}

size_t
run_length_max(const struct run *run)
{
	const struct task *task = run->settings.task;
	size_t min = framing_min(settings_framing(&run->settings));
	size_t max = RUN_DRAWN_MAX / run_features(run);

	if (task->is_text)
		return TEXT_LENGTH;
	if (task->points > 0)
		return task->points;
	return max > min ? max : min;
}

/*
 * Generation starts as the first sequence of the data does or, where shapes
 * are made, as one of them that the seed decides: all of a task have their
 * first point in common.
 */
static bool
set_start(struct run *run, struct error *error)
{
	const struct sequences *data = run->source.data;
	size_t features = run_features(run);
	size_t size =
		framing_starts(settings_framing(&run->settings)) * features;
	struct random random;
	float *points;

	if (run->source.task->is_text) {
		run->length = TEXT_LENGTH;
		return true;
	}
	run->length = source_longest(&run->source);
	if (data != NULL) {
		run->length = data->start[1] - data->start[0];
		if (run->length > run_length_max(run))
			run->length = run_length_max(run);
		memcpy(run->start, data->values, size * sizeof *data->values);
		return true;
	}
	points = memory_floats(run->length * features);
	if (points == NULL)
		return error_out_of_memory(error);
	random_seed(&random, run->settings.seed, RANDOM_STREAM_GENERATE);
	run->source.task->make(&random, points);
	memcpy(run->start, points, size * sizeof *points);
	free(points);
	return true;
}

/* The width of the model's input: a point's numbers, or the tokens. */
static size_t
data_features(const struct run *run)
{
	return run->source.task->is_text ? run->reader.vocabulary.count
					 : source_features(&run->source);
}

static bool
create(struct run *run, const struct context *context,
	const struct settings *settings, const struct progress *progress,
	struct error *error)
{
	run->settings = *settings;
	if (!read_data(run, error) ||
		!footprint_check(context, settings, data_features(run),
			run->source.task->is_text
				? run->reader.text.training
				: source_longest(&run->source),
			error) ||
		!run_allocate(run, context, settings, data_features(run),
			error))
		return false;
	run->data_hash = hash_of_data(run);
	if (!set_start(run, error) ||
		!snapshots_create(&run->snapshots, run, error) ||
		!run_reset(run, settings->seed, progress, error) ||
		!run_prepare(run, error))
		return false;
	if (run->reader.is_open)
		settings_adapt_decay(&run->settings,
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

void
run_destroy(struct run *run)
{
	if (run == NULL)
		return;
	model_destroy(&run->model);
	optimizer_destroy(&run->optimizer);
	sequences_destroy(&run->data);
	pass_destroy(&run->pass);
	feedback_destroy(&run->feedback);
	batch_destroy(&run->batch);
	reader_destroy(&run->reader);
	fallback_destroy(&run->fallback);
	snapshots_destroy(&run->snapshots);
	free(run->start);
	free(run->points);
	free(run->lengths);
	free(run);
}

/*
 * A mixture's components begin apart from each other. plain: room for all
 * parameters.
 */
static void
start_outputs(struct run *run, float *plain)
{
	struct loss_config config =
		settings_loss(&run->settings, run_features(run));
	const struct parameters *parameters = &run->model.parameters;

	model_get_values(&run->model, plain);
	config.loss->start(&config,
		plain + parameters_find(parameters, "dense.bias")->offset);
	model_set_values(&run->model, plain);
}

/* Draw an identity. */
static bool
draw_identity(char identity[RUN_IDENTITY_SIZE], struct error *error)
{
	unsigned char bits[(RUN_IDENTITY_SIZE - 1) / 2];

	if (getrandom(bits, sizeof bits, 0) != (ssize_t)sizeof bits)
		return error_set(error, "no identity from the system: %s",
			strerror(errno));
	for (size_t i = 0; i < sizeof bits; i++)
		snprintf(identity + 2 * i, 3, "%02x", bits[i]);
	return true;
}

bool
run_identify(struct run *run, struct error *error)
{
	return run->identity[0] != '\0' || draw_identity(run->identity, error);
}

bool
run_reset(struct run *run, uint64_t seed, const struct progress *progress,
	struct error *error)
{
	char identity[RUN_IDENTITY_SIZE];
	struct random random;
	float *plain = NULL;

	/* all that can fail comes before anything changes */
	if (!draw_identity(identity, error))
		return false;
	if (run->settings.loss->start != NULL) {
		plain = memory_floats(run->model.parameters.total);
		if (plain == NULL)
			return error_out_of_memory(error);
	}
	random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
	if (!model_initialize(&run->model, &random, progress, error)) {
		free(plain);
		return false;
	}
	if (plain != NULL)
		start_outputs(run, plain);
	free(plain);
	memcpy(run->identity, identity, sizeof identity);
	run->settings.seed = seed;
	optimizer_reset(&run->optimizer);
	history_clear(&run->history);
	random_seed(&run->position.random, seed, RANDOM_STREAM_DATA);
	run->position.next = 0;
	run->source.position = run->position;
	run->snapshots.count = 0;
	reader_reset(&run->reader);
	run->fallback.is_begun = false;
	pass_abandon(&run->pass);
	pass_reset_state(&run->pass);
	return true;
}
