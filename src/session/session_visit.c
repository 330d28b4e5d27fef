/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits to earlier updates of a session, and its branches. */
#include "session/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "run/run_private.h"
#include "session/session_private.h"
#include "session/snapshot.h"

void
session_past_open(struct session *session, uint64_t memory)
{
	timeline_create(&session->past.timeline, memory);
}

static void
release(struct run_state **state)
{
	if (*state != NULL)
		run_state_destroy(*state);
	free(*state);
	*state = NULL;
}

void
session_past_forget(struct session *session)
{
	struct session_past *past = &session->past;

	for (size_t i = 0; i < past->branches; i++) {
		release(&past->branch[i].last);
		free(past->branch[i].changes.at);
		past->branch[i] = (struct session_branch){0};
	}
	past->branches = past->present = 0;
	release(&past->left);
	timeline_clear(&past->timeline);
}

/* ---------------------------------------------------------------------- */
/* Settings that change on the way */

/* Call `copy` with the place of each setting that may change, and its value. */
static void
each_value(struct settings *settings, uint64_t *value,
	void (*copy)(void *field, uint64_t *value))
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];

		if (!setting->may_branch)
			continue;
		/* both types have eight bytes */
		assert(setting->type == SETTING_REAL ||
			setting->type == SETTING_COUNT);
		copy((char *)settings + setting->offset, value++);
	}
}

static void
take_value(void *field, uint64_t *value)
{
	memcpy(value, field, sizeof *value);
}

static void
set_value(void *field, uint64_t *value)
{
	memcpy(field, value, sizeof *value);
}

/* Note settings at an update, in place of later ones. */
static bool
note(struct session_changes *changes, uint64_t update,
	const struct settings *settings)
{
	struct settings copy = *settings;

	while (changes->count > 0 &&
		changes->at[changes->count - 1].update >= update)
		changes->count--;
	if (!memory_grow((void **)&changes->at, &changes->capacity,
		    changes->count + 1, sizeof *changes->at))
		return false;
	changes->at[changes->count].update = update;
	each_value(&copy, changes->at[changes->count].value, take_value);
	changes->count++;
	return true;
}

void
session_past_note(struct session *session)
{
	struct session_past *past = &session->past;

	assert(past->left == NULL);
	if (past->branches == 0)
		past->branches = 1;
	if (!note(&past->branch[past->present].changes,
		    run_updates(session->run), run_settings(session->run)))
		session_past_forget(session);
}

/* Set the settings that the run had at its update. */
static void
apply_changes(struct session *session)
{
	const struct session_changes *changes =
		&session->past.branch[session->past.present].changes;
	uint64_t update = run_updates(session->run);
	size_t count = 0;

	while (count < changes->count && changes->at[count].update <= update)
		count++;
	if (count > 0)
		each_value(&session->run->state.settings,
			changes->at[count - 1].value, set_value);
}

/* The next update, at most `until`, at which settings changed. */
static uint64_t
next_change(const struct session *session, uint64_t until)
{
	const struct session_changes *changes =
		&session->past.branch[session->past.present].changes;
	uint64_t updates = run_updates(session->run);

	for (size_t i = 0; i < changes->count; i++)
		if (changes->at[i].update > updates &&
			changes->at[i].update < until)
			return changes->at[i].update;
	return until;
}

/* ---------------------------------------------------------------------- */
/* Visits */

bool
session_is_in_past(const struct session *session)
{
	return session->past.left != NULL;
}

const struct run_state *
session_present(const struct session *session)
{
	return session_is_in_past(session) ? session->past.left
					   : &session->run->state;
}

uint64_t
session_present_updates(const struct session *session)
{
	return run_state_updates(session_present(session));
}

bool
session_visit(struct session *session, uint64_t update, struct error *error)
{
	struct session_past *past = &session->past;
	const struct run_state *from = timeline_before(&past->timeline, update);
	uint64_t updates = run_updates(session->run);
	bool was_in_past = session_is_in_past(session);
	char number[NUMBER_TEXT_SIZE];

	if (update > session_present_updates(session))
		return error_set(error, "the run has done only %s updates",
			number_grouped(number,
				session_present_updates(session)));
	if (from == NULL)
		return error_set(error,
			"no state is kept at or before update %s",
			number_grouped(number, update));
	if (!was_in_past) {
		past->left = run_state_clone(&session->run->state, error);
		if (past->left == NULL)
			return false;
	}
	past->wanted = update;
	/* from where the run is, if that is nearer */
	if (was_in_past && updates <= update &&
		updates >= run_state_updates(from))
		return true;
	if (!run_return(session->run, from, error))
		return false;
	apply_changes(session);
	return true;
}

bool
session_is_visiting(const struct session *session)
{
	return session_is_in_past(session) &&
		(run_updates(session->run) < session->past.wanted ||
			run_is_validating(session->run));
}

enum run_status
session_visit_advance(struct session *session, uint64_t *work,
	struct error *error)
{
	enum run_status status = RUN_REACHED;

	while (session_is_visiting(session) && *work > 0) {
		uint64_t before = run_updates(session->run);
		uint64_t stop =
			snapshot_next(session->run, session->past.wanted);

		status = run_advance_within(session->run,
			next_change(session, stop), work, error);
		if (run_updates(session->run) > before)
			snapshot_take(session->run);
		apply_changes(session);
		if (status == RUN_DIVERGED || status == RUN_FAILED ||
			status == RUN_LOST_PATIENCE)
			break;
	}
	return status;
}

bool
session_return(struct session *session, struct error *error)
{
	struct session_past *past = &session->past;

	if (!session_is_in_past(session))
		return true;
	if (!run_return(session->run, past->left, error))
		return false;
	release(&past->left);
	return true;
}

/* ---------------------------------------------------------------------- */
/* Branches */

/* Count the branches between a branch and the first one. */
static size_t
depth_of(const struct session_past *past, size_t branch)
{
	size_t depth = 0;

	for (; branch != 0; branch = past->branch[branch].parent)
		depth++;
	return depth;
}

/* The last update that two branches share; UINT64_MAX: they are the same. */
static uint64_t
shared(const struct session_past *past, size_t one, size_t other)
{
	uint64_t last = UINT64_MAX;

	while (one != other) {
		size_t *deeper = depth_of(past, one) >= depth_of(past, other)
			? &one
			: &other;
		const struct session_branch *branch = &past->branch[*deeper];

		if (branch->from < last)
			last = branch->from;
		*deeper = branch->parent;
	}
	return last;
}

static bool
copy_changes(struct session_changes *to, const struct session_changes *from,
	uint64_t until)
{
	while (to->count < from->count && from->at[to->count].update <= until) {
		if (!memory_grow((void **)&to->at, &to->capacity, to->count + 1,
			    sizeof *to->at))
			return false;
		to->at[to->count] = from->at[to->count];
		to->count++;
	}
	return true;
}

/* What the session writes goes on from the run's update. */
static void
go_on(struct session *session)
{
	session->is_saved = false;
	session_begin_duties(session);
	/* the log's lines of later updates go when the run advances */
	session->has_returned = true;
}

bool
session_branch_off(struct session *session, const struct settings *settings,
	struct error *error)
{
	struct session_past *past = &session->past;
	struct run_state *state = &session->run->state;
	uint64_t update = run_updates(session->run);
	size_t left = past->present, parent = left;
	struct session_branch branch = {.from = update};
	struct settings copy = *settings;
	uint64_t value[SESSION_VALUES_MAX];

	assert(session_is_in_past(session) && !session_is_visiting(session));
	if (past->branches == SESSION_BRANCHES_MAX)
		return error_set(error, "no more than %d branches are kept",
			SESSION_BRANCHES_MAX);
	/* the branch of which the update is a part */
	while (parent != 0 && update < past->branch[parent].from)
		parent = past->branch[parent].parent;
	branch.parent = parent;
	if (!copy_changes(&branch.changes, &past->branch[left].changes,
		    update) ||
		!note(&branch.changes, update, settings)) {
		free(branch.changes.at);
		return error_out_of_memory(error);
	}
	each_value(&copy, value, take_value);
	each_value(&state->settings, value, set_value);
	/* the model of the best validation is in its file, if there is one */
	if (session->best.name != NULL) {
		state->validation.best = past->left->validation.best;
		state->validation.best_epoch =
			past->left->validation.best_epoch;
	}
	if (past->branches == 0)
		past->branches = 1;
	past->branch[left].last = past->left;
	past->left = NULL;
	past->present = past->branches++;
	past->branch[past->present] = branch;
	timeline_cut(&past->timeline, update);
	go_on(session);
	return true;
}

bool
session_branch_take(struct session *session, size_t number, struct error *error)
{
	struct session_past *past = &session->past;
	struct session_branch *branch = &past->branch[number];
	uint64_t last = shared(past, past->present, number);
	struct run_state *present;

	assert(number < past->branches);
	if (!session_return(session, error))
		return false;
	if (number == past->present)
		return true;
	present = run_state_clone(&session->run->state, error);
	if (present == NULL)
		return false;
	if (!run_return(session->run, branch->last, error)) {
		release(&present);
		return false;
	}
	past->branch[past->present].last = present;
	release(&branch->last);
	past->present = number;
	timeline_cut(&past->timeline, last);
	go_on(session);
	return true;
}

const struct run_state *
session_branch_last(const struct session *session, size_t branch)
{
	return branch == session->past.present
		? session_present(session)
		: session->past.branch[branch].last;
}
