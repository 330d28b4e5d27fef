/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a sequence. */
#include "inspect/inspection_stages.h"

#include <stdlib.h>

#include "base/memory.h"

/* A float counts up to here. */
enum { LENGTH_MAX = 1 << 24 };

/* The only window of a text that is shorter than a window. */
static bool
lay_out_short_text(struct inspection *inspection, struct error *error)
{
	inspection->step =
		memory_new(inspection->length, sizeof *inspection->step);
	if (inspection->step == NULL)
		return error_out_of_memory(error);
	inspection->steps = inspection->length;
	for (size_t i = 0; i < inspection->steps; i++)
		inspection->step[i] = (struct inspection_step){
			.input = i,
			.target = INSPECTION_NONE,
			.is_first = i == 0,
		};
	return true;
}

/* Take the steps from a batch whose points are their own numbers. */
static bool
take_steps(struct inspection *inspection, const struct batch *batch,
	struct error *error)
{
	size_t count = batch->steps * batch->samples;
	bool has_resets = inspection->tokens != NULL &&
		inspection->framing.framing->carries_state;

	inspection->step = memory_new(count, sizeof *inspection->step);
	if (inspection->step == NULL)
		return error_out_of_memory(error);
	inspection->steps = count;
	for (size_t i = 0; i < count; i++) {
		size_t t = i % batch->steps;
		size_t at = t * batch->samples + i / batch->steps;
		struct inspection_step *step = &inspection->step[i];

		step->input = (size_t)batch->inputs[at];
		step->target = (size_t)batch->targets[at];
		if (t < batch->first_target ||
			step->target >= inspection->length)
			step->target = INSPECTION_NONE;
		step->is_first = t == 0 ||
			(has_resets &&
				reset_is_before(&inspection->rule,
					inspection->tokens, step->input));
		inspection->predicted += step->target != INSPECTION_NONE;
	}
	return true;
}

bool
inspection_lay_out_steps(struct inspection *inspection, bool reads_last,
	struct error *error)
{
	struct framing_config framing = inspection->framing;
	size_t length = inspection->length;
	struct batch batch;
	float *numbers;
	bool good;

	if (inspection->tokens != NULL &&
		length < framing_start_points(framing))
		return lay_out_short_text(inspection, error);
	/* the targets of the last steps are past the end of the sequence */
	if (reads_last)
		length += framing_generated(framing);
	if (length > LENGTH_MAX)
		return error_set(error,
			"a sequence of %zu points is too long to inspect",
			inspection->length);
	numbers = memory_floats(length);
	if (numbers == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < length; i++)
		numbers[i] = (float)i;
	good = framing_create(framing, 1, length, 1, &batch, error);
	if (good) {
		framing_fill(framing, 1, length, &length, numbers, &batch);
		good = take_steps(inspection, &batch, error);
		batch_destroy(&batch);
	}
	free(numbers);
	return good;
}

size_t
inspection_stretch(const struct inspection *inspection, size_t step, size_t max)
{
	size_t count = 1;

	while (count < max && step + count < inspection->steps &&
		!inspection->step[step + count].from_zero)
		count++;
	return count;
}

void
inspection_find_steps(const struct inspection *inspection, size_t *step)
{
	for (size_t i = 0; i < inspection->length; i++)
		step[i] = INSPECTION_NONE;
	for (size_t i = 0; i < inspection->steps; i++) {
		const struct inspection_step *of = &inspection->step[i];

		/* the points of a first window precede all targets */
		if (of->target == of->input + 1 ||
			step[of->input] == INSPECTION_NONE)
			step[of->input] = i;
	}
}
