/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui train`: the same training as in the interface, without a screen.
 */
#include "cli/commands.h"
#include "cli/common_options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/signals.h"
#include "base/translate.h"
#include "cli/start_progress.h"
#include "cli/train_output.h"

/* Work between two checks of the clock and the signals, some milliseconds. */
#define SLICE_WORK UINT64_C(2000000)

/* Propose the rate divided by this to a diverged run, at most RATE_MAX. */
#define RATE_STEP 10
#define RATE_MAX 0.01

static bool
save(struct train_output *output, bool has_diverged, struct error *error)
{
	struct session *session = output->session;
	bool was_saved = session->is_saved;

	if (!session_keep(session, has_diverged, error))
		return false;
	train_output_notice(output);
	if (session->is_saved && !was_saved)
		train_output_saved(output);
	return true;
}

/* Train to the end. Returns the reason to stop. */
static enum run_status
train(struct train_output *output, struct error *error)
{
	struct session *session = output->session;
	uint64_t end = session_end(session);
	enum run_status status = RUN_GOES_ON;

	while (status == RUN_GOES_ON && signals_caught() == 0) {
		uint64_t until =
			output->next_line < end ? output->next_line : end;
		uint64_t work = SLICE_WORK;

		status = session_advance(session, until, &work, error);
		if (status == RUN_REACHED && until < end)
			status = RUN_GOES_ON;
		if (status == RUN_GOES_ON &&
			!session_tend_log(session, clock_seconds(), error))
			status = RUN_LOG_FAILED;
		if (status == RUN_CHECKPOINT_FAILED) {
			/* the next checkpoint may succeed */
			if (signals_caught() == 0)
				fprintf(stderr, "lstmtui: %s\n", error->text);
			error_set(error, "%s", "");
			status = RUN_GOES_ON;
		}
		train_output_progress(output);
		train_output_notice(output);
		if (signals_take_report())
			train_output_report(output);
	}
	train_output_clear(output);
	return status;
}

/* The rate to propose to a run that diverged. */
static double
lower_rate(double rate)
{
	return fmin(rate / RATE_STEP, RATE_MAX);
}

/* Add the command that continues a diverged run to the message. */
static void
add_way_on(const struct session *session, struct error *error)
{
	double rate = lower_rate(run_settings(session->run)->learning_rate);
	char cause[ERROR_TEXT_SIZE];
	char *model;

	memcpy(cause, error->text, sizeof cause);
	error_set(error, "%s; try a lower --learning-rate", cause);
	if (!session->is_saved)
		return;
	model = shell_quoted_line(session->model, true);
	if (model != NULL)
		error_set(error,
			"%s; continue at a lower rate: lstmtui train "
			"--learning-rate %.2g %s%s",
			cause, rate, model[0] == '-' ? "./" : "", model);
	free(model);
}

static enum exit_status
finish(struct train_output *output, enum run_status status, struct error *error)
{
	struct session *session = output->session;
	bool is_idle = run_updates(session->run) == output->began &&
		signals_caught() == 0;
	bool was_saved = session->is_saved;
	struct error save_error;

	/* keep the message of the first failure */
	if (status == RUN_DIVERGED || status == RUN_LOG_FAILED ||
		status == RUN_FAILED) {
		if (!save(output, status == RUN_DIVERGED, &save_error))
			fprintf(stderr, "lstmtui: %s\n", save_error.text);
		else if (signals_caught() > 0)
			return command_signalled(signals_caught(), error);
		else if (status == RUN_DIVERGED)
			add_way_on(session, error);
		return EXIT_FAILED;
	}
	train_output_end(output, is_idle);
	if (!save(output, false, error))
		return EXIT_FAILED;
	if (is_idle)
		train_output_idle(output, was_saved);
	if (signals_caught() > 0)
		return command_signalled(signals_caught(), error);
	/* the model was saved under another name */
	return session->is_moved ? EXIT_FAILED : EXIT_DONE;
}

static enum exit_status
train_command(const struct arguments *arguments, struct error *error)
{
	struct session *session = memory_new(1, sizeof *session);
	struct session_options options = arguments->session;
	struct train_output output;
	struct start_progress start;
	bool is_open;
	enum exit_status status = EXIT_FAILED;

	if (session == NULL) {
		error_out_of_memory(error);
		return EXIT_FAILED;
	}
	signals_catch();
	start_progress_begin(&start, arguments->quiet);
	options.progress = &start.progress;
	is_open = session_open(session, &options, error);
	start_progress_end(&start);
	if (is_open) {
		train_output_begin(&output, session, arguments);
		status = finish(&output, train(&output, error), error);
	} else if (signals_caught() > 0) {
		status = command_signalled(signals_caught(), error);
	}
	return command_close(session, status, error);
}

static void
find_unmet(const struct arguments *arguments, struct unmet *unmet)
{
	if (arguments->session.log == NULL)
		unmet_add(unmet, &need_log);
	if (arguments->session.model == NULL)
		unmet_add(unmet, &need_model);
	if (arguments->session.model == NULL &&
		(arguments->session.log == NULL ||
			arguments->session.log_format->add_snapshot == NULL))
		unmet_add(unmet, &need_snapshots);
}

static const struct setting option_force = {
	.option = "force",
	.summary = N_("start over and replace an existing MODEL"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(session.force),
	.needs = NEEDS(&need_model),
};

static const struct setting *const options[] = {
	&option_init,
	&option_log,
	&option_log_format,
	&option_log_every,
	&option_checkpoint_every,
	&option_force,
	NULL,
};

const struct command command_train = {
	.name = "train",
	.operand = "[MODEL]",
	.first_files = MODEL_FILES,
	.summary = N_("train without a screen"),
	.run = train_command,
	.takes = common_takes_all,
	.options = options,
	.find_unmet = find_unmet,
};
