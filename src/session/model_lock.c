/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/model_lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/translate.h"

enum { NUMBER_BYTES = 32, WHO_BYTES = 128 };

/* Whether the open file is still the file of this name. */
static bool
is_in_place(int descriptor, const char *path)
{
	struct stat here, there;

	return fstat(descriptor, &here) == 0 && lstat(path, &there) == 0 &&
		here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

/* Write owner and time of a file: "alice, since 2026-11-25 13:16". */
static const char *
owner_and_age(const struct stat *status, char text[WHO_BYTES])
{
	const struct passwd *user = getpwuid(status->st_uid);
	char number[32], since[32] = "?";
	struct tm when;

	snprintf(number, sizeof number, _("user %ld"), (long)status->st_uid);
	if (localtime_r(&status->st_mtime, &when) != NULL)
		strftime(since, sizeof since, "%Y-%m-%d %H:%M", &when);
	snprintf(text, WHO_BYTES, _("%.64s, since %s"),
		user != NULL ? user->pw_name : number, since);
	return text;
}

/* Read the process ID of the holder; 0: none. */
static long
holder(int descriptor)
{
	char number[NUMBER_BYTES] = "";
	ssize_t length = pread(descriptor, number, sizeof number - 1, 0);

	return length > 0 ? strtol(number, NULL, 10) : 0;
}

static bool
refuse_held(int descriptor, const char *model, struct error *error)
{
	long pid = holder(descriptor);
	struct stat status;
	char who[WHO_BYTES + 8] = "", owner[WHO_BYTES];

	if (fstat(descriptor, &status) == 0 && status.st_uid != geteuid())
		snprintf(who, sizeof who, " (%s)",
			owner_and_age(&status, owner));
	if (pid > 0)
		return error_set(error, "%s: process %ld%s is training it",
			model, pid, who);
	return error_set(error, "%s: another process%s is training it", model,
		who);
}

/*
 * Handle a lock file that cannot be opened. If the directory cannot be written,
 * succeed without a lock: saving will fail there too. Otherwise, as for another
 * user's file, set the error.
 */
static bool
refuse_unopened(const char *path, const char *model, struct error *error)
{
	int cause = errno;
	struct stat status;
	char owner[WHO_BYTES];

	if (lstat(path, &status) != 0)
		return true;
	if (!S_ISREG(status.st_mode))
		return error_set(error,
			"%s: its lock %s is not a regular "
			"file",
			model, path);
	return error_set(error,
		"%s: its lock %s: %s; it belongs to %s: remove it if "
		"no process trains the model",
		model, path, strerror(cause), owner_and_age(&status, owner));
}

/* Whether the content is that of a lock file: a process ID, or nothing. */
static bool
is_lock(int descriptor)
{
	char text[NUMBER_BYTES];
	struct stat status;
	ssize_t length;

	if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) ||
		status.st_nlink > 1 || status.st_size >= NUMBER_BYTES)
		return false;
	length = pread(descriptor, text, sizeof text - 1, 0);
	if (length < 0)
		return false;
	text[length] = '\0';
	return text[strspn(text, "0123456789\n")] == '\0';
}

/* Write the process ID; a failure does no harm. */
static void
sign(int descriptor)
{
	char number[NUMBER_BYTES];
	int length = snprintf(number, sizeof number, "%ld\n", (long)getpid());

	if (ftruncate(descriptor, 0) == 0 &&
		pwrite(descriptor, number, (size_t)length, 0) < 0)
		return;
}

/* Remove temporary files of this model: only the lock holder writes them. */
static void
clean(const char *target)
{
	char copy[PATH_MAX], prefix[NAME_MAX + 1];
	const char *directory;
	size_t length;
	struct dirent *entry;
	DIR *stream;

	atomic_file_prefix(target, prefix);
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

/*
 * Get the lock path of the file that a model's name resolves to; false: too
 * long.
 */
static bool
path_of(const char *target, char path[PATH_MAX])
{
	char copy[PATH_MAX], name[NAME_MAX + 1];

	snprintf(copy, sizeof copy, "%s", target);
	atomic_file_hidden_name(target, ".lock", name);
	return snprintf(path, PATH_MAX, "%s/%s", dirname(copy), name) <
		PATH_MAX;
}

bool
model_lock_path(const char *model, enum atomic_file_origin origin, char *path,
	struct error *error)
{
	char target[PATH_MAX];

	return atomic_file_target(model, origin, target, error) &&
		(path_of(target, path) ||
			error_set(error,
				"%s: not saved: "
				"the name is too long",
				model));
}

/*
 * Open or create the lock file, not through a symbolic link, and without
 * waiting for a FIFO. A readable file of another user can be locked too.
 * Returns -1 with errno set.
 */
static int
open_lock(const char *path)
{
	const int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	int descriptor = open(path, O_RDWR | flags);

	if (descriptor < 0 && errno == ENOENT)
		descriptor =
			open(path, O_RDWR | O_CREAT | O_EXCL | flags, 0644);
	if (descriptor < 0 && errno == EACCES)
		descriptor = open(path, O_RDONLY | flags);
	return descriptor;
}

enum attempt { ATTEMPT_TAKEN, ATTEMPT_REFUSED, ATTEMPT_NO_LOCK, ATTEMPT_AGAIN };

/*
 * Try to remove the lock file that a dead process of another user left, so that
 * a new one can name the holder. If that fails, the old file is used.
 */
static bool
remove_foreign(int descriptor, const char *path)
{
	struct stat status;

	return fstat(descriptor, &status) == 0 && status.st_uid != geteuid() &&
		unlink(path) == 0;
}

/* Try once to take the lock; *descriptor is open after ATTEMPT_TAKEN. */
static enum attempt
attempt(const char *path, const char *model, int *descriptor,
	struct error *error)
{
	enum attempt result = ATTEMPT_AGAIN;

	*descriptor = open_lock(path);
	if (*descriptor < 0) {
		/* created or removed in the meantime */
		if (errno == EEXIST)
			return ATTEMPT_AGAIN;
		return refuse_unopened(path, model, error) ? ATTEMPT_NO_LOCK
							   : ATTEMPT_REFUSED;
	}
	if (!is_lock(*descriptor)) {
		error_set(error,
			"%s: %s has the name of its lock but is not a "
			"lock file; move it away",
			model, path);
		result = ATTEMPT_REFUSED;
	} else if (flock(*descriptor, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK)
			result = ATTEMPT_NO_LOCK;
		else if (!refuse_held(*descriptor, model, error))
			result = ATTEMPT_REFUSED;
	} else if (is_in_place(*descriptor, path)) {
		/* the holder has not removed it in the meantime */
		if (!remove_foreign(*descriptor, path))
			return ATTEMPT_TAKEN;
	}
	close(*descriptor);
	return result;
}

bool
model_lock_take(struct model_lock *lock, const char *model,
	enum atomic_file_origin origin, struct error *error)
{
	char target[PATH_MAX], path[PATH_MAX];
	enum attempt result;

	*lock = (struct model_lock){0};
	if (!atomic_file_target(model, origin, target, error))
		return false;
	if (!path_of(target, path))
		return true;
	do
		result = attempt(path, model, &lock->descriptor, error);
	while (result == ATTEMPT_AGAIN);
	if (result != ATTEMPT_TAKEN)
		return result == ATTEMPT_NO_LOCK;
	lock->path = memory_string(path);
	if (lock->path == NULL) {
		close(lock->descriptor);
		return error_out_of_memory(error);
	}
	sign(lock->descriptor);
	clean(target);
	return true;
}

bool
model_lock_holds(const struct model_lock *lock, const char *model,
	enum atomic_file_origin origin)
{
	char path[PATH_MAX];
	struct error ignored;

	return lock->path != NULL &&
		model_lock_path(model, origin, path, &ignored) &&
		strcmp(lock->path, path) == 0;
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
