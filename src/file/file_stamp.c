/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/file_stamp.h"

#include "base/system.h"

struct file_stamp
file_stamp_of(const struct stat *status)
{
	return (struct file_stamp){
		.exists = true,
		.device = status->st_dev,
		.inode = status->st_ino,
		.size = status->st_size,
		.modified = system_modified(status),
	};
}

struct file_stamp
file_stamp_take(const char *path, bool follows_links)
{
	struct stat status;

	if ((follows_links ? stat(path, &status) : lstat(path, &status)) != 0)
		return (struct file_stamp){0};
	return file_stamp_of(&status);
}

bool
file_stamp_differs(const struct file_stamp *stamp, const char *path,
	bool follows_links)
{
	struct file_stamp now = file_stamp_take(path, follows_links);

	return now.exists &&
		!(stamp->exists && now.device == stamp->device &&
			now.inode == stamp->inode && now.size == stamp->size &&
			now.modified.tv_sec == stamp->modified.tv_sec &&
			now.modified.tv_nsec == stamp->modified.tv_nsec);
}
