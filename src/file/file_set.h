/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that a command reads and writes. No output may be an input or
 * another output of the same command: a log would empty the data that it is
 * trained on. Files are compared by device and inode, so that links and
 * other paths to a file do not hide it; one that is still to be made, by its
 * directory and its name.
 */
#ifndef LSTMTUI_FILE_FILE_SET_H
#define LSTMTUI_FILE_FILE_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum file_use { FILE_INPUT, FILE_OUTPUT };

/* All zero it is empty. */
struct file_set {
	struct file_entry *entry;
	size_t count, room;
	bool is_out_of_memory;
};

/*
 * Add a file; what: how the user knows it, as "--log", borrowed as long as
 * the set. Devices, terminals, pipes and directories are left out, and so is
 * NULL or an empty path.
 */
void file_set_add(struct file_set *set, enum file_use use, const char *what,
	const char *path);

/* Add standard output and standard error, which may be one file. */
void file_set_add_standard(struct file_set *set);

/*
 * Release the set. Returns false, as wrong usage and with both files in the
 * message, where an output is another file of the set too.
 */
bool file_set_check(struct file_set *set, struct error *error);

#endif
