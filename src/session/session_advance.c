/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Training in a session, with snapshots, log lines, checkpoints and the best
 * model when they are due.
 */
#include "session/session.h"

#include <math.h>
#include <unistd.h>

#include "run/run.h"
#include "run/run_private.h"
#include "session/session_private.h"
#include "session/snapshot.h"

void
session_begin_duties(struct session *session)
{
	session->logged_at = run_updates(session->run);
	session->checkpoint_at = session->logged_at;
}

void
session_synchronize_log(struct session *session)
{
	struct error ignored;

	if (session->log.is_open)
		training_log_synchronize(&session->log, &ignored);
}

/* The next multiple of `every` after an update. */
static uint64_t
next_multiple(uint64_t update, uint64_t every)
{
	return update - update % every + every;
}

/* Whether a checkpoint or a log line is due; the last one was at `last`. */
static bool
is_due(uint64_t updates, uint64_t last, uint64_t every)
{
	return every > 0 && updates > last && updates % every == 0;
}

/*
 * Handle a run that has diverged and returned to an earlier update. A file that
 * already holds that update, at the same rate, is left alone.
 */
static enum run_status
stop_lost(struct session *session)
{
	session->is_saved = session->was_saved &&
		session->saved_at == run_updates(session->run);
	timeline_cut(&session->past.timeline, run_updates(session->run));
	session_begin_duties(session);
	session->has_returned = true;
	return RUN_DIVERGED;
}

/* Write the log line of the last update if one is due. */
static bool
log_when_due(struct session *session, struct error *error)
{
	uint64_t updates = run_updates(session->run);

	if (!session->log.is_open ||
		!is_due(updates, session->logged_at, session->log_every))
		return true;
	session->logged_at = updates;
	return training_log_add(&session->log, session->run, error);
}

/*
 * Log the snapshots and the validation that have been added to the first
 * `snapshots` and `epochs`.
 */
static bool
log_results(struct session *session, size_t snapshots, uint64_t epochs,
	struct error *error)
{
	const struct run *run = session->run;

	if (run_snapshots(run)->count > snapshots &&
		!training_log_add_snapshot(&session->log, run, error))
		return false;
	/* weights that exploded in the last update have no loss */
	return run_validation(run)->epochs == epochs ||
		!isfinite(run_validation(run)->last) ||
		training_log_add_validation(&session->log, run, error);
}

/* Finish a validation before saving its epoch. */
static bool
is_checkpoint_due(const struct session *session)
{
	return session->model != NULL && !run_is_validating(session->run) &&
		is_due(run_updates(session->run), session->checkpoint_at,
			session->checkpoint_every);
}

/* The next update, at most `until`, after which something is due. */
static uint64_t
next_stop(const struct session *session, uint64_t until)
{
	uint64_t next;

	until = snapshot_next(session->run, until);
	until = timeline_next(&session->past.timeline, &session->run->state,
		until);
	if (session->log.is_open) {
		next = next_multiple(session->logged_at, session->log_every);
		until = next < until ? next : until;
	}
	if (session->model != NULL && session->checkpoint_every > 0) {
		next = next_multiple(session->checkpoint_at,
			session->checkpoint_every);
		until = next < until ? next : until;
	}
	return until;
}

enum run_status
session_advance(struct session *session, uint64_t until, uint64_t *work,
	struct error *error)
{
	/*
	 * only now that the run advances: until then the log shows how it
	 * diverged
	 */
	if (session->has_returned)
		training_log_return(&session->log, session->run);
	session->has_returned = false;
	for (;;) {
		/* first, because it decides when the next copy is due */
		timeline_take(&session->past.timeline, &session->run->state);

		uint64_t before = run_updates(session->run);
		uint64_t stop = next_stop(session, until);
		size_t snapshots = run_snapshots(session->run)->count;
		struct validation validation = *run_validation(session->run);
		bool was_validating = run_is_validating(session->run);
		enum run_status status;

		status = run_advance_within(session->run, stop, work, error);
		if ((status == RUN_LOST_PATIENCE ||
			    (status == RUN_REACHED &&
				    stop >= session_end(session))) &&
			!run_check(session->run, error))
			status = RUN_DIVERGED;
		if (status == RUN_DIVERGED)
			return stop_lost(session);
		if (run_updates(session->run) > before || was_validating)
			session->is_saved = false;
		if (run_updates(session->run) > before) {
			session->is_elsewhere |= before < session->saved_at;
			snapshot_take(session->run);
		}
		/*
		 * even without work left: an update may cost more than a slice
		 */
		if (!log_when_due(session, error) ||
			!log_results(session, snapshots, validation.epochs,
				error))
			return RUN_LOG_FAILED;
		if (validation_is_better(run_validation(session->run),
			    &validation)) {
			if (session_best_awaits_model(session) &&
				!run_check(session->run, error))
				return stop_lost(session);
			if (!session_best_save(session, error))
				return RUN_CHECKPOINT_FAILED;
		}
		if (is_checkpoint_due(session)) {
			session->checkpoint_at = run_updates(session->run);
			if (!run_check(session->run, error))
				return stop_lost(session);
			return session_save(session, error)
				? RUN_GOES_ON
				: RUN_CHECKPOINT_FAILED;
		}
		if (status != RUN_REACHED || stop >= until)
			return status;
	}
}

bool
session_tend_log(struct session *session, double now, struct error *error)
{
	return training_log_tend(&session->log, now, error);
}

bool
session_save(struct session *session, struct error *error)
{
	if (!session_return(session, error))
		return false;
	if (!run_check(session->run, error)) {
		stop_lost(session);
		return error_prefix(error, "%s: not saved", session->model);
	}
	session_synchronize_log(session);
	if (!session_files_write(session, error))
		return false;
	session->is_saved = true;
	session->was_saved = true;
	session->keeps_former = false;
	session->saved_at = run_updates(session->run);
	session->is_elsewhere = false;
	return true;
}

bool
session_keep(struct session *session, bool has_diverged, struct error *error)
{
	struct error ignored;

	if (!session->is_saved && !run_check(session->run, &ignored)) {
		stop_lost(session);
		has_diverged = true;
	}
	if (session->model == NULL || session->is_saved ||
		session->keeps_former)
		return true;
	/* the run has no good state, or no update */
	if (has_diverged && access(session->model, F_OK) == 0 &&
		(session->run->fallback.good == NULL ||
			(run_updates(session->run) == 0 &&
				!session->was_saved)))
		return true;
	/* the user can no longer be asked */
	session->asks = false;
	return session_save(session, error);
}

void
session_set_target(struct session *session, uint64_t target)
{
	session->run->state.settings.target = target;
	session->is_saved = false;
	session_past_note(session);
}

void
session_set_learning_rate(struct session *session, double rate)
{
	session->run->state.settings.learning_rate = rate;
	session->is_saved = false;
	session_past_note(session);
}

void
session_set_patience(struct session *session, uint64_t epochs)
{
	session->run->state.settings.patience = epochs;
	session->is_saved = false;
	session_past_note(session);
}

uint64_t
session_end(const struct session *session)
{
	uint64_t target = session->run->state.settings.target;

	return target > 0 ? target : UINT64_MAX;
}
