/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Owner, group, mode and access control list of a file that is replaced: the
 * new one takes them over as far as the system allows it, and never opens to
 * more people than the old one did.
 */
#ifndef LSTMTUI_FILE_FILE_OWNER_H
#define LSTMTUI_FILE_FILE_OWNER_H

#include <stdbool.h>
#include <sys/stat.h>

/*
 * Give the open file what the file at `path` has, whose status is `old`. The
 * bits for set-user-ID, set-group-ID and sticky are dropped. Where the group
 * or the list cannot be kept, the group gets no more than everybody has.
 * Returns false, with errno, where not even the mode can be set.
 */
bool file_owner_copy(int descriptor, const char *path, const struct stat *old);

/*
 * Whether the user may not write the file, or has taken the permission to
 * write it away: root may write it all the same. errno is EPERM where the
 * file is immutable, so that it cannot be replaced either.
 */
bool file_owner_forbids(const char *path, const struct stat *status);

#endif
