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
#include "base/system.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "file/file_owner.h"

enum {
	LINKS_MAX = 40,
	BUFFER_SIZE = 65536,
	NAME_BYTES = 200 /* bytes kept of a longer name, before the hash */
};

struct atomic_file {
	char given[PATH_MAX];     /* the path given by the caller */
	char target[PATH_MAX];    /* the path with symbolic links resolved */
	char directory[PATH_MAX]; /* the target's directory */
	char temporary[PATH_MAX];
	enum atomic_file_origin origin;
	bool exists;             /* the target is an existing file */
	struct stat old;         /* status of the existing file */
	struct file_stamp stamp; /* stamp of the existing file or link */
	int descriptor;
	size_t buffered;
	unsigned char buffer[BUFFER_SIZE];
};

/* Set a message with the cause in errno. Return false. */
static bool
set_error(const struct atomic_file *file, struct error *error)
{
	return error_set(error, "%s: not saved: %s", file->given,
		strerror(errno));
}

/* Copy the directory of a path, or "." if it has none. */
static void
directory_of(const char *path, char directory[PATH_MAX])
{
	char copy[PATH_MAX];

	snprintf(copy, sizeof copy, "%s", path);
	snprintf(directory, PATH_MAX, "%s", dirname(copy));
}

/*
 * Follow symbolic links. realpath cannot be used: it fails for a link to a file
 * that does not exist yet.
 */
static bool
resolve(struct atomic_file *file, struct error *error)
{
	char link[PATH_MAX], directory[PATH_MAX];

	memcpy(file->target, file->given, sizeof file->target);
	for (int i = 0; i < LINKS_MAX; i++) {
		ssize_t length = readlink(file->target, link, PATH_MAX - 1);
		int needed;

		if (length < 0) {
			directory_of(file->target, file->directory);
			return true;
		}
		link[length] = '\0';
		directory_of(file->target, directory);
		needed = link[0] == '/'
			? snprintf(file->target, PATH_MAX, "%s", link)
			: snprintf(file->target, PATH_MAX, "%s/%s", directory,
				  link);
		if (needed >= PATH_MAX)
			break;
	}
	errno = ELOOP;
	return set_error(file, error);
}

/* Mode of a new file: 0666 minus the umask. */
static mode_t
new_file_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/*
 * Resolve the path, check that it can be a regular file's, and get the status
 * of an existing file.
 */
static bool
init_target(struct atomic_file *file, const char *path,
	enum atomic_file_origin origin, struct error *error)
{
	struct stat *old = &file->old;

	file->descriptor = -1;
	file->origin = origin;
	if ((size_t)snprintf(file->given, PATH_MAX, "%s", path) >= PATH_MAX ||
		path[0] == '\0') {
		errno = path[0] == '\0' ? ENOENT : ENAMETOOLONG;
		return set_error(file, error);
	}
	if (origin == ATOMIC_FILE_NAMED) {
		if (!resolve(file, error))
			return false;
	} else {
		memcpy(file->target, file->given, sizeof file->target);
		directory_of(file->target, file->directory);
	}
	if (lstat(file->target, old) != 0)
		return errno == ENOENT || set_error(file, error);
	file->stamp = file_stamp_of(old);
	if (S_ISLNK(old->st_mode))
		return true; /* the file replaces the link itself */
	file->exists = S_ISREG(old->st_mode);
	return file->exists ||
		error_set(error, "%s: not saved: it is %s", path,
			S_ISDIR(old->st_mode) ? _("a directory")
					      : _("not a regular file"));
}

/* Allocate a handle for a path. Return NULL on failure. */
static struct atomic_file *
create_handle(const char *path, enum atomic_file_origin origin,
	struct error *error)
{
	struct atomic_file *file = memory_new(1, sizeof *file);

	if (file == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	if (init_target(file, path, origin, error))
		return file;
	free(file);
	return NULL;
}

/* Return the last component of a path. */
static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

bool
atomic_file_target(const char *path, enum atomic_file_origin origin,
	char *target, struct error *error)
{
	struct atomic_file *file = create_handle(path, origin, error);
	char directory[PATH_MAX];

	if (file == NULL)
		return false;
	/* resolve the directory, so that all its paths give the same target */
	if (realpath(file->directory, directory) == NULL ||
		snprintf(target, PATH_MAX, "%s/%s", directory,
			name_of(file->target)) >= PATH_MAX)
		snprintf(target, PATH_MAX, "%s", file->target);
	free(file);
	return true;
}

void
atomic_file_hidden_name(const char *target, const char *suffix, char *name)
{
	const char *bare = name_of(target);
	size_t length = strlen(bare), bytes = NAME_BYTES;

	if (length <= NAME_BYTES) {
		snprintf(name, NAME_MAX + 1, ".%s%s", bare, suffix);
		return;
	}
	bytes = utf8_before(bare, bytes);
	snprintf(name, NAME_MAX + 1, ".%.*s~%016llx%s", (int)bytes, bare,
		(unsigned long long)hash_bytes(HASH_EMPTY, bare, length),
		suffix);
}

void
atomic_file_prefix(const char *target, char *prefix)
{
	atomic_file_hidden_name(target, ".lstmtui-", prefix);
}

/* Create the temporary file. Return false with the cause in errno. */
static bool
create_temporary(struct atomic_file *file)
{
	char prefix[NAME_MAX + 1];

	atomic_file_prefix(file->target, prefix);
	if (snprintf(file->temporary, PATH_MAX, "%s/%sXXXXXX", file->directory,
		    prefix) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	file->descriptor = system_temporary(file->temporary);
	return file->descriptor >= 0;
}

/*
 * Return true if rename can replace the old file; otherwise set errno. In a
 * sticky directory, only the owner of the file or of the directory can replace
 * it. Nobody can replace an immutable file.
 */
static bool
can_replace(const struct atomic_file *file)
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
atomic_file_check(const char *path, enum atomic_file_origin origin,
	struct error *error)
{
	struct atomic_file *file = create_handle(path, origin, error);
	bool ok;

	if (file == NULL)
		return false;
	ok = can_replace(file) && create_temporary(file);
	if (ok) {
		close(file->descriptor);
		/* a directory may allow creating files, but not removing */
		ok = unlink(file->temporary) == 0;
	}
	if (!ok)
		set_error(file, error);
	free(file);
	return ok;
}

struct atomic_file *
atomic_file_open(const char *path, enum atomic_file_origin origin,
	struct error *error)
{
	struct atomic_file *file = create_handle(path, origin, error);

	if (file == NULL)
		return NULL;
	if (!create_temporary(file)) {
		set_error(file, error);
		free(file);
		return NULL;
	}
	if (file->exists ? !file_owner_copy(file->descriptor, file->target,
				   &file->old)
			 : fchmod(file->descriptor, new_file_mode()) != 0) {
		set_error(file, error);
		atomic_file_abandon(file);
		return NULL;
	}
	return file;
}

static bool
write_all(struct atomic_file *file, const unsigned char *bytes, size_t count,
	struct error *error)
{
	while (count > 0) {
		ssize_t written = write(file->descriptor, bytes, count);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return set_error(file, error);
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
	return write_all(file, file->buffer, count, error);
}

bool
atomic_file_write(struct atomic_file *file, const void *bytes, size_t count,
	struct error *error)
{
	if (file->buffered + count > BUFFER_SIZE && !flush(file, error))
		return false;
	if (count > BUFFER_SIZE)
		return write_all(file, bytes, count, error);
	memcpy(file->buffer + file->buffered, bytes, count);
	file->buffered += count;
	return true;
}

/* Synchronize the directory, so that the new name survives a power cut. */
static void
synchronize_directory(const char *path)
{
	int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (descriptor < 0)
		return;
	/* the file is replaced; some file systems do not support this call */
	(void)fsync(descriptor);
	close(descriptor);
}

/* Rename the temporary file. Return false with the cause in errno. */
static bool
rename_temporary(struct atomic_file *file)
{
	struct stat status;

	/* another program may have changed the file in the meantime */
	if (file_stamp_differs(&file->stamp, file->target, false)) {
		errno = EEXIST;
		return false;
	}
	if (file->origin != ATOMIC_FILE_NEW)
		return rename(file->temporary, file->target) == 0;
	/* unlike rename, link fails if the target exists */
	if (link(file->temporary, file->target) == 0) {
		unlink(file->temporary);
		return true;
	}
	if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
		return false;
	/* the file system has no hard links */
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
		set_error(file, error);
		atomic_file_abandon(file);
		return false;
	}
	descriptor = file->descriptor;
	file->descriptor = -1;
	if (close(descriptor) != 0 || !rename_temporary(file)) {
		set_error(file, error);
		atomic_file_abandon(file);
		return false;
	}
	/* use the status of the descriptor: the name may be another file's */
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
