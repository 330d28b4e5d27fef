/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sweep.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/printable.h"
#include "base/signals.h"
#include "base/translate.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "sweep/sweep_live.h"
#include "cli/sweep_directory.h"
#include "cli/sweep_plan.h"
#include "sweep/sweep_report.h"
#include "cli/sweep_train.h"
#include "sweep/sweep_results.h"

enum { PANEL_ROWS = 7 };

static bool
is_utf8(const struct arguments *arguments)
{
	return !arguments->ascii && utf8_is_locale() && !tty_has_small_font();
}

/* Print the shapes of all combinations. */
static bool
print_shapes(const struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	struct multiples_config config = {
		.tier = is_utf8(arguments) ? CANVAS_BRAILLE : CANVAS_ASCII,
		.width = (size_t)sweep_live_columns() - 1,
		.panel_rows = PANEL_ROWS,
		.title_columns = SWEEP_TITLE_COLUMNS,
	};
	struct sweep_shapes shapes = {0};
	bool ok;

	putchar('\n');
	ok = sweep_shapes_collect(sweep, &shapes, error) &&
		multiples_print(&shapes.multiples, &config, stdout, error);
	sweep_shapes_release(&shapes);
	return ok;
}

/* Print the names of the result files. */
static void
print_names(const struct sweep *sweep, bool has_picture,
	const struct error *no_picture)
{
	char name[PATH_MAX];

	printable_copy(name, sizeof name, sweep->directory);
	printf("%s %s/results.csv, %s/results.json%s%s%s\n", _("results:"),
		name, name, has_picture ? ", " : "", has_picture ? name : "",
		has_picture ? "/shapes.svg" : "");
	if (no_picture->text[0] != '\0')
		printf(_("%s/shapes.svg not written: %s\n"), name,
			no_picture->text);
}

/* Print the table and the shapes and write the results of finished runs. */
static bool
report(const struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	size_t unfinished = sweep->count - sweep_finished(sweep);
	struct error no_picture = {0};
	bool has_picture;

	if (!sweep_write_results(sweep, error) ||
		!sweep_print_table(sweep, stdout, error))
		return false;
	if (unfinished > 0)
		printf(translate_count("%zu of %zu runs is not finished\n",
			       "%zu of %zu runs are not finished\n",
			       unfinished),
			unfinished, sweep->count);
	has_picture =
		sweep_draws(sweep) && sweep_write_picture(sweep, &no_picture);
	if (arguments->quiet)
		return true;
	if (isatty(STDOUT_FILENO) && sweep_draws(sweep) &&
		!print_shapes(sweep, arguments, error))
		return false;
	print_names(sweep, has_picture, &no_picture);
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
			printf(_("stopped: %zu of %zu runs are finished; the "
				 "same command continues\n"),
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

static enum exit_status
sweep_here(struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	struct sweep_failures failures = {0};
	enum exit_status status = EXIT_FAILED;
	bool good, is_new;
	int lock;

	if (!sweep_try(sweep, error) ||
		!sweep_directory_make(sweep->directory, &is_new, error))
		return signals_caught() != 0
			? command_signalled(signals_caught(), error)
			: EXIT_FAILED;
	if (sweep_directory_lock(sweep->directory, &lock, error)) {
		good = sweep_directory_check_models(sweep, error) &&
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
		(!sweep_directory_check(sweep, FILE_INPUT, error) ||
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

static bool
plan(struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	const struct settings_texts *vary = &arguments->vary;
	/* the default sizes are for a sweep of nothing else */
	bool has_sizes =
		vary->count == 0 || option_is_given(arguments, &option_units);
	const struct sweep_request request = {
		.vary = vary->text,
		.varied = vary->count,
		.units = has_sizes ? arguments->sizes : NULL,
		.first_seed = arguments->first_seed,
		.seeds = arguments->seeds,
		.settings = &arguments->session.settings,
		.given = arguments->session.given,
	};

	return sweep_plan(sweep, arguments->session.context, arguments->output,
		&request, error);
}

static enum exit_status
plan_and_sweep(struct sweep *sweep, const struct arguments *arguments,
	struct error *error)
{
	bool is_new;

	if (!plan(sweep, arguments, error) ||
		!sweep_directory_check(sweep, FILE_OUTPUT, error))
		return EXIT_FAILED;
	sweep->evaluated = arguments->count;
	sweep->is_forced = arguments->session.force;
	if (!arguments->plan)
		return sweep_here(sweep, arguments, error);
	/* the printed commands save there */
	return sweep_directory_make(sweep->directory, &is_new, error) &&
			sweep_print_plan(sweep, arguments, error)
		? EXIT_DONE
		: EXIT_FAILED;
}

enum exit_status
sweep_run(const struct arguments *arguments, struct error *error)
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
