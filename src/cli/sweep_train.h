/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The training of a sweep: what is not finished is trained, some runs side by
 * side, and shown as it goes. A run that fails takes no other with it.
 */
#ifndef LSTMTUI_CLI_SWEEP_TRAIN_H
#define LSTMTUI_CLI_SWEEP_TRAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "sweep/sweep.h"

/* The runs that failed, and what the first of them said. */
struct sweep_failures {
	size_t count;
	struct error first;
};

/*
 * Train all that sweep_look_all did not find finished, until it is or a
 * signal is caught: then the runs are stopped and save. Returns false where
 * the sweep itself cannot go on.
 */
bool sweep_train(struct sweep *sweep, const struct arguments *arguments,
	struct sweep_failures *failures, struct error *error);

#endif
