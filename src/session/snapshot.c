/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/snapshot.h"

#include "core/parameters.h"
#include "run/generate.h"
#include "run/run.h"
#include "run/run_private.h"
#include "run/writer.h"

uint64_t
snapshot_next(const struct run *run, uint64_t until)
{
	const struct settings_list *list = &run_settings(run)->snapshots;
	uint64_t updates = run_updates(run);

	for (size_t i = 0; i < list->count; i++)
		if (list->update[i] > updates && list->update[i] < until)
			until = list->update[i];
	return until;
}

/* Generate points[size]; false: out of memory, or not finite. */
static bool
draw(const struct run *run, size_t size, float *points)
{
	struct generator generator;
	struct error ignored;

	if (!generator_create(&generator, run, run_settings(run)->seed,
		    &ignored))
		return false;
	generator_show(&generator, run, run_length(run), points);
	generator_destroy(&generator);
	/*
	 * finite weights may generate infinite numbers, which no file may hold
	 */
	return parameters_finite(points, size);
}

/* Write tokens[size]; false: out of memory, or the weights are not finite. */
static bool
write_tokens(const struct run *run, size_t size, uint32_t *tokens)
{
	const struct model *model = run_model(run);
	struct writer writer;
	struct error ignored;

	if (!parameters_finite(model->values, model->parameters.packed_total) ||
		!writer_create(&writer, run, run_settings(run)->seed, &ignored))
		return false;
	for (size_t i = 0; i < size; i++)
		tokens[i] = writer_write(&writer);
	writer_destroy(&writer);
	return true;
}

void
snapshot_take(struct run *run)
{
	struct snapshots *snapshots = &run->state.snapshots;
	uint64_t update = run_updates(run);
	size_t number = snapshots->count, size = snapshots->size;
	struct error ignored;

	if (number == SETTINGS_LIST_MAX ||
		!settings_list_has(&run_settings(run)->snapshots, update) ||
		!snapshots_reserve(snapshots, number + 1, &ignored))
		return;
	if (run_task(run)->is_text
			? !write_tokens(run, size,
				  (uint32_t *)snapshots->values + number * size)
			: !draw(run, size,
				  (float *)snapshots->values + number * size))
		return;
	snapshots->at[number] = (struct snapshot){
		.update = update,
		.average = history_average(run_history(run)),
	};
	snapshots->count++;
}
