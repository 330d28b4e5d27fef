/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/footprint.h"

#include <math.h>

#include "base/memory.h"
#include "core/loss.h"
#include "core/transposed.h"

/* Steps times samples in an update; for a text, at most its length. */
static double
steps_of(const struct settings *settings, size_t longest)
{
	struct framing_config framing = settings_framing(settings);
	double batch = (double)settings->batch, length = (double)longest;
	size_t steps, samples;

	if (!settings->task->is_text) {
		framing_measure(framing, longest, &steps, &samples);
		return batch * (double)steps * (double)samples;
	}
	if (framing_has_window(framing.framing))
		return fmin(batch, length) * (double)framing.window;
	return fmin(batch * (double)settings->sequence_length, length);
}

static double
pass_floats(const struct settings *settings, const struct model_shape *shape,
	size_t longest)
{
	double sum = 2 * (double)shape->outputs;

	for (size_t l = 0; l < shape->layers; l++)
		sum += (double)cell_trace_floats(shape->cell) *
			(double)shape->units[l];
	return steps_of(settings, longest) * sum;
}

double
footprint_bytes(const struct context *context, const struct settings *settings,
	size_t features, size_t longest, double *parameters)
{
	struct model_shape shape = settings_shape(settings, features);
	double moments = settings->optimizer->has_first +
		settings->optimizer->has_second;
	/*
	 * weights, gradients, moments; weights and moments in the fallback and
	 * in a save
	 */
	double trained = 2 + moments + 1 + moments + 1 + moments;
	/* while weights are drawn: weight, moments, two plain copies, panels */
	double drawn = 1 + moments + 3;
	/* transposed copies of at most all weights */
	bool copies = steps_of(settings, longest) >= TRANSPOSED_ROWS_MIN;
	struct model model;
	struct error ignored;

	*parameters = INFINITY;
	if (!model_lay_out(&model, context, &shape, &ignored))
		return INFINITY;
	*parameters = (double)model.parameters.total;
	return sizeof(float) *
		((double)model.parameters.packed_total *
				fmax(trained + copies, drawn) +
			pass_floats(settings, &shape, longest));
}

bool
footprint_check(const struct context *context, const struct settings *settings,
	size_t features, size_t longest, struct error *error)
{
	double parameters, limit = memory_limit();
	double bytes = footprint_bytes(context, settings, features, longest,
		&parameters);

	if (bytes <= limit)
		return true;
	return error_set(error,
		"the model is too large for memory: %.4g parameters with "
		"gradients, moments, copies and the steps of a batch take %.1f "
		"GB, but only %.1f GB are available; use fewer --units",
		parameters, bytes / 1e9, limit / 1e9);
}
