/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/file_owner.h"

#include <errno.h>
#include <unistd.h>

#ifdef HAVE_LINUX_XATTR
#include <sys/xattr.h>

#define ACCESS_LIST "system.posix_acl_access"

enum { LIST_BYTES = 8192 };

/*
 * Copy the access control list. If the old file has none, remove the list that
 * the new file inherited from its directory. Return false if the old file's
 * list cannot be copied.
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
	/* there is no list, or the file system does not support lists */
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

/* Copy the owner and the group. Return false if the group differs. */
static bool
copy_owner(int descriptor, const struct stat *old)
{
	struct stat own;

	if (fstat(descriptor, &own) != 0)
		return false;
	if ((own.st_uid == old->st_uid && own.st_gid == old->st_gid) ||
		fchown(descriptor, old->st_uid, old->st_gid) == 0)
		return true;
	/* only root can change the owner */
	return own.st_gid == old->st_gid ||
		fchown(descriptor, (uid_t)-1, old->st_gid) == 0;
}

bool
file_owner_copy(int descriptor, const char *path, const struct stat *old)
{
	mode_t mode = old->st_mode & 0777;

	/* the owner before the mode: fchown may clear mode bits */
	bool is_kept = copy_owner(descriptor, old);

	/* the list before the mode: the group's bits are the list's mask */
	if (!copy_list(descriptor, path))
		is_kept = false;
	if (!is_kept)
		mode &= ~(mode_t)070 | (mode & 07) << 3;
	return fchmod(descriptor, mode) == 0;
}

bool
file_owner_denies_write(const char *path, const struct stat *status)
{
	if (access(path, W_OK) != 0)
		return true;
	errno = EACCES;
	return (status->st_mode & S_IWUSR) == 0;
}
