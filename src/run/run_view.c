/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run_view.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "run/run_private.h"
#include "task/extent.h"

/* Maximum numbers of a shape. */
enum { SHAPE_NUMBERS_MAX = 2048 };

const struct settings *
run_settings(const struct run *run)
{
	return &run->state.settings;
}

const struct task *
run_task(const struct run *run)
{
	return run_state_task(&run->state);
}

const struct model *
run_model(const struct run *run)
{
	return &run->state.model;
}

const struct history *
run_history(const struct run *run)
{
	return &run->state.history;
}

const struct snapshots *
run_snapshots(const struct run *run)
{
	return &run->state.snapshots;
}

uint64_t
run_updates(const struct run *run)
{
	return run_state_updates(&run->state);
}

size_t
run_features(const struct run *run)
{
	return run_state_features(&run->state);
}

size_t
run_length(const struct run *run)
{
	return run->state.length;
}

void
run_start(const struct run *run, float *points)
{
	size_t starts =
		framing_start_points(settings_framing(&run->state.settings));

	memcpy(points, run->state.start,
		starts * run_features(run) * sizeof *points);
}

double
run_learning_rate(const struct run *run)
{
	return run_state_learning_rate(&run->state);
}

double
run_last_rate(const struct run *run)
{
	return run->last_rate;
}

uint64_t
run_data_hash(const struct run *run)
{
	return run->state.data_hash;
}

const struct scaling *
run_scaling(const struct run *run)
{
	return &run->state.scaling;
}

const char *
run_data_report_text(const struct run *run)
{
	const struct shared_bytes *text = run->state.data_report;

	return text != NULL ? text->bytes : NULL;
}

bool
run_data_report(const struct run *run, struct data_report *report)
{
	const struct shared_bytes *text = run->state.data_report;

	return text != NULL && data_report_decode(report, text->bytes);
}

const char *
run_init_file(const struct run *run)
{
	return run->state.init;
}

const char *
run_kernel(const struct run *run)
{
	return run->state.kernel;
}

const struct task_floor *
run_floor(const struct run *run)
{
	if (run->state.settings.data[0] != '\0')
		return NULL;
	return task_floor(run->state.settings.task, run->state.settings.framing,
		run->state.settings.loss);
}

double
run_floor_value(const struct run *run)
{
	const struct task_floor *floor = run_floor(run);

	return floor != NULL
		? task_floor_value(floor, settings_points(run_settings(run)))
		: NAN;
}

const char *
run_floor_text(const struct run *run, char text[TASK_FLOOR_TEXT_SIZE])
{
	return task_floor_text(run_floor(run),
		settings_points(run_settings(run)), text);
}

bool
run_floor_is_passed(const struct run *run)
{
	const struct task_floor *floor = run_floor(run);

	return floor != NULL &&
		task_floor_is_passed(floor, run_settings(run)->framing);
}

double
run_shape_error(const struct run *run, const float *points)
{
	const struct task *task = run_task(run);
	const struct scaling *scaling = run_scaling(run);
	size_t points_count = settings_points(run_settings(run));
	size_t count = points_count * task->features;
	float number[SHAPE_NUMBERS_MAX];

	if (scaling->features == 0)
		return task->shape_error(points, points_count);
	assert(count <= SHAPE_NUMBERS_MAX);
	/* one factor for all columns, so that a circle remains one */
	for (size_t i = 0; i < count; i++)
		number[i] = (float)(((double)points[i] -
					    scaling->offset[i %
						    scaling->features]) /
			scaling_unit(scaling));
	return task->shape_error(number, points_count);
}

bool
run_is_degenerate(const struct run *run, double size)
{
	return extent_is_degenerate(size / scaling_unit(run_scaling(run)));
}

size_t
run_learning_parameters(const struct run *run)
{
	const struct model *model = &run->state.model;
	const struct settings *settings = &run->state.settings;
	size_t learning = model->parameters.total;

	if (framing_has_memory(settings_framing(settings)))
		return learning;
	/*
	 * From zero state, each gradient of the recurrent kernel has a factor
	 * h₋ = 0, and each gradient of the LSTM's forget gate a factor c₋ = 0.
	 */
	for (size_t l = 0; l < model->shape.layers; l++) {
		const struct layer *layer = &model->layer[l];
		const struct cell *cell = layer->cell;

		learning -= cell->gates * layer->units * layer->units;
		learning -=
			cell->idle_gates * (layer->inputs + 1) * layer->units;
	}
	return learning;
}

char *
run_batch(const struct run *run, char text[SETTINGS_TEXT_SIZE])
{
	unsigned long long asked = run->state.settings.batch;
	size_t streams = run_streams(run);

	if (streams > 0 && streams < asked)
		snprintf(text, SETTINGS_TEXT_SIZE, _("%zu of %llu"), streams,
			asked);
	else
		snprintf(text, SETTINGS_TEXT_SIZE, "%llu", asked);
	return text;
}

const struct vocabulary *
run_vocabulary(const struct run *run)
{
	return &run->state.reader.vocabulary;
}

size_t
run_streams(const struct run *run)
{
	return run->state.reader.position.streams;
}

const struct validations *
run_validations(const struct run *run)
{
	return &run->state.validations;
}

const struct validation *
run_validation(const struct run *run)
{
	return &run->state.validation;
}

double
run_bits_per_character(const struct run *run, double loss)
{
	return loss / M_LN2 / run->reader.token_length;
}

bool
run_is_validating(const struct run *run)
{
	return validator_is_due(&run->validator, &run->state);
}

bool
run_lost_patience(const struct run *run)
{
	return run_state_lost_patience(&run->state);
}

double
run_unigram(const struct run *run)
{
	return run->reader.unigram;
}

double
run_bigram(const struct run *run)
{
	return run->reader.bigram;
}

const struct text *
run_text(const struct run *run)
{
	return &run->reader.text;
}

const struct sequences *
run_sequences(const struct run *run)
{
	return run->source.data;
}

size_t
run_longest(const struct run *run)
{
	return source_longest(&run->source);
}

void
run_data_points(const struct run *run, size_t first, size_t count,
	float *points)
{
	const struct sequences *data = run->source.data;

	scaling_undo_floats(&run->state.scaling, count * data->features,
		data->values + first * data->features, points);
}

const float *
run_last_sequence(const struct run *run, size_t *count)
{
	size_t last = (size_t)run_settings(run)->batch - 1;
	size_t stride = run_longest(run) * run_features(run);

	if (run->lengths == NULL || run->lengths[last] == 0)
		return NULL;
	*count = run->lengths[last];
	return run->points + last * stride;
}

size_t
run_recall(const struct run *run, size_t max, float *points, size_t *lengths)
{
	struct source source = run_source(run);
	size_t stride = source_longest(&source) * source_features(&source);
	uint64_t batch = run->state.settings.batch;
	uint64_t updates = run_updates(run);
	size_t count = 0;

	/* updates * batch can overflow */
	for (; count < max && count / batch < updates; count++) {
		float *sequence = points + count * stride;

		lengths[count] = source_previous(&source, sequence);
		scaling_undo_floats(&run->state.scaling,
			lengths[count] * source_features(&source), sequence,
			sequence);
	}
	return count;
}

size_t
run_last_tokens(const struct run *run, size_t max, uint32_t *tokens)
{
	const struct streams *streams = &run->reader.streams;
	const struct streams_position *position = &run->state.reader.position;
	size_t end, count;

	if (!run->reader.is_open || position->streams == 0 || max == 0)
		return 0;
	end = (size_t)position->next[0];
	/* at the end of an epoch, the position is that of the next */
	if (end == 0)
		end = run_updates(run) > 0 ? streams->span : streams->steps;
	count = end < max - 1 ? end : max - 1;
	token_array_copy(&streams->text->token,
		streams->config.first + end - count, count + 1, tokens);
	return count + 1;
}
