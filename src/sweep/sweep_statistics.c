/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of a sweep's finished runs. */
#include "sweep/sweep.h"

#include <math.h>

/* Return the finished run of median loss, the lower one of two. */
static size_t
median_run(const struct sweep *sweep,
	const struct sweep_combination *combination, size_t finished)
{
	const struct sweep_run *runs = sweep->runs;
	size_t end = combination->first + combination->count;

	for (size_t i = combination->first; i < end; i++) {
		size_t below = 0;

		if (!runs[i].is_evaluated)
			continue;
		for (size_t k = combination->first; k < end; k++)
			below += runs[k].is_evaluated &&
				(runs[k].loss < runs[i].loss ||
					(k < i &&
						runs[k].loss == runs[i].loss));
		if (below == (finished - 1) / 2)
			return i;
	}
	return SIZE_MAX;
}

static void
add_run(struct sweep_statistics *statistics, const struct sweep_run *run)
{
	if (statistics->finished == 0 || run->updates < statistics->updates_min)
		statistics->updates_min = run->updates;
	if (run->updates > statistics->updates_max)
		statistics->updates_max = run->updates;
	statistics->finished++;
	statistics->parameters = run->parameters;
	statistics->mean += run->loss;
	statistics->shape_error += run->shape_error;
	statistics->bits += run->bits;
	statistics->degenerate += run->is_degenerate;
	statistics->min = fmin(statistics->min, run->loss);
	statistics->max = fmax(statistics->max, run->loss);
}

struct sweep_statistics
sweep_statistics(const struct sweep *sweep, size_t index)
{
	const struct sweep_combination *combination =
		&sweep->combination[index];
	const struct sweep_run *runs = sweep->runs + combination->first;
	struct sweep_statistics statistics = {
		.min = INFINITY,
		.max = -INFINITY,
	};
	double squares = 0;

	for (size_t i = 0; i < combination->count; i++)
		if (runs[i].is_evaluated)
			add_run(&statistics, &runs[i]);
	statistics.mean /= (double)statistics.finished;
	statistics.shape_error /= (double)statistics.finished;
	statistics.bits /= (double)statistics.finished;
	for (size_t i = 0; i < combination->count; i++)
		if (runs[i].is_evaluated)
			squares += pow(runs[i].loss - statistics.mean, 2);
	statistics.spread = statistics.finished > 1
		? sqrt(squares / (double)(statistics.finished - 1))
		: NAN;
	statistics.median = median_run(sweep, combination, statistics.finished);
	return statistics;
}

void
sweep_updates(const struct sweep *sweep, uint64_t *min, uint64_t *max)
{
	*min = *max = 0;
	for (size_t i = 0; i < sweep->count; i++) {
		uint64_t updates = sweep->runs[i].updates;

		if (!sweep->runs[i].is_evaluated)
			continue;
		if (*max == 0 || updates < *min)
			*min = updates;
		if (updates > *max)
			*max = updates;
	}
}
