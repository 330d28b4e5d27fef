/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/framing.h"

#include <string.h>

#include "base/memory.h"
#include "base/translate.h"

/* Copy one point to step t of sample s. */
static void
put_point(const struct batch *batch, float *array, size_t t, size_t s,
	const float *point)
{
	memcpy(array + (t * batch->samples + s) * batch->features, point,
		batch->features * sizeof *point);
}

static void
one_to_one_measure(size_t window, size_t length, size_t *steps, size_t *samples)
{
	(void)window;
	*steps = 1;
	*samples = length - 1;
}

static void
one_to_one_fill(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	size_t at = sample * batch->features;
	size_t count = (length - 1) * batch->features;

	/* adjacent points are adjacent samples of the only step */
	memcpy(batch->inputs + at, points, count * sizeof *points);
	memcpy(batch->targets + at, points + batch->features,
		count * sizeof *points);
	batch->predicted += length - 1;
}

const struct framing framing_one_to_one = {
	.kind = {.name = "one-to-one",
		.summary = N_("each point predicts the next, from zero state")},
	.measure = one_to_one_measure,
	.fill = one_to_one_fill,
};

static void
sequence_measure(size_t window, size_t length, size_t *steps, size_t *samples)
{
	(void)window;
	*steps = length - 1;
	*samples = 1;
}

static void
sequence_fill(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	for (size_t t = 0; t + 1 < length; t++) {
		const float *point = points + t * batch->features;

		put_point(batch, batch->inputs, t, sample, point);
		put_point(batch, batch->targets, t, sample,
			point + batch->features);
		batch->mask[t * batch->samples + sample] = 1;
	}
	batch->predicted += length - 1;
}

const struct framing framing_sequence = {
	.kind = {.name = "sequence",
		.summary =
			N_("the state is carried through the sequence (BPTT)")},
	.carries_state = true,
	.has_mask = true,
	.measure = sequence_measure,
	.fill = sequence_fill,
};

static void
window_measure(size_t window, size_t length, size_t *steps, size_t *samples)
{
	*steps = window;
	*samples = length - window;
}

static void
many_to_one_fill(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	size_t window = batch->steps, features = batch->features;

	for (size_t i = 0; i + window < length; i++) {
		for (size_t t = 0; t < window; t++)
			put_point(batch, batch->inputs, t, sample + i,
				points + (i + t) * features);
		put_point(batch, batch->targets, window - 1, sample + i,
			points + (i + window) * features);
	}
	batch->predicted += length - window;
}

const struct framing framing_many_to_one = {
	.kind = {.name = "many-to-one",
		.summary = N_("a window of points predicts the next, from zero "
			      "state")},
	.reads_window = true,
	.measure = window_measure,
	.fill = many_to_one_fill,
};

static void
one_to_many_fill(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	size_t window = batch->steps, features = batch->features;

	for (size_t i = 0; i + window < length; i++)
		for (size_t t = 0; t < window; t++) {
			put_point(batch, batch->inputs, t, sample + i,
				points + i * features);
			put_point(batch, batch->targets, t, sample + i,
				points + (i + t + 1) * features);
		}
	batch->predicted += (length - window) * window;
}

const struct framing framing_one_to_many = {
	.kind = {.name = "one-to-many",
		.summary =
			N_("each point predicts a window of the next points, "
			   "from zero state")},
	.writes_window = true,
	.measure = window_measure,
	.fill = one_to_many_fill,
};

const struct kind *const framing_list[] = {
	&framing_one_to_one.kind,
	&framing_sequence.kind,
	&framing_many_to_one.kind,
	&framing_one_to_many.kind,
	NULL,
};

bool
framing_has_window(const struct framing *framing)
{
	return framing->reads_window || framing->writes_window;
}

bool
framing_has_memory(struct framing_config config)
{
	return config.framing->carries_state || framing_steps(config) > 1;
}

size_t
framing_start_points(struct framing_config config)
{
	return config.framing->reads_window ? config.window : 1;
}

size_t
framing_steps(struct framing_config config)
{
	return framing_has_window(config.framing) ? config.window : 1;
}

size_t
framing_generated(struct framing_config config)
{
	return config.framing->writes_window ? config.window : 1;
}

size_t
framing_min(struct framing_config config)
{
	return framing_has_window(config.framing) ? config.window + 1 : 2;
}

void
framing_measure(struct framing_config config, size_t length, size_t *steps,
	size_t *samples)
{
	config.framing->measure(config.window, length, steps, samples);
}

bool
framing_create(struct framing_config config, size_t count, size_t longest,
	size_t features, struct batch *batch, struct error *error)
{
	size_t steps, samples;

	*batch = (struct batch){0};
	framing_measure(config, longest, &steps, &samples);
	return memory_product(samples, count, &samples)
		? batch_create_points(batch, steps, samples, features,
			  config.framing->has_mask, error)
		: error_out_of_memory(error);
}

void
framing_fill(struct framing_config config, size_t count, size_t longest,
	const size_t *lengths, const float *points, struct batch *batch)
{
	size_t sample = 0;

	batch->steps = 0;
	batch->samples = 0;
	batch->first_target =
		config.framing->reads_window ? config.window - 1 : 0;
	batch->predicted = 0;
	for (size_t k = 0; k < count; k++) {
		size_t steps, samples;

		framing_measure(config, lengths[k], &steps, &samples);
		batch->samples += samples;
		if (steps > batch->steps)
			batch->steps = steps;
	}
	if (config.framing->has_mask) {
		size_t size = batch->steps * batch->samples;

		memset(batch->mask, 0, size * sizeof *batch->mask);
		memset(batch->inputs, 0,
			size * batch->features * sizeof *batch->inputs);
	}
	for (size_t k = 0; k < count; k++) {
		size_t steps, samples;

		config.framing->fill(batch, sample, lengths[k],
			points + k * longest * batch->features);
		framing_measure(config, lengths[k], &steps, &samples);
		sample += samples;
	}
}
