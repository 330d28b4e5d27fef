#include "run/session.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/signals.h"
#include "run/atomic_file.h"
#include "run/best_file.h"
#include "run/fallback.h"
#include "run/file_owner.h"
#include "run/file_set.h"
#include "run/model_file.h"
#include "run/moved_data.h"
#include "run/relevance.h"

/*
 * See that no file which the session writes for this model is one that it
 * reads or writes already. model: a file's name, or NULL.
 */
static bool
check_files(const struct session *session, const char *model,
	const struct settings *settings, struct error *error)
{
	struct file_set set = {0};
	struct error ignored;
	char lock[PATH_MAX], *best = NULL;
	bool good;

	if (model != NULL && best_file_is_kept(settings)) {
		best = best_file_name(model);
		if (best == NULL)
			return error_out_of_memory(error);
	}
	file_set_add(&set, FILE_OUTPUT, "MODEL", model);
	file_set_add(&set, FILE_OUTPUT, "the best model", best);
	if (model != NULL &&
	    model_lock_path(model, ATOMIC_FILE_NAMED, lock, &ignored))
		file_set_add(&set, FILE_OUTPUT, "the lock", lock);
	file_set_add(&set, FILE_INPUT, "--data", settings->data);
	file_set_add(&set, FILE_INPUT, "--init", session->init_name);
	if (session->log_name != NULL && strcmp(session->log_name, "-") != 0)
		file_set_add(&set, FILE_OUTPUT, "--log", session->log_name);
	file_set_add_standard(&set);
	good = file_set_check(&set, error);
	free(best);
	return good;
}

/* A saved run finds its files again from any directory. */
static void
find_file(char file[SETTINGS_PATH_SIZE])
{
	char path[PATH_MAX];

	if (file[0] != '\0' && realpath(file, path) != NULL)
		snprintf(file, SETTINGS_PATH_SIZE, "%s", path);
}

/* Let a run that was just created start from the weights in a file. */
static bool
take_initial(struct session *session, const char *path, struct error *error)
{
	struct run *run = &session->run;
	struct initial initial;

	if (strlen(path) >= sizeof run->init)
		return error_set_usage(error, "--init: the name is too long");
	if (!initial_read(&initial, run, path, error))
		return false;
	initial_apply(&initial, run);
	snprintf(run->init, sizeof run->init, "%s", path);
	find_file(run->init);
	run->init_hash = initial.hash;
	memcpy(session->note, initial.note, sizeof session->note);
	initial_release(&initial);
	return true;
}

static bool
no_signal(void *context, double done)
{
	(void)context;
	(void)done;
	return !signals_is_ending();
}

static const struct progress until_signal = {no_signal, NULL};

static bool
begin(struct session *session, const struct session_options *options,
	struct error *error)
{
	struct settings settings = options->settings;

	if (!settings_complete(&settings, options->given, error) ||
	    !settings_check_relevance(&settings, options->given, error))
		return false;
	if (!(options->given & (settings_mask)1 << SETTING_SEED) &&
	    !settings_draw_seed(&settings.seed, error))
		return false;
	find_file(settings.data);
	if (!run_create_watched(&session->run, &settings,
		    options->progress != NULL ? options->progress
					      : &until_signal, error))
		return false;
	return options->init == NULL ||
		take_initial(session, options->init, error);
}

static bool
resume(struct session *session, const struct session_options *options,
	struct error *error)
{
	struct settings asked = options->settings;

	if (!model_file_read(&session->run, options->model, error))
		return false;
	if (options->init != NULL)
		return error_set_usage(error, "%s: --init is for a new run, "
			"and this one is resumed", options->model);
	find_file(asked.data);
	if (!settings_resume(&session->run.settings, &asked, options->given,
		    &session->changed, error))
		return error_prefix(error, "%s", options->model);
	if (!run_prepare(&session->run, error)) {
		if (!(options->given & (settings_mask)1 << SETTING_DATA))
			moved_data_explain(session->run.settings.data,
				MOVED_DATA_OPTION, error);
		return error_prefix(error, "%s", options->model);
	}
	session->is_resumed = true;
	session->was_saved = true;
	/* how far to go is known by then, or it is to be done already */
	session->is_saved = !(session->changed &
		~((settings_mask)1 << SETTING_TARGET));
	session->saved_at = run_updates(&session->run);
	return true;
}

static bool
open_log(struct session *session, const struct session_options *options,
	struct error *error)
{
	session->log_every = options->log_every;
	if (options->log == NULL)
		return true;
	if (options->log[0] == '\0')
		return error_set_usage(error, "--log: the name is empty");
	return training_log_open(&session->log, options->log, &session->run,
		session->is_resumed, error);
}

/* Log lines and checkpoints come due from the present update on. */
static void
begin_duties(struct session *session)
{
	session->logged_at = run_updates(&session->run);
	session->checkpoint_at = session->logged_at;
}

/*
 * Say now, not after an hour, that nothing can be saved under this name, or
 * that the file there is not to be written: renaming would replace it all the
 * same.
 */
static bool
check_place(struct session *session, const char *model, bool force,
	struct error *error)
{
	struct stat status;

	if (!atomic_file_check(model, ATOMIC_FILE_NAMED, error))
		return false;
	if (stat(model, &status) != 0)
		return true;
	if (!force && file_owner_forbids(model, &status))
		return error_set(error, "%s: it is write-protected; chmod u+w "
			"it, choose another name, or start anew over it with "
			"train --force", model);
	if (status.st_nlink > 1)
		snprintf(session->notice, sizeof session->notice, "%.800s: it "
			"has %llu names (hard links); what is saved stands "
			"under this one alone", model,
			(unsigned long long)status.st_nlink);
	return true;
}

/*
 * Nobody else may train what stands under the best model's name. Nothing is
 * locked where the run keeps none.
 */
static bool
lock_best(struct model_lock *lock, const char *model,
	const struct settings *settings, struct error *error)
{
	char *best;
	bool good;

	*lock = (struct model_lock){0};
	if (!best_file_is_kept(settings))
		return true;
	best = best_file_name(model);
	if (best == NULL)
		return error_out_of_memory(error);
	good = atomic_file_check(best, ATOMIC_FILE_DERIVED, error) &&
		model_lock_take(lock, best, ATOMIC_FILE_DERIVED, error);
	free(best);
	return good;
}

bool
session_open(struct session *session, const struct session_options *options,
	struct error *error)
{
	struct stat status;
	bool exists;

	memset(session, 0, sizeof *session);
	session->checkpoint_every = options->checkpoint_every;
	session->log_name = options->log;
	session->init_name = options->init;
	if (!check_files(session, options->model, &options->settings, error))
		return false;
	if (options->model != NULL) {
		session->model = memory_string(options->model);
		if (session->model == NULL)
			return error_out_of_memory(error);
		if (!model_lock_take(&session->lock, options->model,
			    ATOMIC_FILE_NAMED, error))
			return false;
	}
	exists = options->model != NULL && !options->force &&
		stat(options->model, &status) == 0;
	if (!(exists ? resume(session, options, error)
		     : begin(session, options, error)))
		return false;
	/* a saved run knows its data, and whether it validates */
	if (!check_files(session, options->model, &session->run.settings,
		    error))
		return false;
	if (options->model != NULL &&
	    (!check_place(session, options->model, options->force, error) ||
		    !lock_best(&session->best_lock, options->model,
			    &session->run.settings, error)))
		return false;
	begin_duties(session);
	return open_log(session, options, error);
}

bool
session_close(struct session *session, struct error *error)
{
	bool good = training_log_close(&session->log, error);

	run_destroy(&session->run);
	model_lock_release(&session->best_lock);
	model_lock_release(&session->lock);
	free(session->model);
	memset(session, 0, sizeof *session);
	return good;
}

/* The log is never behind a model that is saved. */
static void
synchronize_log(struct session *session)
{
	struct error ignored;

	if (session->log.is_open)
		training_log_synchronize(&session->log, &ignored);
}

/* The run whose validation was best so far is kept beside the model. */
static bool
save_best(struct session *session, struct error *error)
{
	char *name;
	bool good;

	session->run.reader.validation.has_improved = false;
	if (session->model == NULL)
		return true;
	name = best_file_name(session->model);
	if (name == NULL)
		return error_out_of_memory(error);
	synchronize_log(session);
	good = model_file_write_as(&session->run, name, ATOMIC_FILE_DERIVED,
		error);
	free(name);
	return good;
}

/* The next multiple of every behind an update. */
static uint64_t
next_multiple(uint64_t update, uint64_t every)
{
	return update - update % every + every;
}

/* Whether a checkpoint or a log line, the last at `last`, is due now. */
static bool
is_due(uint64_t updates, uint64_t last, uint64_t every)
{
	return every > 0 && updates > last && updates % every == 0;
}

/*
 * The run was lost and has returned to an earlier update. A file that holds
 * that already, at the rate of then, is left as it is.
 */
static enum run_status
stop_lost(struct session *session)
{
	session->is_saved = session->was_saved &&
		session->saved_at == run_updates(&session->run);
	begin_duties(session);
	return RUN_DIVERGED;
}

/* The log line of an update that has ended, where it has one. */
static bool
log_when_due(struct session *session, struct error *error)
{
	uint64_t updates = run_updates(&session->run);

	if (!session->log.is_open ||
	    !is_due(updates, session->logged_at, session->log_every))
		return true;
	session->logged_at = updates;
	return training_log_add(&session->log, &session->run, error);
}

/* A validation that has begun belongs to what is saved. */
static bool
is_checkpoint_due(const struct session *session)
{
	return session->model != NULL && !session->run.reader.is_validating &&
		is_due(run_updates(&session->run), session->checkpoint_at,
			session->checkpoint_every);
}

/* The next update after which there is something to do, or `until`. */
static uint64_t
next_stop(const struct session *session, uint64_t until)
{
	uint64_t next;

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
	for (;;) {
		uint64_t before = run_updates(&session->run);
		uint64_t stop = next_stop(session, until);
		bool was_validating = session->run.reader.is_validating;
		enum run_status status;

		status = run_advance_within(&session->run, stop, work, error);
		if (status == RUN_REACHED && stop >= session_end(session) &&
		    !fallback_check(&session->run, error))
			status = RUN_DIVERGED;
		if (status == RUN_DIVERGED)
			return stop_lost(session);
		if (run_updates(&session->run) > before || was_validating)
			session->is_saved = false;
		/* also without work: an update may cost more than a slice */
		if (!log_when_due(session, error))
			return RUN_LOG_FAILED;
		if (session->run.reader.validation.has_improved &&
		    !save_best(session, error))
			return RUN_CHECKPOINT_FAILED;
		if (is_checkpoint_due(session)) {
			session->checkpoint_at = run_updates(&session->run);
			if (!fallback_check(&session->run, error))
				return stop_lost(session);
			return session_save(session, error)
				? RUN_GOES_ON : RUN_CHECKPOINT_FAILED;
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
	if (!fallback_check(&session->run, error)) {
		stop_lost(session);
		return error_prefix(error, "%s: not saved", session->model);
	}
	synchronize_log(session);
	if (!model_file_write(&session->run, session->model, error))
		return false;
	session->is_saved = true;
	session->was_saved = true;
	session->keeps_former = false;
	session->saved_at = run_updates(&session->run);
	return true;
}

bool
session_keep(struct session *session, bool has_diverged, struct error *error)
{
	struct error ignored;

	if (!session->is_saved && !fallback_check(&session->run, &ignored)) {
		stop_lost(session);
		has_diverged = true;
	}
	if (session->model == NULL || session->is_saved ||
	    session->keeps_former)
		return true;
	/* of a run that has no good state, or has learnt nothing yet */
	if (has_diverged && access(session->model, F_OK) == 0 &&
	    (session->run.fallback.good == NULL ||
		    (run_updates(&session->run) == 0 && !session->was_saved)))
		return true;
	return session_save(session, error);
}

/* The locks of another name, of which the session may have some already. */
struct other_locks {
	struct model_lock lock, best_lock;
	bool has_lock, has_best_lock;
};

static void
release_locks(struct other_locks *locks)
{
	model_lock_release(&locks->lock);
	model_lock_release(&locks->best_lock);
}

static bool
take_locks(const struct session *session, const char *model,
	struct other_locks *locks, struct error *error)
{
	char *best = best_file_name(model);
	bool good = best != NULL || error_out_of_memory(error);

	*locks = (struct other_locks){
		.has_lock = model_lock_holds(&session->lock, model,
			ATOMIC_FILE_NAMED),
		.has_best_lock = best != NULL && model_lock_holds(
			&session->best_lock, best, ATOMIC_FILE_DERIVED),
	};
	free(best);
	if (good && model_lock_holds(&session->best_lock, model,
		    ATOMIC_FILE_NAMED))
		good = error_set(error, "%s: the best model of this run is "
			"kept there; choose another name", model);
	good = good && (locks->has_lock || model_lock_take(&locks->lock,
				model, ATOMIC_FILE_NAMED, error)) &&
		(locks->has_best_lock || lock_best(&locks->best_lock, model,
				&session->run.settings, error));
	if (!good)
		release_locks(locks);
	return good;
}

/* The session has the name that these locks are of. */
static void
change_locks(struct session *session, const struct other_locks *locks)
{
	if (!locks->has_lock) {
		model_lock_release(&session->lock);
		session->lock = locks->lock;
	}
	if (!locks->has_best_lock) {
		model_lock_release(&session->best_lock);
		session->best_lock = locks->best_lock;
	}
}

bool
session_save_as(struct session *session, const char *model,
	struct error *error)
{
	char *copy = memory_string(model), *old = session->model;
	struct other_locks locks;

	if (copy == NULL)
		return error_out_of_memory(error);
	if (!check_files(session, model, &session->run.settings, error) ||
	    !check_place(session, model, false, error) ||
	    !take_locks(session, model, &locks, error)) {
		free(copy);
		return false;
	}
	session->model = copy;
	if (session_save(session, error)) {
		change_locks(session, &locks);
		free(old);
		return true;
	}
	session->model = old;
	release_locks(&locks);
	free(copy);
	return false;
}

bool
session_begin(struct session *session, const struct settings *settings,
	const struct progress *progress, struct error *error)
{
	struct run *run = memory_new(1, sizeof *run);
	struct settings found = *settings;

	if (run == NULL)
		return error_out_of_memory(error);
	find_file(found.data);
	settings_forget_irrelevant(&found);
	if (!check_files(session, NULL, &found, error) ||
	    !run_create_watched(run, &found, progress, error)) {
		free(run);
		return false;
	}
	run_destroy(&session->run);
	run_move(&session->run, run);
	free(run);
	model_lock_release(&session->best_lock);
	model_lock_release(&session->lock);
	free(session->model);
	session->model = NULL;
	session->init_name = NULL;
	session->note[0] = '\0';
	session->is_resumed = false;
	session->is_saved = false;
	session->was_saved = false;
	session->keeps_former = false;
	begin_duties(session);
	return true;
}

bool
session_reset(struct session *session, uint64_t seed,
	const struct progress *progress, struct error *error)
{
	struct run *run = &session->run;
	struct initial initial = {0};

	if (run->init[0] != '\0') {
		if (!initial_read(&initial, run, run->init, error))
			return false;
		if (initial.hash != run->init_hash) {
			initial_release(&initial);
			return error_set(error, "%s: not the weights that the "
				"run began with", run->init);
		}
	}
	if (!run_reset(run, seed, progress, error)) {
		initial_release(&initial);
		return false;
	}
	if (run->init[0] != '\0')
		initial_apply(&initial, run);
	initial_release(&initial);
	session->keeps_former |= session->was_saved;
	session->was_saved = false;
	session->is_saved = false;
	begin_duties(session);
	return true;
}

void
session_set_target(struct session *session, uint64_t target)
{
	session->run.settings.target = target;
	session->is_saved = false;
}

void
session_set_learning_rate(struct session *session, double rate)
{
	session->run.settings.learning_rate = rate;
	session->is_saved = false;
}

uint64_t
session_end(const struct session *session)
{
	uint64_t target = session->run.settings.target;

	return target > 0 ? target : UINT64_MAX;
}
