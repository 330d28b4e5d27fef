/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/framing.h"

#include <string.h>

#include "base/memory.h"

/* Copy one point to where step t of sample s stands. */
static void
place(const struct batch *batch, float *array, size_t t, size_t s,
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
one_to_one_place(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	for (size_t i = 0; i + 1 < length; i++) {
		const float *point = points + i * batch->features;

		place(batch, batch->inputs, 0, sample + i, point);
		place(batch, batch->targets, 0, sample + i,
			point + batch->features);
	}
	batch->predicted += length - 1;
}

static void
sequence_measure(size_t window, size_t length, size_t *steps, size_t *samples)
{
	(void)window;
	*steps = length - 1;
	*samples = 1;
}

static void
sequence_place(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	for (size_t t = 0; t + 1 < length; t++) {
		const float *point = points + t * batch->features;

		place(batch, batch->inputs, t, sample, point);
		place(batch, batch->targets, t, sample,
			point + batch->features);
		batch->mask[t * batch->samples + sample] = 1;
	}
	batch->predicted += length - 1;
}

static void
window_measure(size_t window, size_t length, size_t *steps, size_t *samples)
{
	*steps = window;
	*samples = length - window;
}

static void
many_to_one_place(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	size_t window = batch->steps, features = batch->features;

	for (size_t i = 0; i + window < length; i++) {
		for (size_t t = 0; t < window; t++)
			place(batch, batch->inputs, t, sample + i,
				points + (i + t) * features);
		place(batch, batch->targets, window - 1, sample + i,
			points + (i + window) * features);
	}
	batch->predicted += length - window;
}

static void
one_to_many_place(struct batch *batch, size_t sample, size_t length,
	const float *points)
{
	size_t window = batch->steps, features = batch->features;

	for (size_t i = 0; i + window < length; i++)
		for (size_t t = 0; t < window; t++) {
			place(batch, batch->inputs, t, sample + i,
				points + i * features);
			place(batch, batch->targets, t, sample + i,
				points + (i + t + 1) * features);
		}
	batch->predicted += (length - window) * window;
}

static const struct {
	const char *name, *summary;
	bool carries_state;
	bool has_window;
	bool pads; /* short sequences leave steps that count for nothing */
	/* the steps and samples of one sequence */
	void (*measure)(size_t window, size_t length, size_t *steps,
		size_t *samples);
	/* put one sequence's samples from number `sample` on */
	void (*place)(struct batch *batch, size_t sample, size_t length,
		const float *points);
} framings[] = {
	[FRAMING_ONE_TO_ONE] = {"one-to-one",
		"each point predicts the next, from zero state", false, false,
		false, one_to_one_measure, one_to_one_place},
	[FRAMING_SEQUENCE] = {"sequence",
		"the state is carried through the sequence, BPTT", true, false,
		true, sequence_measure, sequence_place},
	[FRAMING_MANY_TO_ONE] = {"many-to-one",
		"a window of points predicts the next, from zero state", false,
		true, false, window_measure, many_to_one_place},
	[FRAMING_ONE_TO_MANY] = {"one-to-many",
		"a point predicts as many as a window has, from zero state",
		false, true, false, window_measure, one_to_many_place},
};

enum { FRAMINGS = sizeof framings / sizeof framings[0] };

const char *
framing_name(size_t framing)
{
	return framing < FRAMINGS ? framings[framing].name : NULL;
}

const char *
framing_summary(size_t framing)
{
	return framing < FRAMINGS ? framings[framing].summary : NULL;
}

bool
framing_carries_state(enum framing framing)
{
	return framings[framing].carries_state;
}

bool
framing_has_window(enum framing framing)
{
	return framings[framing].has_window;
}

size_t
framing_starts(struct framing_config config)
{
	return config.framing == FRAMING_MANY_TO_ONE ? config.window : 1;
}

size_t
framing_steps(struct framing_config config)
{
	return framings[config.framing].has_window ? config.window : 1;
}

size_t
framing_takes(struct framing_config config)
{
	return config.framing == FRAMING_ONE_TO_MANY ? config.window : 1;
}

size_t
framing_min(struct framing_config config)
{
	return framings[config.framing].has_window ? config.window + 1 : 2;
}

void
framing_measure(struct framing_config config, size_t length, size_t *steps,
	size_t *samples)
{
	framings[config.framing].measure(config.window, length, steps, samples);
}

bool
framing_create(struct framing_config config, size_t count, size_t longest,
	size_t features, struct batch *batch, struct error *error)
{
	size_t steps, samples, size;

	*batch = (struct batch){.features = features};
	framing_measure(config, longest, &steps, &samples);
	if (!memory_product(samples, count, &samples) ||
		!memory_product(samples, steps, &samples) ||
		!memory_product(samples, features, &size))
		return error_out_of_memory(error);
	batch->inputs = memory_floats(size);
	batch->targets = memory_floats(size);
	if (framings[config.framing].pads)
		batch->mask = memory_floats(samples);
	if (batch->inputs != NULL && batch->targets != NULL &&
		(batch->mask != NULL || !framings[config.framing].pads))
		return true;
	batch_destroy(batch);
	return error_out_of_memory(error);
}

void
framing_fill(struct framing_config config, size_t count, size_t longest,
	const size_t *lengths, const float *points, struct batch *batch)
{
	size_t sample = 0;

	batch->steps = 0;
	batch->samples = 0;
	batch->first_target =
		config.framing == FRAMING_MANY_TO_ONE ? config.window - 1 : 0;
	batch->predicted = 0;
	for (size_t k = 0; k < count; k++) {
		size_t steps, samples;

		framing_measure(config, lengths[k], &steps, &samples);
		batch->samples += samples;
		if (steps > batch->steps)
			batch->steps = steps;
	}
	if (framings[config.framing].pads) {
		size_t size = batch->steps * batch->samples;

		memset(batch->mask, 0, size * sizeof *batch->mask);
		memset(batch->inputs, 0,
			size * batch->features * sizeof *batch->inputs);
	}
	for (size_t k = 0; k < count; k++) {
		size_t steps, samples;

		framings[config.framing].place(batch, sample, lengths[k],
			points + k * longest * batch->features);
		framing_measure(config, lengths[k], &steps, &samples);
		sample += samples;
	}
}
