/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The benchmark: measure parts of the program beside the peak of the machine,
 * or compare two builds.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/signals.h"
#include "compare_commands.h"
#include "compare_rows.h"
#include "files.h"
#include "measure.h"
#include "options.h"
#include "ratios.h"
#include "row.h"

/* Blocks of large files, of a megabyte each. */
enum { BLOCKS = 100, BLOCKS_QUICK = 4 };

/* Store the path of the program in the same build folder as the bench. */
static const char *
find_program(const char *bench, char path[PATH_MAX])
{
	const char *slash = strrchr(bench, '/');

	snprintf(path, PATH_MAX, "%.*s../src/lstmtui",
		slash != NULL ? (int)(slash + 1 - bench) : 0, bench);
	return path;
}

static void
list_rows(const struct options *options)
{
	const struct row *row;

	if (options->compare_program != NULL) {
		compare_commands_list(options->only);
		return;
	}
	for (size_t i = 0; (row = row_list(i)) != NULL; i++)
		if (options_choose(options->only, row->name))
			puts(row->name);
}

static bool
has_rows(const struct options *options)
{
	const struct row *row;

	for (size_t i = 0; (row = row_list(i)) != NULL; i++)
		if (options_choose(options->only, row->name))
			return true;
	return false;
}

static bool
run_with_files(const struct options *options, const char *bench,
	const struct files *files, struct error *error)
{
	const struct ratios ratios = {options->is_json};
	char path[PATH_MAX];

	if (options->compare_program != NULL)
		return compare_commands(options,
			options->program != NULL ? options->program
						 : find_program(bench, path),
			files, &ratios, error);
	if (options->row != NULL)
		return measure_serve(options, files, error);
	if (!has_rows(options))
		return error_set_usage(error, "--only %s: no such row",
			options->only);
	if (options->compare != NULL)
		return compare_rows(options, bench, &ratios, error);
	return measure_rows(options, files, error);
}

static bool
run(const struct options *options, const char *bench, struct error *error)
{
	struct files files;
	bool is_good;

	if (options->shows_help) {
		fputs(options_usage(), stdout);
		return true;
	}
	if (options->lists) {
		list_rows(options);
		return true;
	}
	is_good = files_create(&files,
			  options->is_quick ? BLOCKS_QUICK : BLOCKS, error) &&
		run_with_files(options, bench, &files, error);
	files_destroy(&files);
	return is_good;
}

int
main(int argc, char **argv)
{
	struct options options;
	struct error error = {.is_usage = false};

	signals_catch();
	if (options_read(&options, argc, argv, &error) &&
		run(&options, argv[0], &error)) {
		if (fflush(stdout) == 0)
			return EXIT_SUCCESS;
		error_set(&error, "cannot write the output");
	}
	fprintf(stderr, "bench: %s\n", error.text);
	return error.is_usage ? 2 : EXIT_FAILURE;
}
