/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open and close a session, and begin another run in it. */
#include "base/translate.h"
#include "session/session.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/regular_file.h"
#include "base/signals.h"
#include "file/atomic_file.h"
#include "session/model_file.h"
#include "run/moved_data.h"
#include "run/relevance.h"
#include "run/run.h"
#include "run/run_private.h"
#include "session/session_private.h"

void
session_find_file(char file[SETTINGS_PATH_SIZE])
{
	char path[PATH_MAX];

	if (file[0] != '\0' && strcmp(file, "-") != 0 &&
		realpath(file, path) != NULL)
		snprintf(file, SETTINGS_PATH_SIZE, "%s", path);
}

/*
 * If data came from standard input, keep the former path of the data file,
 * since the pipe cannot be read again.
 */
static void
keep_place(struct session *session, const char former[SETTINGS_PATH_SIZE])
{
	struct settings *settings = &session->run->state.settings;

	if (!regular_file_is_stdin(settings->data))
		return;
	/* a run that kept its data keeps them */
	memcpy(settings->data, former, sizeof settings->data);
	settings_take(settings, settings);
	session->changed &= ~settings_bit(&setting_data);
}

/* Set the initial weights of a new run from a file. */
static bool
take_initial(struct session *session, const char *path, struct error *error)
{
	struct run *run = session->run;
	struct initial initial;

	if (strlen(path) >= sizeof run->state.init)
		return error_set_usage(error, "--init: the name is too long");
	if (!initial_read(&initial, &run->state, path, error))
		return false;
	initial_apply(&initial, &run->state);
	snprintf(run->state.init, sizeof run->state.init, "%s", path);
	session_find_file(run->state.init);
	run->state.init_hash = initial.hash;
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

/*
 * Read standard input for --data -, unless the caller has read it. The caller
 * releases settings->data_bytes.
 */
static bool
read_input(struct settings *settings, const struct session_options *options,
	struct error *error)
{
	settings->data_bytes = NULL;
	if (!settings_are_given(options->given, &setting_data) ||
		!settings_read_input(settings))
		return true;
	settings->data_bytes = options->input != NULL
		? shared_bytes_share(options->input)
		: shared_bytes_read("-", TEXT_BYTES_MAX, error);
	return settings->data_bytes != NULL;
}

/* Note the task that the data decide. */
static void
choose_task(struct session *session, struct settings *settings,
	settings_mask *given)
{
	if (settings_choose_task(settings, given))
		snprintf(session->note, sizeof session->note,
			settings->task->is_text
				? _("task %s, because %.200s has no columns "
				    "of numbers; --task chooses another")
				: _("task %s, because %.200s has columns of "
				    "numbers; --task chooses another"),
			settings->task->kind.name,
			settings_read_input(settings) ? _("standard input")
						      : settings->data);
}

/* Complete the settings, whose input has been read, and create the run. */
static bool
create_run(struct session *session, struct settings *settings,
	const struct session_options *options, struct error *error)
{
	settings_mask given = options->given;

	choose_task(session, settings, &given);
	if (!settings_complete(settings, given, error) ||
		!settings_check_relevance(settings, given, error))
		return false;
	if (!settings_are_given(given, &setting_seed) &&
		!settings_draw_seed(&settings->seed, error))
		return false;
	session_find_file(settings->data);
	session->run = run_create(options->context, settings,
		options->progress != NULL ? options->progress : &until_signal,
		error);
	return session->run != NULL;
}

static bool
begin(struct session *session, const struct session_options *options,
	struct error *error)
{
	struct settings settings = options->settings;
	bool good;

	if (!read_input(&settings, options, error))
		return false;
	good = create_run(session, &settings, options, error);
	shared_bytes_release(settings.data_bytes);
	return good &&
		(options->init == NULL ||
			take_initial(session, options->init, error));
}

/* The data of a resumed run are checked by their hash. */
static bool
take_input(struct session *session, struct settings *asked,
	const struct session_options *options, struct error *error)
{
	struct settings *settings = &session->run->state.settings;

	if (!read_input(asked, options, error))
		return false;
	if (asked->data_bytes != NULL) {
		shared_bytes_release(settings->data_bytes);
		settings->data_bytes = asked->data_bytes;
	} else {
		/* a run that takes its data from a file keeps no content */
		settings_take(settings, settings);
	}
	return true;
}

static bool
resume(struct session *session, const struct session_options *options,
	struct error *error)
{
	struct settings asked = options->settings;
	char place[SETTINGS_PATH_SIZE];

	session->run = model_file_open(options->context, options->model, error);
	if (session->run == NULL)
		return false;
	if (options->init != NULL)
		return error_set_usage(error,
			"%s: --init requires a new run, and this run is "
			"resumed",
			options->model);
	memcpy(place, session->run->state.settings.data, sizeof place);
	session_find_file(asked.data);
	if (!settings_resume(&session->run->state.settings, &asked,
		    options->given, &session->changed, error))
		return error_prefix(error, "%s", options->model);
	if (!take_input(session, &asked, options, error))
		return false;
	if (!run_prepare(session->run, error)) {
		if (!settings_are_given(options->given, &setting_data))
			moved_data_explain(session->run->state.settings.data,
				MOVED_DATA_OPTION, error);
		return error_prefix(error, "%s", options->model);
	}
	keep_place(session, place);
	if (!run_state_identify(&session->run->state, error))
		return false;
	session->is_resumed = true;
	session->was_saved = true;
	/* a new target alone needs no save */
	session->is_saved =
		!(session->changed & ~settings_bit(&setting_target));
	session->saved_at = run_updates(session->run);
	return true;
}

static bool
open_log(struct session *session, const struct session_options *options,
	struct error *error)
{
	session->log_every = options->log_every;
	if (options->log == NULL)
		return true;
	return training_log_open(&session->log, options->log,
		options->log_format, session->run, session->is_resumed, error);
}

bool
session_open(struct session *session, const struct session_options *options,
	struct error *error)
{
	struct stat status;
	bool exists;

	memset(session, 0, sizeof *session);
	session->context = options->context;
	session->asks = options->asks;
	session_past_open(session, options->history_memory);
	session->checkpoint_every = options->checkpoint_every;
	session->log_name = options->log;
	session->record = options->record;
	session->init_name = options->init;
	if (options->log != NULL &&
		!training_log_check_name(options->log, options->log_format,
			error))
		return false;
	if (!session_files_check(session, options->model, &options->settings,
		    error))
		return false;
	if (options->model != NULL) {
		session->model = memory_string(options->model);
		if (session->model == NULL)
			return error_out_of_memory(error);
		if (!model_lock_take(&session->lock, options->model,
			    ATOMIC_FILE_NAMED, error))
			return false;
		/* before reading: later changes are another program's */
		session->stamp = file_stamp_take(options->model, true);
	}
	exists = options->model != NULL && !options->force &&
		stat(options->model, &status) == 0;
	if (!(exists ? resume(session, options, error)
		     : begin(session, options, error)))
		return false;
	/* only the saved run knows its data, and whether it validates */
	if (!session_files_check(session, options->model,
		    &session->run->state.settings, error) ||
		!session_files_open(session, options->force, error))
		return false;
	session_begin_duties(session);
	return open_log(session, options, error);
}

bool
session_close(struct session *session, struct error *error)
{
	bool good = training_log_close(&session->log, error);

	session_past_forget(session);
	run_destroy(session->run);
	session_files_close(session);
	memset(session, 0, sizeof *session);
	return good;
}

bool
session_begin(struct session *session, const struct settings *settings,
	const struct progress *progress, struct error *error)
{
	struct settings found = *settings;
	struct run *run;

	session_find_file(found.data);
	settings_forget_irrelevant(&found);
	if (settings_read_input(&found) && found.data_bytes == NULL)
		return error_set(error,
			"--data -: standard input is the terminal; give the "
			"name of a file");
	if (!session_files_check(session, NULL, &found, error))
		return false;
	run = run_create(session->context, &found, progress, error);
	if (run == NULL)
		return false;
	session_past_forget(session);
	run_destroy(session->run);
	session->run = run;
	session_files_close(session);
	session->init_name = NULL;
	session->note[0] = '\0';
	session->is_resumed = false;
	session->is_saved = false;
	session->was_saved = false;
	session->keeps_former = false;
	session_begin_duties(session);
	training_log_restart(&session->log, session->run);
	return true;
}

bool
session_reset(struct session *session, uint64_t seed,
	const struct progress *progress, struct error *error)
{
	struct run *run = session->run;
	struct initial initial = {0};

	if (run->state.init[0] != '\0') {
		if (!initial_read(&initial, &run->state, run->state.init,
			    error))
			return false;
		if (initial.hash != run->state.init_hash) {
			initial_release(&initial);
			return error_set(error,
				"%s: not the weights that the "
				"run began with",
				run->state.init);
		}
	}
	if (!run_reset(run, seed, progress, error)) {
		initial_release(&initial);
		return false;
	}
	if (run->state.init[0] != '\0')
		initial_apply(&initial, &run->state);
	initial_release(&initial);
	session_past_forget(session);
	session_best_forget(session);
	session->keeps_former |= session->was_saved;
	session->was_saved = false;
	session->is_saved = false;
	session_begin_duties(session);
	training_log_restart(&session->log, session->run);
	return true;
}
