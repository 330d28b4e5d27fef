/*
 * `lstmtui sweep`: the model-size experiment. Every size is trained from
 * several seeds, in processes side by side; what they leave is gathered into
 * a table, results in files and the shapes that they draw.
 */
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/signals.h"
#include "cli/sweep_live.h"
#include "cli/sweep_plan.h"
#include "cli/sweep_report.h"
#include "cli/sweep_workers.h"
#include "run/sweep_results.h"

enum {
	LISTEN_MS = 100,
	LOCK_LOOK_MS = 20,
	LOCK_LOOKS = 500, /* 10 seconds: what a killed sweep's runs may take */
	PANEL_ROWS = 7
};

#define FRAME_SECONDS 0.1
#define LOOK_SECONDS 0.4    /* between two looks at the checkpoints */
#define RESULTS_SECONDS 1.0 /* between two writings of the results */

struct sweeper {
	const struct arguments *arguments;
	struct sweep sweep;
	struct sweep_workers workers;
	struct sweep_live live;
	bool shows_live, shows_lines;
	size_t next;   /* the run to start next */
	size_t failed; /* runs */
	struct error first_failure;
	double drawn_at, looked_at, written_at;
};

static bool
is_utf8(const struct arguments *arguments)
{
	return !arguments->ascii &&
		strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool
is_terminal(void)
{
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && term != NULL &&
		strcmp(term, "dumb") != 0;
}

/*
 * Hold the directory, so that two sweeps never train the same runs. The
 * runs inherit the lock: those of a sweep that was killed hold it until they
 * have saved. *descriptor is -1 where the file system has no such locks.
 */
static bool
lock_directory(const char *path, int *descriptor, struct error *error)
{
	/* passed on to the runs: no O_CLOEXEC */
	*descriptor = open(path, O_RDONLY | O_DIRECTORY);
	if (*descriptor < 0)
		return error_set(error, "%s: %s", path, strerror(errno));
	for (int i = 0; flock(*descriptor, LOCK_EX | LOCK_NB) != 0; i++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		if (i == LOCK_LOOKS || signals_caught() != 0) {
			close(*descriptor);
			*descriptor = -1;
			return error_set(error, "%s: another sweep is at "
				"work there", path);
		}
		nanosleep(&(struct timespec){0, LOCK_LOOK_MS * 1000000L},
			NULL);
	}
	return true;
}

/* Make the directory where there is none; *is_new: it was made. */
static bool
make_directory(const char *path, bool *is_new, struct error *error)
{
	struct stat status;

	*is_new = mkdir(path, 0777) == 0;
	if (*is_new)
		return true;
	if (errno != EEXIST)
		return error_set(error, "%s: the directory could not be made: "
			"%s", path, strerror(errno));
	if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode))
		return error_set(error, "%s: not a directory", path);
	return true;
}

/* What is wrong with every run is better said once, and at once. */
static bool
try_run(const struct sweep *sweep, struct error *error)
{
	struct run *run = memory_new(1, sizeof *run);
	struct settings settings = sweep->settings;
	bool good;

	if (run == NULL)
		return error_out_of_memory(error);
	settings.units = (struct settings_units){
		.layers = 1, .units = {sweep->runs[0].units}};
	good = run_create(run, &settings, error);
	run_destroy(run);
	free(run);
	return good;
}

/* Read all that is there already. */
static bool
look_at_all(struct sweep *sweep, struct error *error)
{
	for (size_t i = 0; i < sweep->count && signals_caught() == 0; i++)
		if (!sweep_look(sweep, &sweep->runs[i], error))
			return false;
	sweep_read_seconds(sweep);
	return true;
}

static void
print_run(const struct sweeper *sweeper, const struct sweep_run *run)
{
	char loss[64];

	printf("%zu unit%s, seed %llu: %s  (%zu/%zu runs)\n", run->units,
		run->units == 1 ? "" : "s", (unsigned long long)run->seed,
		sweep_format_loss(&sweeper->sweep, run->loss, loss,
			sizeof loss), sweep_finished(&sweeper->sweep),
		sweeper->sweep.count);
	fflush(stdout);
}

static void
note_failure(struct sweeper *sweeper, const struct sweep_run *run,
	const struct error *cause)
{
	if (sweeper->failed++ > 0)
		return;
	sweeper->first_failure = *cause;
	/* most causes name the file, and with it the run */
	if (strstr(cause->text, run->model) == NULL)
		error_prefix(&sweeper->first_failure, "%s", run->model);
}

/* A run's process has ended: see what it left. */
static void
attend(struct sweeper *sweeper, const struct sweep_end *end)
{
	struct sweep_run *run = &sweeper->sweep.runs[end->run];
	struct error cause;

	if (!end->is_good) {
		if (signals_caught() == 0)
			note_failure(sweeper, run, &end->error);
		return;
	}
	error_set(&cause, "the run did not come to its end");
	if (!sweep_look(&sweeper->sweep, run, &cause) || !run->is_finished) {
		note_failure(sweeper, run, &cause);
		return;
	}
	if (!isnan(run->seconds))
		run->seconds = end->seconds;
	if (sweeper->shows_lines)
		print_run(sweeper, run);
}

static bool
start_some(struct sweeper *sweeper, struct error *error)
{
	struct sweep *sweep = &sweeper->sweep;

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
		/* of a run that was begun, they can no longer be known */
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

/* Read the checkpoints of what is at work, for its shapes. */
static void
look_at_work(struct sweeper *sweeper)
{
	for (size_t i = 0; i < sweeper->workers.count; i++) {
		const struct sweep_worker *worker =
			&sweeper->workers.worker[i];
		struct error ignored;

		if (worker->pid != 0)
			sweep_look(&sweeper->sweep,
				&sweeper->sweep.runs[worker->run], &ignored);
	}
}

static bool
show(struct sweeper *sweeper, struct error *error)
{
	double now = clock_seconds();

	if (!sweeper->shows_live || now - sweeper->drawn_at < FRAME_SECONDS)
		return true;
	if (now - sweeper->looked_at >= LOOK_SECONDS) {
		look_at_work(sweeper);
		sweeper->looked_at = clock_seconds();
	}
	for (size_t i = 0; i < sweeper->workers.count; i++) {
		const struct sweep_worker *worker =
			&sweeper->workers.worker[i];
		struct sweep_run *run = &sweeper->sweep.runs[worker->run];

		if (worker->pid != 0 && worker->updates > run->updates)
			run->updates = worker->updates;
	}
	sweeper->drawn_at = now;
	return sweep_live_draw(&sweeper->live, &sweeper->sweep, error);
}

/* Write the results now and then: a killed sweep leaves them too. */
static bool
keep_results(struct sweeper *sweeper, struct error *error)
{
	double now = clock_seconds();

	if (now - sweeper->written_at < RESULTS_SECONDS)
		return true;
	sweeper->written_at = now;
	return sweep_write_results(&sweeper->sweep, error);
}

/* Train all that is not finished. */
static bool
train_all(struct sweeper *sweeper, struct error *error)
{
	struct sweep_end end;
	bool has_news = false;

	for (;;) {
		if (!start_some(sweeper, error) || !show(sweeper, error))
			return false;
		if (sweeper->workers.busy == 0 || signals_caught() != 0)
			return true;
		sweep_workers_listen(&sweeper->workers, LISTEN_MS);
		while (sweep_workers_take(&sweeper->workers, &end)) {
			attend(sweeper, &end);
			has_news = true;
		}
		if (has_news && !keep_results(sweeper, error))
			return false;
	}
}

/* The table, the files and the shapes of what is finished. */
static bool
report(const struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	struct multiples_form form = {
		.tier = is_utf8(arguments) ? CANVAS_BRAILLE : CANVAS_ASCII,
		.width = (size_t)sweep_live_columns() - 1,
		.panel_rows = PANEL_ROWS,
	};
	size_t unfinished = sweep->count - sweep_finished(sweep);
	struct sweep_shapes shapes = {0};
	struct error no_picture;
	bool good;

	if (!sweep_write_results(sweep, error))
		return false;
	sweep_print_table(sweep, stdout);
	if (unfinished > 0)
		printf("%zu of %zu runs %s not finished\n", unfinished,
			sweep->count, unfinished == 1 ? "is" : "are");
	good = sweep_write_picture(sweep, &no_picture);
	if (arguments->quiet)
		return true;
	if (isatty(STDOUT_FILENO)) {
		putchar('\n');
		if (!sweep_shapes_collect(sweep, &shapes, error) ||
		    !multiples_print(&shapes.multiples, &form, stdout,
			    error)) {
			sweep_shapes_release(&shapes);
			return false;
		}
		sweep_shapes_release(&shapes);
	}
	printf("results: %s/results.csv, %s/results.json%s%s%s\n",
		sweep->directory, sweep->directory, good ? ", " : "",
		good ? sweep->directory : "", good ? "/shapes.svg" : "");
	if (!good)
		printf("no %s/shapes.svg: %s\n", sweep->directory,
			no_picture.text);
	return true;
}

static enum exit_status
finish(struct sweeper *sweeper, bool is_good, struct error *error)
{
	const struct sweep *sweep = &sweeper->sweep;
	struct error results_error;

	if (sweeper->live.drawn > 0)
		sweep_live_clear(&sweeper->live);
	if (signals_caught() != 0) {
		if (sweep_finished(sweep) > 0)
			sweep_write_results(sweep, &results_error);
		if (!sweeper->arguments->quiet)
			printf("stopped: %zu of %zu runs are finished; the "
				"same command goes on\n",
				sweep_finished(sweep), sweep->count);
		return (enum exit_status)(EXIT_SIGNAL + signals_caught());
	}
	if (!is_good)
		return EXIT_FAILED;
	if ((sweep_finished(sweep) > 0 || sweeper->failed == 0) &&
	    !report(sweep, sweeper->arguments, error))
		return EXIT_FAILED;
	if (sweeper->failed == 0)
		return EXIT_DONE;
	*error = sweeper->first_failure;
	if (sweeper->failed > 1)
		error_set(error, "%zu of %zu runs failed; the first: %s",
			sweeper->failed, sweep->count,
			sweeper->first_failure.text);
	return EXIT_FAILED;
}

static enum exit_status
sweep_here(struct sweeper *sweeper, struct error *error)
{
	const struct arguments *arguments = sweeper->arguments;
	struct sweep *sweep = &sweeper->sweep;
	size_t jobs = (size_t)arguments->jobs;
	bool good, is_new;
	int lock;
	enum exit_status status = EXIT_FAILED;

	if (jobs == 0)
		jobs = (size_t)fmax(1, (double)sysconf(_SC_NPROCESSORS_ONLN));
	if (jobs > sweep->count)
		jobs = sweep->count;
	if (!try_run(sweep, error) ||
	    !make_directory(sweep->directory, &is_new, error))
		return EXIT_FAILED;
	signals_catch();
	if (lock_directory(sweep->directory, &lock, error)) {
		good = look_at_all(sweep, error) &&
			sweep_workers_create(&sweeper->workers, jobs, error) &&
			train_all(sweeper, error);
		sweep_workers_destroy(&sweeper->workers);
		status = finish(sweeper, good, error);
		close(lock);
	}
	/* nothing is left behind where nothing came of it */
	if (is_new && status != EXIT_DONE)
		rmdir(sweep->directory);
	return status;
}

static bool
collect(struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	if (!sweep_find(sweep, arguments->collect, error))
		return false;
	sweep->evaluated = arguments->count;
	if (look_at_all(sweep, error))
		return report(sweep, arguments, error);
	error->is_usage = false; /* the files disagree, not the options */
	return false;
}

static enum exit_status
plan_and_sweep(struct sweeper *sweeper, struct error *error)
{
	const struct arguments *arguments = sweeper->arguments;
	struct sweep *sweep = &sweeper->sweep;
	bool is_new;

	if (!sweep_plan(sweep, arguments->output, arguments->sizes,
		    arguments->first_seed, arguments->seeds,
		    &arguments->session.settings, arguments->session.given,
		    error))
		return EXIT_FAILED;
	sweep->evaluated = arguments->count;
	if (!arguments->plan)
		return sweep_here(sweeper, error);
	/* the commands need a place to save in */
	return make_directory(sweep->directory, &is_new, error) &&
			sweep_print_plan(sweep, arguments, error)
		? EXIT_DONE : EXIT_FAILED;
}

enum exit_status
command_sweep(const struct arguments *arguments, struct error *error)
{
	struct sweeper *sweeper = memory_new(1, sizeof *sweeper);
	enum exit_status status = EXIT_FAILED;

	if (sweeper == NULL) {
		error_out_of_memory(error);
		return EXIT_FAILED;
	}
	sweeper->arguments = arguments;
	sweeper->shows_live = !arguments->quiet && is_terminal();
	sweeper->shows_lines = !arguments->quiet && !sweeper->shows_live;
	sweeper->live.utf8 = is_utf8(arguments);
	if (arguments->collect != NULL && arguments->output != NULL)
		error_set_usage(error, "--collect and --output: one "
			"directory is enough");
	else if (arguments->collect != NULL)
		status = collect(&sweeper->sweep, arguments, error)
			? EXIT_DONE : EXIT_FAILED;
	else if (arguments->output == NULL || arguments->output[0] == '\0')
		error_set_usage(error, "sweep: where to? --output DIR");
	else
		status = plan_and_sweep(sweeper, error);
	sweep_destroy(&sweeper->sweep);
	free(sweeper);
	if (status == EXIT_DONE && !command_flush(error))
		status = EXIT_FAILED;
	return status;
}
