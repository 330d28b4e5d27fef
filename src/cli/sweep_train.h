/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The training of a sweep: train the unfinished runs in parallel processes and
 * show their progress. A run that fails does not stop the others.
 */
#ifndef LSTMTUI_CLI_SWEEP_TRAIN_H
#define LSTMTUI_CLI_SWEEP_TRAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "sweep/sweep.h"

/* The count of failed runs, and the message of the first. */
struct sweep_failures {
	size_t count;
	struct error first;
};

/*
 * Train all runs that sweep_load_runs found unfinished. After a signal the runs
 * save their models and stop. Returns false if the sweep itself cannot
 * continue.
 */
bool sweep_train(struct sweep *sweep, const struct arguments *arguments,
	struct sweep_failures *failures, struct error *error);

#endif
