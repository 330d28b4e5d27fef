/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui sweep`: train models of several sizes, each with several seeds, in
 * parallel processes; print a table, write the results to files and draw the
 * generated shapes.
 */
#include "cli/commands.h"
#include "cli/common_options.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/printable.h"
#include "base/signals.h"
#include "base/utf8.h"
#include "sweep/sweep_live.h"
#include "cli/sweep_plan.h"
#include "sweep/sweep_report.h"
#include "cli/sweep_train.h"
#include "file/file_set.h"
#include "sweep/sweep_results.h"

enum {
	LOCK_LOOK_MS = 20,
	LOCK_LOOKS =
		500, /* 10 seconds for the runs of a killed sweep to save */
	PANEL_ROWS = 7
};

static bool
is_utf8(const struct arguments *arguments)
{
	return !arguments->ascii && utf8_is_locale();
}

/*
 * Lock the directory, so that two sweeps never train the same runs. The
 * training processes inherit the lock and hold it until they have saved, even
 * if the sweep is killed. A file system without locks locks nothing.
 */
static bool
lock_directory(const char *path, int *descriptor, struct error *error)
{
	/* no O_CLOEXEC: the training processes inherit it */
	*descriptor = open(path, O_RDONLY | O_DIRECTORY);
	if (*descriptor < 0)
		return error_set(error, "%s: %s", path, strerror(errno));
	for (int i = 0; flock(*descriptor, LOCK_EX | LOCK_NB) != 0; i++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		if (i == LOCK_LOOKS || signals_caught() != 0) {
			close(*descriptor);
			*descriptor = -1;
			return error_set(error, "%s: in use by another sweep",
				path);
		}
		nanosleep(&(struct timespec){0, LOCK_LOOK_MS * 1000000L}, NULL);
	}
	return true;
}

/* Create the directory if it is missing; set *is_new if it was created. */
static bool
make_directory(const char *path, bool *is_new, struct error *error)
{
	struct stat status;

	*is_new = mkdir(path, 0777) == 0;
	if (*is_new)
		return true;
	if (errno != EEXIST)
		return error_set(error, "%s: cannot create the directory: %s",
			path, strerror(errno));
	if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode))
		return error_set(error, "%s: not a directory", path);
	return true;
}

/*
 * Check that no file that the sweep writes is also read or written under
 * another name. models: how the sweep uses the model files.
 */
static bool
check_files(const struct sweep *sweep, enum file_use models,
	struct error *error)
{
	struct file_set set = {0};
	char path[PATH_MAX];

	for (size_t i = 0; i < sweep->count; i++)
		file_set_add(&set, models, "the model", sweep->runs[i].model);
	for (size_t i = 0; sweep_result_name(i) != NULL; i++) {
		snprintf(path, sizeof path, "%s/%s", sweep->directory,
			sweep_result_name(i));
		file_set_add(&set, FILE_OUTPUT, "the result", path);
	}
	if (settings_read_input(&sweep->settings))
		return error_set_usage(error,
			"--data -: the runs of a sweep cannot share standard "
			"input; give the name of a file");
	file_set_add(&set, FILE_INPUT, "--data", sweep->settings.data);
	file_set_add_standard(&set);
	return file_set_check(&set, error);
}

/*
 * Create the first run, so that an error common to all runs is reported only
 * once. Set the hash of the data.
 */
static bool
try_run(struct sweep *sweep, struct error *error)
{
	struct settings settings = sweep->settings;
	struct run *run;

	settings.units = (struct settings_units){.layers = 1,
		.units = {sweep->runs[0].units}};
	run = run_create(sweep->context, &settings, NULL, error);
	if (run == NULL)
		return false;
	sweep->data_hash = run_data_hash(run);
	run_destroy(run);
	return true;
}

/* Print the table and the shapes and write the results of finished runs. */
static bool
report(const struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	struct multiples_config config = {
		.tier = is_utf8(arguments) ? CANVAS_BRAILLE : CANVAS_ASCII,
		.width = (size_t)sweep_live_columns() - 1,
		.panel_rows = PANEL_ROWS,
	};
	size_t unfinished = sweep->count - sweep_finished(sweep);
	struct sweep_shapes shapes = {0};
	struct error no_picture;
	char name[PATH_MAX];
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
			!multiples_print(&shapes.multiples, &config, stdout,
				error)) {
			sweep_shapes_release(&shapes);
			return false;
		}
		sweep_shapes_release(&shapes);
	}
	printable_copy(name, sizeof name, sweep->directory);
	printf("results: %s/results.csv, %s/results.json%s%s%s\n", name, name,
		good ? ", " : "", good ? name : "", good ? "/shapes.svg" : "");
	if (!good)
		printf("%s/shapes.svg not written: %s\n", name,
			no_picture.text);
	return true;
}

static enum exit_status
finish(const struct sweep *sweep, const struct arguments *arguments,
	const struct sweep_failures *failures, bool is_good,
	struct error *error)
{
	struct error results_error;

	if (signals_caught() != 0) {
		if (sweep_finished(sweep) > 0)
			sweep_write_results(sweep, &results_error);
		if (!arguments->quiet)
			printf("stopped: %zu of %zu runs are finished; the "
			       "same command continues\n",
				sweep_finished(sweep), sweep->count);
		return command_signalled(signals_caught(), error);
	}
	if (!is_good)
		return EXIT_FAILED;
	if ((sweep_finished(sweep) > 0 || failures->count == 0) &&
		!report(sweep, arguments, error))
		return EXIT_FAILED;
	if (failures->count == 0)
		return EXIT_DONE;
	*error = failures->first;
	if (failures->count > 1)
		error_set(error, "%zu of %zu runs failed; the first: %s",
			failures->count, sweep->count, failures->first.text);
	return EXIT_FAILED;
}

/*
 * Refuse to train through a symbolic link under the name of a model: the sweep
 * chose the names, so the link is someone else's.
 */
static bool
check_models(const struct sweep *sweep, struct error *error)
{
	struct stat status;

	for (size_t i = 0; i < sweep->count; i++)
		if (lstat(sweep->runs[i].model, &status) == 0 &&
			S_ISLNK(status.st_mode))
			return error_set(error,
				"%s: a sweep does not write through "
				"symbolic links",
				sweep->runs[i].model);
	return true;
}

static enum exit_status
sweep_here(struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	struct sweep_failures failures = {0};
	enum exit_status status = EXIT_FAILED;
	bool good, is_new;
	int lock;

	if (!try_run(sweep, error) ||
		!make_directory(sweep->directory, &is_new, error))
		return signals_caught() != 0
			? command_signalled(signals_caught(), error)
			: EXIT_FAILED;
	if (lock_directory(sweep->directory, &lock, error)) {
		good = check_models(sweep, error) &&
			sweep_results_check(sweep, error) &&
			sweep_load_runs(sweep, error) &&
			sweep_train(sweep, arguments, &failures, error);
		status = finish(sweep, arguments, &failures, good, error);
		close(lock);
	} else if (signals_caught() != 0) {
		error_set(error, "%s", "");
		status = command_signalled(signals_caught(), error);
	}
	/* remove the empty directory of a sweep that failed */
	if (is_new && status != EXIT_DONE)
		rmdir(sweep->directory);
	return status;
}

static enum exit_status
collect(struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	bool is_found = sweep_find(sweep, arguments->session.context,
		arguments->collect, error);

	sweep->is_forced = arguments->session.force;
	if (is_found &&
		(!check_files(sweep, FILE_INPUT, error) ||
			!sweep_results_check(sweep, error)))
		return EXIT_FAILED;
	sweep->evaluated = arguments->count;
	if (is_found && sweep_load_runs(sweep, error) && signals_caught() == 0)
		return report(sweep, arguments, error) ? EXIT_DONE
						       : EXIT_FAILED;
	error->is_usage =
		false; /* not wrong usage: the files disagree with each other */
	if (signals_caught() != 0)
		return command_signalled(signals_caught(), error);
	return EXIT_FAILED;
}

static enum exit_status
plan_and_sweep(struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	bool is_new;

	if (!sweep_plan(sweep, arguments->session.context, arguments->output,
		    arguments->sizes, arguments->first_seed, arguments->seeds,
		    &arguments->session.settings, arguments->session.given,
		    error) ||
		!check_files(sweep, FILE_OUTPUT, error))
		return EXIT_FAILED;
	sweep->evaluated = arguments->count;
	sweep->is_forced = arguments->session.force;
	if (!arguments->plan)
		return sweep_here(sweep, arguments, error);
	/* the printed commands save there */
	return make_directory(sweep->directory, &is_new, error) &&
			sweep_print_plan(sweep, arguments, error)
		? EXIT_DONE
		: EXIT_FAILED;
}

static enum exit_status
sweep_command(const struct arguments *arguments, struct error *error)
{
	const char *output = arguments->output;
	struct sweep *sweep = memory_new(1, sizeof *sweep);
	enum exit_status status = EXIT_FAILED;

	if (sweep == NULL) {
		error_out_of_memory(error);
		return EXIT_FAILED;
	}
	signals_catch();
	if (arguments->collect != NULL)
		status = collect(sweep, arguments, error);
	else if (output == NULL || output[0] == '\0')
		error_set_usage(error, "sweep: --output DIR is required");
	else
		status = plan_and_sweep(sweep, arguments, error);
	sweep_destroy(sweep);
	free(sweep);
	if (status == EXIT_DONE && !command_flush(error))
		status = EXIT_FAILED;
	return status;
}

static const struct need need_new_runs = {
	.unmet = "with --collect, which takes models as they are",
};

static const struct need need_training = {
	.unmet = "with --plan, which trains nothing",
};

static const struct setting option_checkpoint_every_of_sweep = {
	.option = "checkpoint-every",
	.argument = "N",
	.summary = "save each model every N updates (0: at its end)",
	.type = SETTING_COUNT,
	.offset = ARGUMENT(session.checkpoint_every),
	.max = 1e15,
	.initial = "1000",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_units = {
	.option = "units",
	.argument = "N[,N...]",
	.summary = "sizes: units of one-layer models",
	.type = SETTING_TEXT,
	.offset = ARGUMENT(sizes),
	.initial = "1,2,3,5,10,20,50",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_seeds = {
	.option = "seeds",
	.argument = "N",
	.summary = "number of models of each size",
	.type = SETTING_COUNT,
	.offset = ARGUMENT(seeds),
	.min = 1,
	.max = SWEEP_RUNS_MAX,
	.initial = "5",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_seed = {
	.option = "seed",
	.argument = "N",
	.summary = "first seed; the others follow it",
	.type = SETTING_COUNT,
	.offset = ARGUMENT(first_seed),
	.max = 0x1p52,
	.initial = "1",
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_jobs = {
	.option = "jobs",
	.argument = "N",
	.summary = "number of models trained in parallel",
	.type = SETTING_COUNT,
	.offset = ARGUMENT(jobs),
	.min = 1,
	.max = 1024,
	.shown_default = "the processors",
	.needs = NEEDS(&need_new_runs, &need_training),
};

static const struct setting option_output = {
	.option = "output",
	.argument = "DIR",
	.summary = "directory of models and results; unfinished models are "
		   "resumed",
	.type = SETTING_TEXT,
	.offset = ARGUMENT(output),
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_plan = {
	.option = "plan",
	.summary =
		"create DIR and only print a training command for each model",
	.type = SETTING_FLAG,
	.offset = ARGUMENT(plan),
	.needs = NEEDS(&need_new_runs),
};

static const struct setting option_collect = {
	.option = "collect",
	.argument = "DIR",
	.summary = "only collect the results of the models in DIR",
	.type = SETTING_TEXT,
	.offset = ARGUMENT(collect),
};

static const struct setting option_force = {
	.option = "force",
	.summary =
		"replace result files in DIR that were not written by a sweep",
	.type = SETTING_FLAG,
	.offset = ARGUMENT(session.force),
	.needs = NEEDS(&need_training),
};

static const struct setting option_count = {
	.option = "count",
	.argument = "N",
	.summary = "number of sequences for the loss",
	.type = SETTING_COUNT,
	.offset = ARGUMENT(count),
	.min = 1,
	.max = 1e12,
	.initial = "10000",
	.needs = NEEDS(&need_training),
};

static const struct setting *const options[] = {
	&option_checkpoint_every_of_sweep,
	&option_units,
	&option_seeds,
	&option_seed,
	&option_jobs,
	&option_output,
	&option_plan,
	&option_collect,
	&option_force,
	&option_count,
	NULL,
};

static void
find_unmet(const struct arguments *arguments, struct unmet *unmet)
{
	if (arguments->collect != NULL)
		unmet_add(unmet, &need_new_runs);
	if (arguments->plan)
		unmet_add(unmet, &need_training);
}

/* All settings but those of texts, and units and seed, which differ by run. */
static bool
takes(const struct setting *setting)
{
	const struct need *const *needs = setting->needs;

	for (; needs != NULL && *needs != NULL; needs++)
		if (*needs == &need_text)
			return false;
	return setting != &setting_units && setting != &setting_seed;
}

const struct command command_sweep = {
	.name = "sweep",
	.operand = "",
	.summary = "train models of several sizes and compare them",
	.run = sweep_command,
	.takes = takes,
	.setting_need = &need_new_runs,
	.refused = &task_text.kind,
	.options = options,
	.find_unmet = find_unmet,
};
