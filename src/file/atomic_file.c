/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "file/file_owner.h"

enum {
	LINKS_MAX = 40,
	BUFFER_SIZE = 65536,
	NAME_BYTES = 200 /* of a longer name, before the hash */
};

struct atomic_file {
	char shown[PATH_MAX];     /* the name as it was given */
	char target[PATH_MAX];    /* behind symbolic links */
	char directory[PATH_MAX]; /* of the target */
	char temporary[PATH_MAX];
	enum atomic_file_place place;
	bool exists;             /* a file that is to be replaced ... */
	struct stat old;         /* ... its status ... */
	struct file_stamp stamp; /* ... and its stamp, or a link's */
	int descriptor;
	size_t buffered;
	unsigned char buffer[BUFFER_SIZE];
};

static bool
failed(const struct atomic_file *file, struct error *error)
{
	return error_set(error, "%s: not saved: %s", file->shown,
		strerror(errno));
}

/* Copy the directory of path, "." where it names none. */
static void
directory_of(const char *path, char directory[PATH_MAX])
{
	char copy[PATH_MAX];

	snprintf(copy, sizeof copy, "%s", path);
	snprintf(directory, PATH_MAX, "%s", dirname(copy));
}

/*
 * Follow symbolic links by hand: realpath would refuse a link to a file that
 * is still to be made.
 */
static bool
resolve(struct atomic_file *file, struct error *error)
{
	char link[PATH_MAX], directory[PATH_MAX];

	memcpy(file->target, file->shown, sizeof file->target);
	for (int i = 0; i < LINKS_MAX; i++) {
		ssize_t length = readlink(file->target, link, PATH_MAX - 1);
		int wanted;

		if (length < 0) {
			directory_of(file->target, file->directory);
			return true;
		}
		link[length] = '\0';
		directory_of(file->target, directory);
		wanted = link[0] == '/'
			? snprintf(file->target, PATH_MAX, "%s", link)
			: snprintf(file->target, PATH_MAX, "%s/%s", directory,
				  link);
		if (wanted >= PATH_MAX)
			break;
	}
	errno = ELOOP;
	return failed(file, error);
}

/* Mode of a new file: 0666 minus the umask. */
static mode_t
mode_of_new(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/*
 * Resolve the name, see that a regular file can stand there, and look at the
 * one that does.
 */
static bool
inspect(struct atomic_file *file, const char *path,
	enum atomic_file_place place, struct error *error)
{
	struct stat *old = &file->old;

	file->descriptor = -1;
	file->place = place;
	if ((size_t)snprintf(file->shown, PATH_MAX, "%s", path) >= PATH_MAX ||
		path[0] == '\0') {
		errno = path[0] == '\0' ? ENOENT : ENAMETOOLONG;
		return failed(file, error);
	}
	if (place == ATOMIC_FILE_NAMED) {
		if (!resolve(file, error))
			return false;
	} else {
		memcpy(file->target, file->shown, sizeof file->target);
		directory_of(file->target, file->directory);
	}
	if (lstat(file->target, old) != 0)
		return errno == ENOENT || failed(file, error);
	file->stamp = file_stamp_of(old);
	if (S_ISLNK(old->st_mode))
		return true; /* it is not followed: the file itself is new */
	file->exists = S_ISREG(old->st_mode);
	return file->exists ||
		error_set(error, "%s: not saved: it is %s", path,
			S_ISDIR(old->st_mode) ? "a directory"
					      : "not a regular file");
}

static struct atomic_file *
inspected(const char *path, enum atomic_file_place place, struct error *error)
{
	struct atomic_file *file = memory_new(1, sizeof *file);

	if (file == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	if (inspect(file, path, place, error))
		return file;
	free(file);
	return NULL;
}

/* The last part of a path. */
static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

bool
atomic_file_target(const char *path, enum atomic_file_place place, char *target,
	struct error *error)
{
	struct atomic_file *file = inspected(path, place, error);
	char directory[PATH_MAX];

	if (file == NULL)
		return false;
	/* in one way only, whatever way there was taken */
	if (realpath(file->directory, directory) == NULL ||
		snprintf(target, PATH_MAX, "%s/%s", directory,
			name_of(file->target)) >= PATH_MAX)
		snprintf(target, PATH_MAX, "%s", file->target);
	free(file);
	return true;
}

void
atomic_file_hidden_name(const char *target, const char *end, char *name)
{
	const char *bare = name_of(target);
	size_t length = strlen(bare), bytes = NAME_BYTES;

	if (length <= NAME_BYTES) {
		snprintf(name, NAME_MAX + 1, ".%s%s", bare, end);
		return;
	}
	bytes = utf8_before(bare, bytes);
	snprintf(name, NAME_MAX + 1, ".%.*s~%016llx%s", (int)bytes, bare,
		(unsigned long long)hash_bytes(HASH_EMPTY, bare, length), end);
}

void
atomic_file_prefix(const char *target, char *prefix)
{
	atomic_file_hidden_name(target, ".lstmtui-", prefix);
}

/* Make the temporary file. Returns false, with errno. */
static bool
make_temporary(struct atomic_file *file)
{
	char prefix[NAME_MAX + 1];

	atomic_file_prefix(file->target, prefix);
	if (snprintf(file->temporary, PATH_MAX, "%s/%sXXXXXX", file->directory,
		    prefix) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	file->descriptor = mkostemp(file->temporary, O_CLOEXEC);
	return file->descriptor >= 0;
}

/*
 * Whether the new file will be let into the old one's place. In a sticky
 * directory only the owner of either replaces a file, and nobody replaces one
 * that is immutable.
 */
static bool
may_replace(const struct atomic_file *file)
{
	uid_t user = geteuid();
	struct stat directory;

	if (!file->exists)
		return true;
	errno = EPERM;
	if (access(file->target, W_OK) != 0 && errno == EPERM)
		return false;
	errno = EPERM;
	return stat(file->directory, &directory) != 0 ||
		!(directory.st_mode & S_ISVTX) || user == 0 ||
		user == file->old.st_uid || user == directory.st_uid;
}

bool
atomic_file_check(const char *path, enum atomic_file_place place,
	struct error *error)
{
	struct atomic_file *file = inspected(path, place, error);
	bool good;

	if (file == NULL)
		return false;
	good = may_replace(file) && make_temporary(file);
	if (good) {
		close(file->descriptor);
		/* a directory may take files and keep them for ever */
		good = unlink(file->temporary) == 0;
	}
	if (!good)
		failed(file, error);
	free(file);
	return good;
}

struct atomic_file *
atomic_file_open(const char *path, enum atomic_file_place place,
	struct error *error)
{
	struct atomic_file *file = inspected(path, place, error);

	if (file == NULL)
		return NULL;
	if (!make_temporary(file)) {
		failed(file, error);
		free(file);
		return NULL;
	}
	if (file->exists ? !file_owner_copy(file->descriptor, file->target,
				   &file->old)
			 : fchmod(file->descriptor, mode_of_new()) != 0) {
		failed(file, error);
		atomic_file_abandon(file);
		return NULL;
	}
	return file;
}

static bool
write_out(struct atomic_file *file, const unsigned char *bytes, size_t count,
	struct error *error)
{
	while (count > 0) {
		ssize_t written = write(file->descriptor, bytes, count);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return failed(file, error);
		bytes += written;
		count -= (size_t)written;
	}
	return true;
}

static bool
flush(struct atomic_file *file, struct error *error)
{
	size_t count = file->buffered;

	file->buffered = 0;
	return write_out(file, file->buffer, count, error);
}

bool
atomic_file_write(struct atomic_file *file, const void *bytes, size_t count,
	struct error *error)
{
	if (file->buffered + count > BUFFER_SIZE && !flush(file, error))
		return false;
	if (count > BUFFER_SIZE)
		return write_out(file, bytes, count, error);
	memcpy(file->buffer + file->buffered, bytes, count);
	file->buffered += count;
	return true;
}

/* Make the new name itself last through a power cut. */
static void
synchronize_directory(const char *path)
{
	int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (descriptor < 0)
		return;
	/* the file is in place; some file systems refuse this, rightly */
	(void)fsync(descriptor);
	close(descriptor);
}

/* Put the temporary file into its place. Returns false, with errno. */
static bool
put_in_place(struct atomic_file *file)
{
	struct stat status;

	/* writing took a while: it may not be the file that was looked at */
	if (file_stamp_is_other(&file->stamp, file->target, false)) {
		errno = EEXIST;
		return false;
	}
	if (file->place != ATOMIC_FILE_NEW)
		return rename(file->temporary, file->target) == 0;
	/* unlike rename, it fails where something is there already */
	if (link(file->temporary, file->target) == 0) {
		unlink(file->temporary);
		return true;
	}
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
		return false;
	/* a file system without hard links */
	if (lstat(file->target, &status) == 0) {
		errno = EEXIST;
		return false;
	}
	return rename(file->temporary, file->target) == 0;
}

bool
atomic_file_commit(struct atomic_file *file, struct file_stamp *stamp,
	struct error *error)
{
	struct stat status;
	int descriptor;

	if (!flush(file, error)) {
		atomic_file_abandon(file);
		return false;
	}
	if (fsync(file->descriptor) != 0 ||
		fstat(file->descriptor, &status) != 0) {
		failed(file, error);
		atomic_file_abandon(file);
		return false;
	}
	descriptor = file->descriptor;
	file->descriptor = -1;
	if (close(descriptor) != 0 || !put_in_place(file)) {
		failed(file, error);
		atomic_file_abandon(file);
		return false;
	}
	/* not from its name: by now that may be another's */
	if (stamp != NULL)
		*stamp = file_stamp_of(&status);
	synchronize_directory(file->directory);
	free(file);
	return true;
}

void
atomic_file_abandon(struct atomic_file *file)
{
	if (file == NULL)
		return;
	if (file->descriptor >= 0)
		close(file->descriptor);
	unlink(file->temporary);
	free(file);
}
