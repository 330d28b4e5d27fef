/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Copy the owner, group, mode and access control list of a replaced file to the
 * new file, as far as the system allows. The new file is never accessible to
 * more users than the old one.
 */
#ifndef LSTMTUI_FILE_FILE_OWNER_H
#define LSTMTUI_FILE_FILE_OWNER_H

#include <stdbool.h>
#include <sys/stat.h>

/*
 * Copy the attributes of the file at `path`, with status `old`, to an open
 * file. The set-user-ID, set-group-ID and sticky bits are cleared. If the group
 * or the list cannot be copied, the group gets only the permissions of others.
 * Return false, with errno, if the mode cannot be set.
 */
bool file_owner_copy(int descriptor, const char *path, const struct stat *old);

/*
 * Return true if the user cannot write the file, or if its owner has no write
 * permission (root could write it even then). errno is EPERM if the file is
 * immutable, so that it cannot be replaced either.
 */
bool file_owner_denies_write(const char *path, const struct stat *status);

#endif
