/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data of a saved run that were moved or changed. A model file has the path of
 * its data, which the user can replace, and their hash.
 */
#ifndef LSTMTUI_RUN_MOVED_DATA_H
#define LSTMTUI_RUN_MOVED_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* The remedy of a command that takes --data for the new path, ... */
#define MOVED_DATA_OPTION "give its new place with --data FILE"
/* ... and of one that does not. */
#define MOVED_DATA_TRAIN "'lstmtui train --data FILE MODEL' keeps its new place"
/* The remedy for changed data. */
#define MOVED_DATA_EVALUATE "--data FILE evaluates on other data"

/*
 * Add the remedy to the message of data at `path` that could not be read, if no
 * file can be opened there or the path is standard input. Returns false.
 */
bool moved_data_explain(const char *path, const char *remedy,
	struct error *error);

/*
 * Check by its hash that the data at `path` are those of the run's beginning.
 * If not, the message ends with the remedy; NULL: no remedy.
 */
bool moved_data_check(const char *path, uint64_t hash, uint64_t run_hash,
	const char *remedy, struct error *error);

#endif
