/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/file_owner.h"

#include <errno.h>
#include <unistd.h>

#ifdef HAVE_SYS_XATTR_H
#include <sys/xattr.h>

#define ACCESS_LIST "system.posix_acl_access"

enum { LIST_BYTES = 8192 };

/*
 * Copy the access control list. Without one in the old file the new one
 * loses what the directory's default list gave it. Returns false where the
 * old one's cannot be kept.
 */
static bool
copy_list(int descriptor, const char *path)
{
	char list[LIST_BYTES];
	ssize_t length = getxattr(path, ACCESS_LIST, list, sizeof list);

	if (length > 0)
		return fsetxattr(descriptor, ACCESS_LIST, list, (size_t)length,
			       0) == 0;
	if (errno == ERANGE)
		return false;
	/* none is there, or the file system has no such lists */
	(void)fremovexattr(descriptor, ACCESS_LIST);
	return true;
}

#else

static bool
copy_list(int descriptor, const char *path)
{
	(void)descriptor;
	(void)path;
	return true;
}

#endif

/* Whether the new file has, or now gets, the old one's group. */
static bool
copy_owner(int descriptor, const struct stat *old)
{
	struct stat own;

	if (fstat(descriptor, &own) != 0)
		return false;
	if ((own.st_uid == old->st_uid && own.st_gid == old->st_gid) ||
		fchown(descriptor, old->st_uid, old->st_gid) == 0)
		return true;
	/* only root gives files away */
	return own.st_gid == old->st_gid ||
		fchown(descriptor, (uid_t)-1, old->st_gid) == 0;
}

bool
file_owner_copy(int descriptor, const char *path, const struct stat *old)
{
	mode_t mode = old->st_mode & 0777;

	/* the owner first: a change of owner may change the mode */
	bool is_kept = copy_owner(descriptor, old);

	/* with a list the bits of the group are its mask */
	if (!copy_list(descriptor, path))
		is_kept = false;
	if (!is_kept)
		mode &= ~(mode_t)070 | (mode & 07) << 3;
	return fchmod(descriptor, mode) == 0;
}

bool
file_owner_forbids(const char *path, const struct stat *status)
{
	if (access(path, W_OK) != 0)
		return true;
	errno = EACCES;
	return (status->st_mode & S_IWUSR) == 0;
}
