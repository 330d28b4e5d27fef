/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compare two programs by whole commands (commands.h), run in turns. A round
 * runs each command once with each program, kernel and number of threads; the
 * ratio of the two programs is taken within each round.
 */
#ifndef LSTMTUI_BENCH_COMPARE_COMMANDS_H
#define LSTMTUI_BENCH_COMPARE_COMMANDS_H

#include <stdbool.h>

#include "base/error.h"
#include "files.h"
#include "options.h"
#include "ratios.h"

/*
 * Compare options->compare_program with the program at a path in all chosen
 * rows, and print a line for each, kernel and number of threads.
 */
bool compare_commands(const struct options *options, const char *program,
	const struct files *files, const struct ratios *ratios,
	struct error *error);

/* Print the names of the chosen rows. */
void compare_commands_list(const char *only);

#endif
