/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stages that divide the samples of a batch among threads. No number of a
 * sample depends on another sample until the gradients of the weights. So each
 * thread computes several steps of its own samples, with no wait between the
 * steps and with what it computes in its own cache. A thread reads all weights
 * of the layer at every step; if these are too many for its cache, dividing the
 * panels is faster.
 */
#include "core/pass_stages.h"

/* Max weights of a layer that are read at every step: 512 KB. */
#define WEIGHTS_MAX (UINT64_C(1) << 17)

/* Min samples of a group: with fewer, reading the weights takes longer. */
enum { SAMPLES_MIN = 4 };

static bool
fits_cache(const struct layer *layer)
{
	uint64_t units = layer->units;

	return layer->cell->gates * units * units <= WEIGHTS_MAX;
}

size_t
pass_choose_groups(const struct pass *pass)
{
	const struct model *model = pass->model;
	size_t threads = thread_pool_size(model->context->threads);

	if (!pass->is_shared || threads == 1 || pass->is_traced ||
		pass_generates(pass) ||
		pass->layer[0].samples / threads < SAMPLES_MIN)
		return 0;
	for (size_t l = 0; l < model->shape.layers; l++)
		if (!fits_cache(&model->layer[l]))
			return 0;
	return threads;
}

/*
 * First sample of a group. All groups but the first have an even number of
 * samples, as many as the first or fewer: the first one's thread begins
 * earlier. An odd sample would be a tile of its own.
 */
static size_t
first_sample(const struct pass *pass, size_t group)
{
	size_t samples = pass->layer[0].samples;
	size_t each = samples / pass->groups / 2 * 2;

	return group == 0 ? 0 : samples - (pass->groups - group) * each;
}

/*
 * The same pass with the samples of one group. All numbers of the copy are in
 * the arrays of the pass.
 */
static struct pass
pass_of_group(const struct pass *pass, size_t group)
{
	struct pass part = *pass;
	size_t first = first_sample(pass, group);
	size_t last = first_sample(pass, group + 1);

	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		part.layer[l].first = first;
		part.layer[l].count = last - first;
	}
	return part;
}

void
pass_samples_forward(const struct pass *pass, size_t first, size_t last)
{
	size_t panels = pass->model->layer[pass->at_layer].panels;

	for (size_t group = first; group < last; group++) {
		struct pass part = pass_of_group(pass, group);

		for (size_t i = 0; i < pass->run; i++, part.at_step++)
			pass_forward_parts(&part, 0, panels);
	}
}

void
pass_samples_back(const struct pass *pass, size_t first, size_t last)
{
	size_t panels = pass->model->layer[pass->at_layer].panels;

	for (size_t group = first; group < last; group++) {
		struct pass part = pass_of_group(pass, group);

		for (size_t i = 0; i < pass->run; i++, part.at_step--) {
			pass_gate_parts(&part, 0, panels);
			pass_below_parts(&part, 0,
				pass_count_below_parts(&part));
		}
	}
}

uint64_t
pass_samples_begin(struct pass *pass, uint64_t cost_max)
{
	bool is_back = pass->stage == PASS_SAMPLES_BACK;
	uint64_t panels = pass->model->layer[pass->at_layer].panels;
	uint64_t cost = is_back ? panels * pass_gate_cost(pass) +
			pass_count_below_parts(pass) * pass_below_cost(pass)
				: panels * pass_forward_cost(pass);
	size_t steps = is_back ? pass->at_step + 1
			       : pass->layer[0].steps - pass->at_step;

	cost = cost / pass->groups + 1;
	pass->run = steps;
	if (cost_max / cost < steps)
		pass->run = cost_max / cost > 0 ? (size_t)(cost_max / cost) : 1;
	return cost * pass->run;
}
