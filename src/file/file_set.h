/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Check that no output file of a command is also an input file or another
 * output file; otherwise a log could overwrite the training data. Files are
 * compared by device and inode, so that links and different paths to the same
 * file are detected; a file that does not exist yet, by its directory and name.
 */
#ifndef LSTMTUI_FILE_FILE_SET_H
#define LSTMTUI_FILE_FILE_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum file_use { FILE_INPUT, FILE_OUTPUT };

/* The files of a command. A zero struct is an empty set. */
struct file_set {
	struct file_entry *entry;
	size_t count, capacity;
	bool is_out_of_memory;
};

/*
 * Add a file. `label` names it in messages, such as "--log", and must outlive
 * the set. Devices, terminals, pipes, directories, NULL and empty paths are
 * ignored.
 */
void file_set_add(struct file_set *set, enum file_use use, const char *label,
	const char *path);

/* Add standard output and standard error, which may be the same file. */
void file_set_add_standard(struct file_set *set);

/*
 * Check and release the set. Return false, as an error of usage with both files
 * in the message, if an output is the same file as another one of the set. Two
 * standard outputs may be the same file.
 */
bool file_set_check(struct file_set *set, struct error *error);

#endif
