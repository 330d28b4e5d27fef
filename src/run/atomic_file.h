/*
 * Writing a file so that at any moment either the old or the new one stands
 * under its name, whole: a temporary file beside it, every write checked,
 * synchronised to the disk, then renamed over it.
 */
#ifndef LSTMTUI_RUN_ATOMIC_FILE_H
#define LSTMTUI_RUN_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct atomic_file;

/*
 * Begin to write `path`; where that is a symbolic link, the file it leads
 * to. Nothing is touched but a temporary file in the same directory. It is
 * made anew, never opened through what stands there; whoever may not read
 * the file under its name may not read the temporary one either. A file that
 * is replaced keeps its permissions; a new one has those of the umask.
 * Returns NULL, with path and cause in the message, when that cannot be made.
 */
struct atomic_file *atomic_file_open(const char *path, struct error *error);

/* Append. After a failure only atomic_file_abandon is useful. */
bool atomic_file_write(struct atomic_file *file, const void *bytes,
	size_t count, struct error *error);

/*
 * Put the new file in the old one's place and release the handle. Returns
 * false, with the old file untouched, when any step fails.
 */
bool atomic_file_commit(struct atomic_file *file, struct error *error);

/* Remove the temporary file and release the handle. NULL does nothing. */
void atomic_file_abandon(struct atomic_file *file);

/*
 * The file that a path leads to, through symbolic links, in target[PATH_MAX],
 * the same for all paths to it; false, with path and cause, where none can be
 * written there.
 */
bool atomic_file_target(const char *path, char *target, struct error *error);

/*
 * How the names of its temporary files begin; ATOMIC_FILE_RANDOM characters
 * follow.
 */
enum { ATOMIC_FILE_RANDOM = 6 };

void atomic_file_prefix(const char *target, char *prefix, size_t size);

/*
 * Whether `path` could be written so, without writing anything: its
 * directory is there and writable, and it is not something else than a file.
 */
bool atomic_file_check(const char *path, struct error *error);

#endif
