/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read data for a saved run: its own again, or other data in the same way. */
#ifndef LSTMTUI_RUN_RUN_DATA_H
#define LSTMTUI_RUN_RUN_DATA_H

#include <stdbool.h>

#include "base/error.h"
#include "run/run.h"
#include "task/sequences.h"

/*
 * Read points from the file at `path` by the settings of a run, and scale them
 * as the run's. If path is run_settings(run)->data, data that the run keeps are
 * read instead of a file. holds_out: hold out what the run holds out. Release
 * the data with sequences_destroy. Return false, with the cause in the message,
 * if they cannot be read.
 */
bool run_data_read(struct sequences *data, const struct run *run,
	const char *path, bool holds_out, struct error *error);

#endif
