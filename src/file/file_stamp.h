/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * To know again a file that the program read or wrote, before it is replaced:
 * its device, inode, size and time of modification. Another file that took
 * its name, or new contents, make another stamp; a change of its mode or its
 * links does not.
 */
#ifndef LSTMTUI_FILE_FILE_STAMP_H
#define LSTMTUI_FILE_FILE_STAMP_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

/* All zero there is no file. */
struct file_stamp {
	bool exists;
	dev_t device;
	ino_t inode;
	off_t size; /* bytes */
	struct timespec modified;
};

/* The stamp of a file with this status. */
struct file_stamp file_stamp_of(const struct stat *status);

/* The stamp of what stands under a name now. */
struct file_stamp file_stamp_take(const char *path, bool follows_links);

/*
 * Whether writing under a name would replace a file that is not the one of
 * the stamp. Where there is no file nothing is lost.
 */
bool file_stamp_is_other(const struct file_stamp *stamp, const char *path,
	bool follows_links);

#endif
