#include "run/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { LINKS_MOST = 40, BUFFER_SIZE = 65536 };

struct atomic_file {
	char shown[PATH_MAX];     /* the name as it was given */
	char target[PATH_MAX];    /* behind symbolic links */
	char directory[PATH_MAX]; /* of the target */
	char temporary[PATH_MAX];
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
	for (int i = 0; i < LINKS_MOST; i++) {
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

/* Who may read and write a new file: whom the user's mask lets. */
static mode_t
mode_of_new(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/*
 * Resolve the name and see that a plain file can stand there. *mode: who may
 * read and write it, as with the file that is there.
 */
static bool
inspect(struct atomic_file *file, const char *path, mode_t *mode,
	struct error *error)
{
	struct stat status;

	*mode = mode_of_new();
	file->descriptor = -1;
	if ((size_t)snprintf(file->shown, PATH_MAX, "%s", path) >= PATH_MAX ||
	    path[0] == '\0') {
		errno = path[0] == '\0' ? ENOENT : ENAMETOOLONG;
		return failed(file, error);
	}
	if (!resolve(file, error))
		return false;
	if (stat(file->target, &status) == 0) {
		if (!S_ISREG(status.st_mode))
			return error_set(error, "%s: not saved: it is %s",
				path, S_ISDIR(status.st_mode) ? "a directory"
				: "not a regular file");
		*mode = status.st_mode & 0777;
	} else if (errno != ENOENT) {
		return failed(file, error);
	}
	return true;
}

bool
atomic_file_check(const char *path, struct error *error)
{
	struct atomic_file *file = memory_new(1, sizeof *file);
	mode_t mode;
	bool good;

	if (file == NULL)
		return error_out_of_memory(error);
	good = inspect(file, path, &mode, error);
	if (good && access(file->directory, W_OK | X_OK) != 0)
		good = failed(file, error);
	free(file);
	return good;
}

/* The last part of a path. */
static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

bool
atomic_file_target(const char *path, char *target, struct error *error)
{
	struct atomic_file *file = memory_new(1, sizeof *file);
	char directory[PATH_MAX];
	mode_t mode;
	bool good;

	if (file == NULL)
		return error_out_of_memory(error);
	good = inspect(file, path, &mode, error);
	/* in one way only, whatever way there was taken */
	if (!good || realpath(file->directory, directory) == NULL ||
	    snprintf(target, PATH_MAX, "%s/%s", directory,
		    name_of(file->target)) >= PATH_MAX)
		snprintf(target, PATH_MAX, "%s", file->target);
	free(file);
	return good;
}

void
atomic_file_prefix(const char *target, char *prefix, size_t size)
{
	/* hidden, and no longer than a name may be */
	snprintf(prefix, size, ".%.200s.lstmtui-", name_of(target));
}

struct atomic_file *
atomic_file_open(const char *path, struct error *error)
{
	struct atomic_file *file = memory_new(1, sizeof *file);
	char prefix[NAME_MAX + 1];
	mode_t mode;

	if (file == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	if (!inspect(file, path, &mode, error)) {
		free(file);
		return NULL;
	}
	atomic_file_prefix(file->target, prefix, sizeof prefix);
	if (snprintf(file->temporary, PATH_MAX, "%s/%sXXXXXX",
		    file->directory, prefix) >= PATH_MAX) {
		errno = ENAMETOOLONG;
	} else {
		file->descriptor = mkostemp(file->temporary, O_CLOEXEC);
	}
	if (file->descriptor < 0) {
		failed(file, error);
		free(file);
		return NULL;
	}
	if (fchmod(file->descriptor, mode) != 0) {
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

bool
atomic_file_commit(struct atomic_file *file, struct error *error)
{
	int descriptor;

	if (!flush(file, error)) {
		atomic_file_abandon(file);
		return false;
	}
	if (fsync(file->descriptor) != 0) {
		failed(file, error);
		atomic_file_abandon(file);
		return false;
	}
	descriptor = file->descriptor;
	file->descriptor = -1;
	if (close(descriptor) != 0 ||
	    rename(file->temporary, file->target) != 0) {
		failed(file, error);
		atomic_file_abandon(file);
		return false;
	}
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
