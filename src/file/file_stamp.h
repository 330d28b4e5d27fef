/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Detect that a file was replaced or changed since the program read or wrote
 * it, by its device, inode, size and modification time. A change of its mode or
 * of its number of links does not count.
 */
#ifndef LSTMTUI_FILE_FILE_STAMP_H
#define LSTMTUI_FILE_FILE_STAMP_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

/* A zero struct is the stamp of a file that does not exist. */
struct file_stamp {
	bool exists;
	dev_t device;
	ino_t inode;
	off_t size; /* bytes */
	struct timespec modified;
};

/* Return the stamp of a file with a given status. */
struct file_stamp file_stamp_of(const struct stat *status);

/* Return the current stamp of the file at a path. */
struct file_stamp file_stamp_take(const char *path, bool follows_links);

/*
 * Return true if there is a file at the path whose stamp differs, so that
 * writing to the path would overwrite another file or a change.
 */
bool file_stamp_differs(const struct file_stamp *stamp, const char *path,
	bool follows_links);

#endif
