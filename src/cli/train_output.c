/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/train_output.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/printable.h"
#include "base/translate.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "draw/gauge.h"

enum {
	LINES_PER_RUN = 10,
	BAR_COLUMNS_MAX = 100, /* of the progress line */
	BAR_TEXT_SIZE = 4 * BAR_COLUMNS_MAX
};

#define BAR_SECONDS 0.1
#define LINE_SECONDS 10.0

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
print_heading(const struct train_output *output)
{
	const struct run *run = output->session->run;
	const struct settings *settings = run_settings(run);
	char architecture[512], updates[NUMBER_TEXT_SIZE], name[PATH_MAX];

	settings_architecture(settings, run_model(run)->shape.outputs,
		output->utf8, architecture, sizeof architecture);
	printf(_("%s, %s, %s, %zu parameters, %s, %s, seed %llu\n"),
		settings->task->kind.name, settings->framing->kind.name,
		architecture, run_model(run)->parameters.total,
		settings->loss->kind.name, settings->optimizer->kind.name,
		(unsigned long long)settings->seed);
	print_window_note(run);
	if (output->session->is_resumed)
		printf(_("resumed %s at update %s\n"),
			printable_copy(name, sizeof name,
				output->session->model),
			number_grouped(updates, output->began));
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
print_line(const struct train_output *output, FILE *stream)
{
	const struct run *run = output->session->run;
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
replace_line(struct train_output *output, const char *text, int columns)
{
	int rows, max, rest;

	tty_size(&rows, &max);
	rest = (output->bar_columns < max ? output->bar_columns : max - 1) -
		columns;
	if (output->moves_cursor)
		printf("\r%s\033[K", text);
	else
		printf("\r%s%*s", text, rest > 0 ? rest : 0, "");
	if (columns == 0)
		putchar('\r');
	output->bar_columns = columns;
	fflush(stdout);
}

static void
print_bar(struct train_output *output)
{
	const struct run *run = output->session->run;
	uint64_t updates = run_updates(run), target = run_settings(run)->target;
	double spent = output->shown_time - output->start_time;
	double speed = (double)(updates - output->began) / spent;
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
	columns = gauge_print(&line, output->utf8 ? "━" : "#",
		output->utf8 ? "─" : ".", text, sizeof text);
	replace_line(output, text, columns);
}

/* Set the update of the next line: the next tenth of a run with an end. */
static void
set_next_line(struct train_output *output)
{
	const struct run *run = output->session->run;
	uint64_t tenth = run_settings(run)->target / LINES_PER_RUN;

	output->next_line = tenth > 0
		? run_updates(run) - run_updates(run) % tenth + tenth
		: UINT64_MAX;
}

/* Print a line for each epoch of a text. */
static void
show_validation(struct train_output *output)
{
	const struct validation *validation =
		run_validation(output->session->run);
	char loss[NUMBER_TEXT_SIZE], seconds[NUMBER_TEXT_SIZE];
	char perplexity[NUMBER_TEXT_SIZE], bits[NUMBER_TEXT_SIZE];

	if (validation->epochs <= output->epochs ||
		!run_task(output->session->run)->is_text)
		return;
	output->epochs = validation->epochs;
	if (output->shows_bar)
		replace_line(output, "", 0);
	if (output->shows_bar || output->shows_lines)
		printf(_("epoch %llu  validation loss %s  perplexity %s  "
			 "bits per character %s  %s\n"),
			(unsigned long long)validation->epochs,
			number_loss(loss, validation->last),
			number_perplexity(perplexity, validation->last),
			number_fixed(bits,
				run_bits_per_character(output->session->run,
					validation->last),
				4),
			number_duration(seconds,
				clock_seconds() - output->start_time));
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

void
train_output_notice(struct train_output *output)
{
	print_message("", output->session->notice);
	output->session->notice[0] = '\0';
}

void
train_output_progress(struct train_output *output)
{
	bool is_line = run_updates(output->session->run) >= output->next_line;
	double now = clock_seconds();

	if (is_line)
		set_next_line(output);
	show_validation(output);
	if (output->shows_bar && now - output->shown_time > BAR_SECONDS) {
		output->shown_time = now;
		print_bar(output);
	}
	if (output->shows_lines &&
		(is_line || now - output->shown_time > LINE_SECONDS)) {
		output->shown_time = now;
		print_line(output, stdout);
	}
}

void
train_output_report(struct train_output *output)
{
	if (output->shows_bar)
		replace_line(output, "", 0);
	print_line(output, stderr);
}

void
train_output_clear(struct train_output *output)
{
	if (output->shows_bar && output->shown_time > output->start_time)
		replace_line(output, "", 0);
}

static bool
shows_any(const struct train_output *output)
{
	return output->shows_bar || output->shows_lines;
}

void
train_output_saved(const struct train_output *output)
{
	const struct session *session = output->session;
	char updates[NUMBER_TEXT_SIZE], name[PATH_MAX];

	if (shows_any(output))
		printf(_("saved %s at update %s\n"),
			printable_copy(name, sizeof name, session->model),
			number_grouped(updates, run_updates(session->run)));
}

void
train_output_end(const struct train_output *output, bool is_idle)
{
	const struct run *run = output->session->run;
	double seconds = clock_seconds() - output->start_time;
	char count[NUMBER_TEXT_SIZE];

	if (output->shows_bar)
		print_line(output, stdout);
	if (shows_any(output) && !is_idle)
		printf(_("%s updates in %.2f s\n"),
			number_grouped(count, run_updates(run) - output->began),
			seconds);
	if (shows_any(output) && run_lost_patience(run))
		print_patience(run);
}

void
train_output_idle(const struct train_output *output, bool was_saved)
{
	const struct session *session = output->session;
	char count[NUMBER_TEXT_SIZE];

	if (!shows_any(output))
		return;
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

void
train_output_begin(struct train_output *output, struct session *session,
	const struct arguments *arguments)
{
	bool is_quiet = arguments->quiet ||
		(arguments->session.log != NULL &&
			strcmp(arguments->session.log, "-") == 0);

	*output = (struct train_output){
		.session = session,
		.shows_bar = !is_quiet && isatty(STDOUT_FILENO),
		.shows_lines = !is_quiet && !isatty(STDOUT_FILENO),
		.moves_cursor = tty_moves_cursor(),
		.utf8 = !arguments->ascii && utf8_is_locale() &&
			!tty_has_small_font(),
		.began = run_updates(session->run),
		.epochs = run_validation(session->run)->epochs,
		.start_time = clock_seconds(),
	};
	output->shown_time = output->start_time;
	set_next_line(output);
	train_output_notice(output);
	if (!arguments->quiet)
		print_data(session->run);
	if (shows_any(output))
		print_heading(output);
	if (!arguments->quiet)
		print_message(_("note: "), session->note);
}
