/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line that trains one run of a sweep, as words to execute, or
 * quoted for a shell so that another scheduler can run it.
 */
#ifndef LSTMTUI_CLI_SWEEP_PLAN_H
#define LSTMTUI_CLI_SWEEP_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "sweep/sweep.h"

/* The words of a command, owned; ends with NULL. */
struct sweep_words {
	size_t count, room;
	char **word;
};

/*
 * Make the words of `lstmtui train` for a run. has_pipe: it reports its
 * progress on standard output. Release them with sweep_words_release, also
 * after a failure.
 */
bool sweep_train_words(const struct sweep *sweep, const struct sweep_run *run,
	const struct arguments *arguments, bool has_pipe,
	struct sweep_words *words, struct error *error);

void sweep_words_release(struct sweep_words *words);

/*
 * Print the commands of all runs, one per line, or as many in a line as --chunk
 * says.
 */
bool sweep_print_plan(const struct sweep *sweep,
	const struct arguments *arguments, struct error *error);

#endif
