/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a file so that at any moment either the old or the new one stands
 * under its name, whole: a temporary file beside it, every write checked,
 * synchronised to the disk, then renamed over it.
 */
#ifndef LSTMTUI_FILE_ATOMIC_FILE_H
#define LSTMTUI_FILE_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "file/file_stamp.h"

struct atomic_file;

/* What a path is to the program, which decides what may stand there. */
enum atomic_file_place {
	/* the user named it: symbolic links are followed */
	ATOMIC_FILE_NAMED,
	/*
	 * The program made the name up, beside one that the user named: a
	 * link there is somebody else's, and replaced rather than followed.
	 */
	ATOMIC_FILE_DERIVED,
	/* likewise, and nothing may stand there */
	ATOMIC_FILE_NEW
};

/*
 * Begin to write `path`. Nothing is touched but a temporary file in the same
 * directory. It is made anew, never opened through what stands there; whoever
 * may not read the file under its name may not read the temporary one either.
 * A file that is replaced keeps its owner, group and mode (file_owner.h); a
 * new one has the mode of the umask.
 * Returns NULL, with path and cause in the message, when that cannot be made.
 */
struct atomic_file *atomic_file_open(const char *path,
	enum atomic_file_place place, struct error *error);

/* Append. After a failure only atomic_file_abandon is useful. */
bool atomic_file_write(struct atomic_file *file, const void *bytes,
	size_t count, struct error *error);

/*
 * Put the new file in the old one's place and release the handle. Returns
 * false, with the old file untouched, when any step fails or when another
 * program has changed the old file since atomic_file_open. stamp, if not
 * NULL, gets the new file's.
 */
bool atomic_file_commit(struct atomic_file *file, struct file_stamp *stamp,
	struct error *error);

/* Remove the temporary file and release the handle. NULL does nothing. */
void atomic_file_abandon(struct atomic_file *file);

/*
 * The file that would be written, in target[PATH_MAX], the same for all paths
 * to it; false, with path and cause, where none can be written there.
 */
bool atomic_file_target(const char *path, enum atomic_file_place place,
	char *target, struct error *error);

/*
 * How the names of its temporary files begin, in prefix[NAME_MAX + 1];
 * ATOMIC_FILE_RANDOM characters follow.
 */
enum { ATOMIC_FILE_RANDOM = 6 };

void atomic_file_prefix(const char *target, char *prefix);

/*
 * A name for a hidden file beside a target, in name[NAME_MAX + 1]: a dot, the
 * target's name and `end`. Where that would be too long, a hash stands for the
 * end of the target's name, so that different names stay different.
 */
void atomic_file_hidden_name(const char *target, const char *end, char *name);

/*
 * Whether `path` can be written so: it is not something else than a file,
 * and its directory takes a new file and lets it replace the old one. That is
 * tried with a temporary file, which is removed.
 */
bool atomic_file_check(const char *path, enum atomic_file_place place,
	struct error *error);

#endif
