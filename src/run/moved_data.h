/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data of a saved run that have been moved or changed since: a model names
 * them by their path, which the user can give anew, and knows them by their
 * hash.
 */
#ifndef LSTMTUI_RUN_MOVED_DATA_H
#define LSTMTUI_RUN_MOVED_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* How to name the new place, where the command takes --data for that ... */
#define MOVED_DATA_OPTION "give its new place with --data FILE"
/* ... and where it does not. */
#define MOVED_DATA_TRAIN "'lstmtui train --data FILE MODEL' keeps its new place"
/* What is left to do with data that have changed. */
#define MOVED_DATA_EVALUATE "--data FILE evaluates on other data"

/*
 * After the data at `path`, which a model names, could not be read: add the
 * remedy to the message if there is no file any more that could be opened, or
 * if the path is standard input's.
 * Returns false.
 */
bool moved_data_explain(const char *path, const char *remedy,
	struct error *error);

/*
 * Whether the data read from `path` are those that the run began with, by
 * their hashes. If not, the message ends with the remedy; NULL: there is none.
 */
bool moved_data_check(const char *path, uint64_t hash, uint64_t run_hash,
	const char *remedy, struct error *error);

#endif
