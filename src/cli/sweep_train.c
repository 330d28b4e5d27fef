/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sweep_train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/signals.h"
#include "base/translate.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "sweep/sweep_live.h"
#include "cli/sweep_plan.h"
#include "sweep/sweep_report.h"
#include "sweep/sweep_workers.h"
#include "sweep/sweep_results.h"

enum { LISTEN_MS = 100 };

#define FRAME_SECONDS 0.1
#define LOOK_SECONDS 0.4    /* between two reads of the checkpoints */
#define RESULTS_SECONDS 1.0 /* between two writes of the results */

struct sweeper {
	struct sweep *sweep;
	const struct arguments *arguments;
	struct sweep_failures *failures;
	struct sweep_workers workers;
	struct sweep_live live;
	bool shows_live, shows_lines;
	size_t next; /* the run to start next */
	double drawn_at, looked_at, written_at;
};

static void
print_run(const struct sweeper *sweeper, const struct sweep_run *run)
{
	char label[SWEEP_LABEL_SIZE], loss[64];

	printf(_("%s, seed %llu: %s  (%zu/%zu runs)\n"),
		sweep_label(sweeper->sweep, run->combination, label),
		(unsigned long long)run->seed,
		sweep_format_loss(sweeper->sweep, run->combination, run->loss,
			loss, sizeof loss),
		sweep_finished(sweeper->sweep), sweeper->sweep->count);
	fflush(stdout);
}

static void
note_failure(struct sweeper *sweeper, const struct sweep_run *run,
	const struct error *cause)
{
	if (sweeper->failures->count++ > 0)
		return;
	sweeper->failures->first = *cause;
	/* most messages name the file, which identifies the run */
	if (strstr(cause->text, run->model) == NULL)
		error_prefix(&sweeper->failures->first, "%s", run->model);
}

/* Handle the end of a training process: read its model. */
static void
end_run(struct sweeper *sweeper, const struct sweep_worker_exit *result)
{
	struct sweep_run *run = &sweeper->sweep->runs[result->run];
	struct error cause;

	if (!result->has_succeeded) {
		if (signals_caught() == 0)
			note_failure(sweeper, run, &result->error);
		return;
	}
	error_set(&cause, "the run ended before its last update");
	if (!sweep_load_run(sweeper->sweep, run, &cause) || !run->is_finished) {
		note_failure(sweeper, run, &cause);
		return;
	}
	if (!isnan(run->seconds))
		run->seconds = result->seconds;
	if (sweeper->shows_lines)
		print_run(sweeper, run);
}

static bool
start_some(struct sweeper *sweeper, struct error *error)
{
	struct sweep *sweep = sweeper->sweep;

	while (sweeper->workers.busy < sweeper->workers.count &&
		signals_caught() == 0) {
		struct sweep_words words;
		struct sweep_run *run;
		bool good;

		while (sweeper->next < sweep->count &&
			sweep->runs[sweeper->next].is_finished)
			sweeper->next++;
		if (sweeper->next == sweep->count)
			return true;
		run = &sweep->runs[sweeper->next];
		/* the time of a resumed run is unknown */
		run->seconds = run->updates > 0 ? NAN : 0;
		good = sweep_train_words(sweep, run, sweeper->arguments, true,
			       &words, error) &&
			sweep_workers_start(&sweeper->workers, sweeper->next,
				words.word, error);
		sweep_words_release(&words);
		if (!good)
			return false;
		sweeper->next++;
	}
	return true;
}

/* Read the checkpoints of the runs in training, to draw their shapes. */
static void
read_checkpoints(struct sweeper *sweeper)
{
	for (size_t i = 0; i < sweeper->workers.count; i++) {
		const struct sweep_worker *worker = &sweeper->workers.worker[i];
		struct error ignored;

		if (worker->pid != 0)
			sweep_load_run(sweeper->sweep,
				&sweeper->sweep->runs[worker->run], &ignored);
	}
}

/* Take over the progress that the workers have reported. */
static void
take_counts(struct sweeper *sweeper)
{
	for (size_t i = 0; i < sweeper->workers.count; i++) {
		const struct sweep_worker *worker = &sweeper->workers.worker[i];
		struct sweep_run *run = &sweeper->sweep->runs[worker->run];

		if (worker->pid != 0 && worker->updates > run->updates)
			run->updates = worker->updates;
	}
}

/* SIGUSR1: print a line of progress below the display. */
static void
report(struct sweeper *sweeper)
{
	if (sweeper->live.drawn > 0)
		sweep_live_clear(&sweeper->live);
	take_counts(sweeper);
	sweep_live_summary(sweeper->sweep, stderr);
}

static bool
show(struct sweeper *sweeper, struct error *error)
{
	double now = clock_seconds();

	if (!sweeper->shows_live || now - sweeper->drawn_at < FRAME_SECONDS)
		return true;
	if (now - sweeper->looked_at >= LOOK_SECONDS) {
		read_checkpoints(sweeper);
		sweeper->looked_at = clock_seconds();
	}
	take_counts(sweeper);
	sweeper->drawn_at = now;
	return sweep_live_draw(&sweeper->live, sweeper->sweep, error);
}

/* Write the results from time to time, in case the sweep is killed. */
static bool
keep_results(struct sweeper *sweeper, bool *has_news, struct error *error)
{
	double now = clock_seconds();

	if (!*has_news || now - sweeper->written_at < RESULTS_SECONDS)
		return true;
	*has_news = false;
	sweeper->written_at = now;
	return sweep_write_results(sweeper->sweep, error);
}

/* Train all runs that are not finished. */
static bool
train_all(struct sweeper *sweeper, struct error *error)
{
	struct sweep_worker_exit result;
	bool has_news = false;

	for (;;) {
		if (!start_some(sweeper, error) || !show(sweeper, error))
			return false;
		if (sweeper->workers.busy == 0 || signals_caught() != 0)
			return true;
		sweep_workers_read(&sweeper->workers, LISTEN_MS);
		if (signals_take_report())
			report(sweeper);
		while (sweep_workers_reap(&sweeper->workers, &result)) {
			end_run(sweeper, &result);
			has_news = true;
		}
		if (!keep_results(sweeper, &has_news, error))
			return false;
	}
}

/* The number of runs to train in parallel. */
static size_t
count_jobs(const struct sweep *sweep, const struct arguments *arguments)
{
	size_t jobs = (size_t)arguments->jobs;

	if (jobs == 0)
		jobs = (size_t)fmax(1, (double)sysconf(_SC_NPROCESSORS_ONLN));
	return jobs < sweep->count ? jobs : sweep->count;
}

bool
sweep_train(struct sweep *sweep, const struct arguments *arguments,
	struct sweep_failures *failures, struct error *error)
{
	struct sweeper sweeper = {
		.sweep = sweep,
		.arguments = arguments,
		.failures = failures,
		.live.is_utf8 = !arguments->ascii && utf8_is_locale() &&
			!tty_has_small_font(),
		.shows_live = !arguments->quiet && tty_moves_cursor(),
	};
	bool good;

	sweeper.shows_lines = !arguments->quiet && !sweeper.shows_live;
	good = sweep_workers_create(&sweeper.workers,
		       count_jobs(sweep, arguments), error) &&
		train_all(&sweeper, error);
	sweep_workers_destroy(&sweeper.workers);
	if (sweeper.live.drawn > 0)
		sweep_live_clear(&sweeper.live);
	return good;
}
