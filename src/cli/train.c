/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui train`: the same training as in the interface, without a screen.
 */
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/common_options.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/printable.h"
#include "base/shell.h"
#include "base/signals.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "cli/start_progress.h"
#include "draw/gauge.h"

/* Work between two checks of the clock and the signals, some milliseconds. */
#define SLICE_WORK UINT64_C(2000000)

enum {
	LINES_PER_RUN = 10,
	BAR_COLUMNS_MAX = 100, /* of the progress line */
	BAR_TEXT_SIZE = 4 * BAR_COLUMNS_MAX
};

/* Propose the rate divided by this to a diverged run, at most RATE_MAX. */
#define RATE_STEP 10
#define RATE_MAX 0.01

#define BAR_SECONDS 0.1
#define LINE_SECONDS 10.0

struct trainer {
	struct session *session;
	bool shows_bar, shows_lines, moves_cursor, utf8;
	uint64_t began; /* updates done before */
	double start_time, shown_time;
	int bar_columns;    /* of the progress line that is shown */
	uint64_t next_line; /* the update at which a line is due */
	uint64_t epochs;    /* epochs of a text reported so far */
};

/* Note a window that leaves a single target in each sequence. */
static void
print_window_note(const struct run *run)
{
	struct framing_config framing = settings_framing(run_settings(run));
	size_t longest, steps, samples;

	if (!framing.framing->reads_window || run_task(run)->is_text)
		return;
	longest = run_longest(run);
	framing_measure(framing, longest, &steps, &samples);
	if (samples == 1 && framing.window > 1)
		printf(_("note: --window %zu leaves a single target in a "
			 "sequence of %zu points; a smaller window leaves "
			 "more\n"),
			framing.window, longest);
}

/* Print what was read from the data to standard error. */
static void
print_data(const struct run *run)
{
	struct text_list lines = {0};
	struct data_report report;

	if (!run_data_report(run, &report))
		return;
	if (data_report_list(&report, &lines))
		for (size_t i = 0; i < lines.count; i++) {
			fputs(i == 0 ? "lstmtui: " : "  ", stderr);
			if (i == 0) {
				printable_print(settings_read_input(
							run_settings(run))
						? _("standard input")
						: run_settings(run)->data,
					stderr);
				fputs(": ", stderr);
			}
			printable_print(lines.text[i], stderr);
			fputc('\n', stderr);
		}
	text_list_destroy(&lines);
	data_report_destroy(&report);
}

static void
print_heading(const struct trainer *trainer)
{
	const struct run *run = trainer->session->run;
	const struct settings *settings = run_settings(run);
	char architecture[512], updates[NUMBER_TEXT_SIZE], name[PATH_MAX];

	settings_architecture(settings, run_model(run)->shape.outputs,
		trainer->utf8, architecture, sizeof architecture);
	printf(_("%s, %s, %s, %zu parameters, %s, %s, seed %llu\n"),
		settings->task->kind.name, settings->framing->kind.name,
		architecture, run_model(run)->parameters.total,
		settings->loss->kind.name, settings->optimizer->kind.name,
		(unsigned long long)settings->seed);
	print_window_note(run);
	if (trainer->session->is_resumed)
		printf(_("resumed %s at update %s\n"),
			printable_copy(name, sizeof name,
				trainer->session->model),
			number_grouped(updates, trainer->began));
	fflush(stdout);
}

/* Write "12,340/25,000", or the count alone for a run without end. */
static void
format_count(const struct run *run, char *text, size_t size)
{
	char done[NUMBER_TEXT_SIZE], wanted[NUMBER_TEXT_SIZE];

	number_grouped(done, run_updates(run));
	number_grouped(wanted, run_settings(run)->target);
	snprintf(text, size, "%s%s%s", done,
		run_settings(run)->target > 0 ? "/" : "",
		run_settings(run)->target > 0 ? wanted : "");
}

/* Epochs of points are often short, so that not each has a line. */
static void
print_validation(const struct validation *validation, FILE *stream)
{
	char last[NUMBER_TEXT_SIZE], best[NUMBER_TEXT_SIZE];
	char epoch[NUMBER_TEXT_SIZE];

	fprintf(stream, _("  validation %s, best %s after epoch %s"),
		number_loss(last, validation->last),
		number_loss(best, validation->best),
		number_grouped(epoch, validation->best_epoch));
}

static void
print_line(const struct trainer *trainer, FILE *stream)
{
	const struct run *run = trainer->session->run;
	char count[2 * NUMBER_TEXT_SIZE];
	char loss[NUMBER_TEXT_SIZE], average[NUMBER_TEXT_SIZE];

	format_count(run, count, sizeof count);
	fprintf(stream, _("update %s"), count);
	if (run_updates(run) > 0)
		fprintf(stream, _("  loss %s  average %s"),
			number_loss(loss, run_history(run)->last),
			number_loss(average,
				history_average(run_history(run))));
	if (!run_task(run)->is_text && run_validation(run)->epochs > 0)
		print_validation(run_validation(run), stream);
	putc('\n', stream);
	fflush(stream);
}

/*
 * Overwrite the last printed line, where the cursor still is, and erase its
 * rest. The erasing blanks never reach the last column, after which some
 * terminals wrap.
 */
static void
replace_line(struct trainer *trainer, const char *text, int columns)
{
	int rows, max, rest;

	tty_size(&rows, &max);
	rest = (trainer->bar_columns < max ? trainer->bar_columns : max - 1) -
		columns;
	if (trainer->moves_cursor)
		printf("\r%s\033[K", text);
	else
		printf("\r%s%*s", text, rest > 0 ? rest : 0, "");
	if (columns == 0)
		putchar('\r');
	trainer->bar_columns = columns;
	fflush(stdout);
}

static void
print_bar(struct trainer *trainer)
{
	const struct run *run = trainer->session->run;
	uint64_t updates = run_updates(run), target = run_settings(run)->target;
	double spent = trainer->shown_time - trainer->start_time;
	double speed = (double)(updates - trainer->began) / spent;
	struct gauge progress = {updates, target, speed,
		target > updates && speed > 0
			? (double)(target - updates) / speed
			: NAN,
		history_average(run_history(run))};
	struct gauge_line line;
	char text[BAR_TEXT_SIZE];
	int rows, columns;

	tty_size(&rows, &columns);
	if (columns > BAR_COLUMNS_MAX)
		columns = BAR_COLUMNS_MAX;
	gauge_lay_out(&line, &progress, columns - 1);
	columns = gauge_print(&line, trainer->utf8 ? "━" : "#",
		trainer->utf8 ? "─" : ".", text, sizeof text);
	replace_line(trainer, text, columns);
}

/* Set the update of the next line: the next tenth of a run with an end. */
static void
set_next_line(struct trainer *trainer)
{
	const struct run *run = trainer->session->run;
	uint64_t tenth = run_settings(run)->target / LINES_PER_RUN;

	trainer->next_line = tenth > 0
		? run_updates(run) - run_updates(run) % tenth + tenth
		: UINT64_MAX;
}

/* Print a line for each epoch of a text. */
static void
show_validation(struct trainer *trainer)
{
	const struct validation *validation =
		run_validation(trainer->session->run);
	char loss[NUMBER_TEXT_SIZE], seconds[NUMBER_TEXT_SIZE];
	char perplexity[NUMBER_TEXT_SIZE], bits[NUMBER_TEXT_SIZE];

	if (validation->epochs <= trainer->epochs ||
		!run_task(trainer->session->run)->is_text)
		return;
	trainer->epochs = validation->epochs;
	if (trainer->shows_bar)
		replace_line(trainer, "", 0);
	if (trainer->shows_bar || trainer->shows_lines)
		printf(_("epoch %llu  validation loss %s  perplexity %s  "
			 "bits per character %s  %s\n"),
			(unsigned long long)validation->epochs,
			number_loss(loss, validation->last),
			number_perplexity(perplexity, validation->last),
			number_fixed(bits,
				run_bits_per_character(trainer->session->run,
					validation->last),
				4),
			number_duration(seconds,
				clock_seconds() - trainer->start_time));
	fflush(stdout);
}

/* Print why a run has ended before its last update. */
static void
print_patience(const struct run *run)
{
	const struct validation *validation = run_validation(run);
	char epochs[NUMBER_TEXT_SIZE], best_epoch[NUMBER_TEXT_SIZE];
	char best[NUMBER_TEXT_SIZE];

	printf(_("finished after epoch %s: no better validation loss than %s "
		 "after epoch %s (--patience %llu)\n"),
		number_grouped(epochs, validation->epochs),
		number_loss(best, validation->best),
		number_grouped(best_epoch, validation->best_epoch),
		(unsigned long long)run_settings(run)->patience);
}

/* Print "lstmtui: BEFORE TEXT" to standard error, unless the text is empty. */
static void
print_message(const char *before, const char *text)
{
	if (text[0] == '\0')
		return;
	fprintf(stderr, "lstmtui: %s", before);
	printable_print(text, stderr);
	fputc('\n', stderr);
}

/* Print the session's notice about its files once. */
static void
print_notice(struct session *session)
{
	print_message("", session->notice);
	session->notice[0] = '\0';
}

/* Show the progress if it is due. */
static void
show_progress(struct trainer *trainer)
{
	bool is_line = run_updates(trainer->session->run) >= trainer->next_line;
	double now = clock_seconds();

	if (is_line)
		set_next_line(trainer);
	show_validation(trainer);
	if (trainer->shows_bar && now - trainer->shown_time > BAR_SECONDS) {
		trainer->shown_time = now;
		print_bar(trainer);
	}
	if (trainer->shows_lines &&
		(is_line || now - trainer->shown_time > LINE_SECONDS)) {
		trainer->shown_time = now;
		print_line(trainer, stdout);
	}
}

/* SIGUSR1: print a line of progress, below the bar if there is one. */
static void
report(struct trainer *trainer)
{
	if (trainer->shows_bar)
		replace_line(trainer, "", 0);
	print_line(trainer, stderr);
}

static bool
save(struct trainer *trainer, bool has_diverged, struct error *error)
{
	struct session *session = trainer->session;
	char updates[NUMBER_TEXT_SIZE], name[PATH_MAX];
	bool was_saved = session->is_saved;

	if (!session_keep(session, has_diverged, error))
		return false;
	print_notice(session);
	if (session->is_saved && !was_saved &&
		(trainer->shows_lines || trainer->shows_bar))
		printf(_("saved %s at update %s\n"),
			printable_copy(name, sizeof name, session->model),
			number_grouped(updates, run_updates(session->run)));
	return true;
}

/* Train to the end. Returns the reason to stop. */
static enum run_status
train(struct trainer *trainer, struct error *error)
{
	struct session *session = trainer->session;
	uint64_t end = session_end(session);
	enum run_status status = RUN_GOES_ON;

	while (status == RUN_GOES_ON && signals_caught() == 0) {
		uint64_t until =
			trainer->next_line < end ? trainer->next_line : end;
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
		show_progress(trainer);
		print_notice(session);
		if (signals_take_report())
			report(trainer);
	}
	if (trainer->shows_bar && trainer->shown_time > trainer->start_time)
		replace_line(trainer, "", 0);
	return status;
}

/* Report that nothing was trained, and whether new settings were saved. */
static void
print_idle(const struct session *session, bool was_saved)
{
	char count[NUMBER_TEXT_SIZE];

	if (was_saved && run_lost_patience(session->run))
		printf(_("nothing to do: no better validation in the last "
			 "epochs; use a larger --patience, or 0, for more\n"));
	else if (was_saved)
		printf(_("nothing to do: all %s updates are done; use "
			 "--updates N for more\n"),
			number_grouped(count, run_updates(session->run)));
	else
		puts(session->changed & settings_bit(&setting_data)
				? _("nothing to train; the new path of the "
				    "data is saved")
				: _("nothing to train; the new settings are "
				    "saved"));
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
finish(struct trainer *trainer, enum run_status status, struct error *error)
{
	struct session *session = trainer->session;
	uint64_t updates = run_updates(session->run);
	double seconds = clock_seconds() - trainer->start_time;
	bool shows = trainer->shows_bar || trainer->shows_lines;
	bool is_idle = updates == trainer->began && signals_caught() == 0;
	bool was_saved = session->is_saved;
	struct error save_error;
	char count[NUMBER_TEXT_SIZE];

	/* keep the message of the first failure */
	if (status == RUN_DIVERGED || status == RUN_LOG_FAILED ||
		status == RUN_FAILED) {
		if (!save(trainer, status == RUN_DIVERGED, &save_error))
			fprintf(stderr, "lstmtui: %s\n", save_error.text);
		else if (signals_caught() > 0)
			return command_signalled(signals_caught(), error);
		else if (status == RUN_DIVERGED)
			add_way_on(session, error);
		return EXIT_FAILED;
	}
	if (trainer->shows_bar)
		print_line(trainer, stdout);
	if (shows && !is_idle)
		printf(_("%s updates in %.2f s\n"),
			number_grouped(count, updates - trainer->began),
			seconds);
	if (shows && run_lost_patience(session->run))
		print_patience(session->run);
	if (!save(trainer, false, error))
		return EXIT_FAILED;
	if (shows && is_idle)
		print_idle(session, was_saved);
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
	struct trainer trainer = {.session = session};
	struct start_progress start;
	bool is_open,
		is_log = arguments->session.log != NULL &&
		strcmp(arguments->session.log, "-") == 0;
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
		print_notice(session);
		trainer.shows_bar =
			!arguments->quiet && !is_log && isatty(STDOUT_FILENO);
		trainer.shows_lines =
			!arguments->quiet && !is_log && !trainer.shows_bar;
		trainer.moves_cursor = tty_moves_cursor();
		trainer.utf8 = !arguments->ascii && utf8_is_locale() &&
			!tty_has_small_font();
		trainer.began = run_updates(session->run);
		trainer.epochs = run_validation(session->run)->epochs;
		set_next_line(&trainer);
		trainer.start_time = clock_seconds();
		trainer.shown_time = trainer.start_time;
		if (!arguments->quiet)
			print_data(session->run);
		if (trainer.shows_bar || trainer.shows_lines)
			print_heading(&trainer);
		if (!arguments->quiet)
			print_message(_("note: "), session->note);
		status = finish(&trainer, train(&trainer, error), error);
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
