/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data of a saved run that were moved or changed. A model file contains the
 * path of its data, which the user can change, and a hash of the data.
 */
#ifndef LSTMTUI_RUN_MOVED_DATA_H
#define LSTMTUI_RUN_MOVED_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Advice on moved data from a command that accepts the new path. */
#define MOVED_DATA_OPTION "give the new path with --data FILE"
/* The same from a command that does not. */
#define MOVED_DATA_TRAIN "'lstmtui train --data FILE MODEL' saves the new path"
/* Advice on changed data. */
#define MOVED_DATA_EVALUATE "--data FILE evaluates on other data"

/*
 * Append the advice to the error message about unreadable data at `path`, if no
 * file can be opened there or the path is standard input. Returns false.
 */
bool moved_data_explain(const char *path, const char *remedy,
	struct error *error);

/*
 * Check by hash that the data at `path` are the data that the run was started
 * with. If not, the message ends with the advice; NULL: no advice. A run with
 * the hash 0 takes any.
 */
bool moved_data_check(const char *path, uint64_t hash, uint64_t run_hash,
	const char *remedy, struct error *error);

#endif
