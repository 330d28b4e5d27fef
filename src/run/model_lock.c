#include "run/model_lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "run/atomic_file.h"

/* Whether the file that is open still stands under its name. */
static bool
is_in_place(int descriptor, const char *path)
{
	struct stat here, there;

	return fstat(descriptor, &here) == 0 && stat(path, &there) == 0 &&
		here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

static bool
refuse(int descriptor, const char *model, struct error *error)
{
	char number[32] = "";
	ssize_t length = pread(descriptor, number, sizeof number - 1, 0);
	long pid = length > 0 ? strtol(number, NULL, 10) : 0;

	if (pid > 0)
		return error_set(error, "%s: process %ld is training it",
			model, pid);
	return error_set(error, "%s: another process is training it", model);
}

/*
 * Why there is no lock: the directory takes no files, which saving will say;
 * or there is one that may not be opened, as another user's.
 */
static bool
is_missing(const char *path, const char *model, struct error *error)
{
	int cause = errno;
	struct stat status;

	if (lstat(path, &status) != 0)
		return true;
	return error_set(error, "%s: its lock %s: %s", model, path,
		strerror(cause));
}

/* Write who holds it; that this fails does no harm. */
static void
sign(int descriptor)
{
	char number[32];
	int length = snprintf(number, sizeof number, "%ld\n", (long)getpid());

	if (ftruncate(descriptor, 0) == 0 &&
	    pwrite(descriptor, number, (size_t)length, 0) < 0)
		return;
}

/* Temporary files of this name: with the lock held, nobody writes them. */
static void
clean(const char *target)
{
	char copy[PATH_MAX], prefix[NAME_MAX + 1];
	const char *directory;
	size_t length;
	struct dirent *entry;
	DIR *stream;

	atomic_file_prefix(target, prefix, sizeof prefix);
	length = strlen(prefix);
	snprintf(copy, sizeof copy, "%s", target);
	directory = dirname(copy);
	stream = opendir(directory);
	while (stream != NULL && (entry = readdir(stream)) != NULL)
		if (strncmp(entry->d_name, prefix, length) == 0 &&
		    strlen(entry->d_name) == length + ATOMIC_FILE_RANDOM)
			unlinkat(dirfd(stream), entry->d_name, 0);
	if (stream != NULL)
		closedir(stream);
}

/* Of the file that a model's name leads to; false: it is too long. */
static bool
path_of(const char *target, char path[PATH_MAX])
{
	char copy[PATH_MAX];
	const char *slash = strrchr(target, '/');

	snprintf(copy, sizeof copy, "%s", target);
	return snprintf(path, PATH_MAX, "%s/.%.200s.lock", dirname(copy),
		slash != NULL ? slash + 1 : target) < PATH_MAX;
}

bool
model_lock_path(const char *model, char *path, struct error *error)
{
	char target[PATH_MAX];

	return atomic_file_target(model, target, error) &&
		(path_of(target, path) || error_set(error, "%s: not saved: "
			"the name is too long", model));
}

bool
model_lock_take(struct model_lock *lock, const char *model,
	struct error *error)
{
	char target[PATH_MAX], path[PATH_MAX];

	*lock = (struct model_lock){0};
	if (!atomic_file_target(model, target, error))
		return false;
	if (!path_of(target, path))
		return true;
	for (;;) {
		int descriptor = open(path,
			O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

		if (descriptor < 0)
			return is_missing(path, model, error);
		if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
			bool may_go_on = errno != EWOULDBLOCK ||
				refuse(descriptor, model, error);

			close(descriptor);
			return may_go_on;
		}
		/* who held it may have removed it in between */
		if (is_in_place(descriptor, path)) {
			lock->descriptor = descriptor;
			break;
		}
		close(descriptor);
	}
	lock->path = memory_string(path);
	if (lock->path == NULL) {
		close(lock->descriptor);
		return error_out_of_memory(error);
	}
	sign(lock->descriptor);
	clean(target);
	return true;
}

void
model_lock_release(struct model_lock *lock)
{
	if (lock->path == NULL)
		return;
	unlink(lock->path);
	close(lock->descriptor);
	free(lock->path);
	*lock = (struct model_lock){0};
}
