/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copy a state. */
#include "run/run_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Whether the arrays of the two states have the same sizes. */
static bool
has_room(const struct run_state *to, const struct run_state *from)
{
	return to->model.values != NULL &&
		run_state_features(to) == run_state_features(from) &&
		to->model.parameters.lanes == from->model.parameters.lanes &&
		to->model.parameters.packed_total ==
		from->model.parameters.packed_total &&
		run_state_is_alike(to, from);
}

/* Copy the values that updates do not change. */
static void
copy_fixed(struct run_state *to, const struct run_state *from)
{
	size_t starts = run_state_task(from)->is_text
		? 0
		: framing_start_points(settings_framing(&from->settings));

	settings_take(&to->settings, &from->settings);
	memcpy(to->identity, from->identity, sizeof to->identity);
	memcpy(to->kernel, from->kernel, sizeof to->kernel);
	to->data_hash = from->data_hash;
	shared_bytes_replace(&to->data_report, from->data_report);
	memcpy(to->init, from->init, sizeof to->init);
	to->init_hash = from->init_hash;
	memcpy(to->start, from->start,
		starts * run_state_features(from) * sizeof *to->start);
}

bool
run_state_follow(struct run_state *to, const struct run_state *from,
	struct error *error)
{
	copy_fixed(to, from);
	memcpy(to->model.values, from->model.values,
		from->model.parameters.packed_total * sizeof(float));
	optimizer_copy(&to->optimizer, &from->optimizer);
	history_follow(&to->history, &from->history);
	to->position = from->position;
	to->validation = from->validation;
	validations_copy(&to->validations, &from->validations);
	return scaling_copy(&to->scaling, &from->scaling, error) &&
		snapshots_follow(&to->snapshots, &from->snapshots, error) &&
		reader_state_copy(&to->reader, &from->reader,
			&from->model.shape, error);
}

bool
run_state_copy(struct run_state *to, const struct run_state *from,
	struct error *error)
{
	if (!has_room(to, from)) {
		run_state_destroy(to);
		if (!run_state_create(to, from->model.context, &from->settings,
			    run_state_features(from), error))
			return false;
	}
	if (to->length != from->length) {
		snapshots_destroy(&to->snapshots);
		if (!run_state_set_length(to, from->length, error))
			return false;
	}
	history_forget(&to->history);
	to->snapshots.count = 0;
	return run_state_follow(to, from, error);
}

struct run_state *
run_state_clone(const struct run_state *state, struct error *error)
{
	struct run_state *clone = memory_new(1, sizeof *clone);

	if (clone == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	if (run_state_copy(clone, state, error))
		return clone;
	run_state_destroy(clone);
	free(clone);
	return NULL;
}
