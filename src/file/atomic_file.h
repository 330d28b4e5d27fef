/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write files atomically: at any moment, the path names either the complete old
 * file or the complete new one. The new file is written to a temporary file in
 * the same directory, synchronized to the disk and renamed. Every step is
 * checked.
 */
#ifndef LSTMTUI_FILE_ATOMIC_FILE_H
#define LSTMTUI_FILE_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "file/file_stamp.h"

struct atomic_file;

/* Origin of a path, which decides how existing files are treated. */
enum atomic_file_origin {
	/* given by the user: symbolic links are followed */
	ATOMIC_FILE_NAMED,
	/*
	 * Derived from a path given by the user: a symbolic link may come from
	 * someone else, and is replaced, not followed.
	 */
	ATOMIC_FILE_DERIVED,
	/* derived, and the path must not exist */
	ATOMIC_FILE_NEW
};

/*
 * Begin to write `path`. Create a temporary file in the same directory and
 * change nothing else. A replaced file's owner, group and mode are kept
 * (file_owner.h); the mode of a new file is 0666 minus the umask. The temporary
 * file is created exclusively and is never readable by more users than the
 * final one. Return NULL, with the path and the cause in the message, if it
 * cannot be created.
 */
struct atomic_file *atomic_file_open(const char *path,
	enum atomic_file_origin origin, struct error *error);

/* Append bytes. After a failure, call atomic_file_abandon. */
bool atomic_file_write(struct atomic_file *file, const void *bytes,
	size_t count, struct error *error);

/*
 * Replace the old file by the new one and release the handle. Return false,
 * with the old file unchanged, if any step fails or if another program changed
 * the old file since atomic_file_open. Store the new file's stamp in *stamp if
 * stamp is not NULL.
 */
bool atomic_file_commit(struct atomic_file *file, struct file_stamp *stamp,
	struct error *error);

/* Remove the temporary file and release the handle. NULL does nothing. */
void atomic_file_abandon(struct atomic_file *file);

/*
 * Store the resolved path of the file in target[PATH_MAX]: the same for all
 * paths that name the file. Return false, with the path and the cause in the
 * message, if the path cannot be a regular file's.
 */
bool atomic_file_target(const char *path, enum atomic_file_origin origin,
	char *target, struct error *error);

/*
 * Store the prefix of the names of a target's temporary files in
 * prefix[NAME_MAX + 1]. ATOMIC_FILE_RANDOM random characters follow it.
 */
enum { ATOMIC_FILE_RANDOM = 6 };

void atomic_file_prefix(const char *target, char *prefix);

/*
 * Store the name of a hidden file next to a target in name[NAME_MAX + 1]: a
 * dot, the target's name and `suffix`. If that is too long, a hash replaces the
 * end of the target's name, so that different targets have different names.
 */
void atomic_file_hidden_name(const char *target, const char *suffix,
	char *name);

/*
 * Return true if atomic_file_open and atomic_file_commit would succeed: the
 * path names no file or a regular file that can be replaced, and a temporary
 * file can be created in its directory and removed.
 */
bool atomic_file_check(const char *path, enum atomic_file_origin origin,
	struct error *error);

#endif
