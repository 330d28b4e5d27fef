/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/points_loss.h"

#include <assert.h>
#include <string.h>

enum {
	/* rows (steps times samples) of a part, to answer keys promptly */
	STREAM_ROWS = 100,
	WINDOW_ROWS = 200
};

/* The first sequence with points that are held out. */
static size_t
first_sequence(const struct sequences *sequences)
{
	bool is_divided = sequences->training_points <
		sequences->start[sequences->training];

	return sequences->training - is_divided;
}

/* The first target in a sequence that counts, if `context` points precede. */
static size_t
first_target(const struct sequences *sequences, size_t sequence, size_t context)
{
	size_t first = sequences->start[sequence] + context;

	return first > sequences->training_points ? first
						  : sequences->training_points;
}

/* The number of targets after which a sequence has no further window. */
static size_t
window_targets(const struct points_loss *loss)
{
	return framing_generated(loss->framing);
}

/* Begin the windows of the next sequence that has one. */
static void
find_window(struct points_loss *loss)
{
	const struct sequences *sequences = loss->sequences;

	while (loss->sequence < sequences->count &&
		loss->target + window_targets(loss) > loss->end) {
		size_t sequence = loss->sequence++;

		loss->target = first_target(sequences, sequence,
			framing_start_points(loss->framing));
		loss->end = sequences->start[sequence + 1];
	}
}

/* Let a stream begin the next sequence, if there is one. */
static void
begin_sequence(struct points_loss *loss, struct points_loss_stream *stream)
{
	const struct sequences *sequences = loss->sequences;
	size_t sequence = loss->sequence;

	if (sequence == sequences->count)
		return;
	loss->sequence++;
	stream->next = sequences->start[sequence];
	stream->from = first_target(sequences, sequence, 1);
	stream->end = sequences->start[sequence + 1];
}

static bool
create_part(struct points_loss *loss, const struct model *model,
	const struct loss_config *config, size_t steps, size_t samples,
	struct error *error)
{
	return batch_create_points(&loss->part.batch, steps, samples,
		       loss->sequences->features, loss->streams > 0, error) &&
		batch_loss_create(&loss->part, model, config, steps, samples,
			error);
}

bool
points_loss_begin(struct points_loss *loss, const struct model *model,
	const struct sequences *sequences, struct framing_config framing,
	const struct loss_config *config, struct error *error)
{
	size_t first = first_sequence(sequences), steps;
	size_t held_out = sequences->count - first;

	*loss = (struct points_loss){
		.sequences = sequences,
		.framing = framing,
		.sequence = first,
	};
	if (framing.framing->carries_state) {
		loss->streams = held_out < POINTS_LOSS_STREAMS
			? held_out
			: POINTS_LOSS_STREAMS;
		for (size_t s = 0; s < loss->streams; s++)
			begin_sequence(loss, &loss->stream[s]);
		assert(loss->streams > 0);
		steps = STREAM_ROWS / loss->streams;
		if (steps > sequences->longest - 1)
			steps = sequences->longest - 1;
		return create_part(loss, model, config, steps, loss->streams,
			error);
	}
	steps = framing_steps(framing);
	loss->windows_max = steps < WINDOW_ROWS ? WINDOW_ROWS / steps : 1;
	find_window(loss);
	return create_part(loss, model, config, steps, loss->windows_max,
		error);
}

void
points_loss_end(struct points_loss *loss)
{
	batch_loss_destroy(&loss->part);
	*loss = (struct points_loss){0};
}

static bool
stream_is_done(const struct points_loss_stream *stream)
{
	return stream->next + 1 >= stream->end;
}

bool
points_loss_is_done(const struct points_loss *loss)
{
	for (size_t s = 0; s < loss->streams; s++)
		if (!stream_is_done(&loss->stream[s]))
			return false;
	return loss->streams > 0 ||
		loss->target + window_targets(loss) > loss->end;
}

/* Put a point into row t of sample s of the inputs or the targets. */
static void
put(const struct points_loss *loss, float *rows, size_t t, size_t s,
	size_t point)
{
	const struct batch *batch = &loss->part.batch;
	size_t size = batch->features;

	memcpy(rows + (t * batch->samples + s) * size,
		loss->sequences->values + point * size, size * sizeof *rows);
}

/* Fill a stream's part of the batch, up to the end of its sequence. */
static void
fill_stream(struct points_loss *loss, size_t s)
{
	struct points_loss_stream *stream = &loss->stream[s];
	struct batch *batch = &loss->part.batch;

	for (size_t t = 0; t < batch->steps && !stream_is_done(stream); t++) {
		bool counts = stream->next + 1 >= stream->from;

		put(loss, batch->inputs, t, s, stream->next);
		put(loss, batch->targets, t, s, stream->next + 1);
		batch->mask[t * batch->samples + s] = counts;
		batch->predicted += counts;
		stream->next++;
	}
	stream->resets = stream_is_done(stream);
	if (stream->resets)
		begin_sequence(loss, stream);
}

static void
fill_streams(struct points_loss *loss)
{
	struct batch *batch = &loss->part.batch;
	size_t rows = batch->steps * batch->samples;

	/* what is not filled is padding */
	memset(batch->mask, 0, rows * sizeof *batch->mask);
	memset(batch->inputs, 0,
		rows * batch->features * sizeof *batch->inputs);
	for (size_t s = 0; s < loss->streams; s++)
		fill_stream(loss, s);
}

/* Fill a window whose first target is that point. */
static void
fill_window(struct points_loss *loss, size_t s, size_t target)
{
	const struct batch *batch = &loss->part.batch;
	bool writes = loss->framing.framing->writes_window;
	size_t first = writes ? target - 1 : target - batch->steps;

	for (size_t t = 0; t < batch->steps; t++) {
		put(loss, batch->inputs, t, s, writes ? first : first + t);
		put(loss, batch->targets, t, s, first + t + 1);
	}
}

static void
fill_windows(struct points_loss *loss)
{
	struct batch *batch = &loss->part.batch;
	size_t targets[WINDOW_ROWS] = {0};

	batch->samples = 0;
	while (batch->samples < loss->windows_max &&
		!points_loss_is_done(loss)) {
		targets[batch->samples++] = loss->target++;
		find_window(loss);
	}
	batch->first_target =
		loss->framing.framing->reads_window ? batch->steps - 1 : 0;
	for (size_t s = 0; s < batch->samples; s++)
		fill_window(loss, s, targets[s]);
	batch->predicted = batch->samples * window_targets(loss);
}

uint64_t
points_loss_advance(struct points_loss *loss)
{
	const struct batch *batch = &loss->part.batch;
	struct pass *pass = &loss->part.pass;

	loss->part.batch.predicted = 0;
	if (loss->streams > 0)
		fill_streams(loss);
	else
		fill_windows(loss);
	batch_loss_add(&loss->part);
	if (loss->streams > 0)
		pass_carry_state(pass);
	for (size_t s = 0; s < loss->streams; s++)
		if (loss->stream[s].resets)
			pass_clear_state(pass, s);
	return (uint64_t)batch->steps * batch->samples *
		pass->model->parameters.total;
}

double
points_loss_mean(const struct points_loss *loss)
{
	return batch_loss_mean(&loss->part);
}
