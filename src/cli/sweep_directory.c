/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sweep_directory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/signals.h"
#include "base/translate.h"
#include "sweep/sweep_results.h"

enum {
	LOCK_LOOK_MS = 20,
	/* 10 seconds for the runs of a killed sweep to save */
	LOCK_LOOKS = 500
};

bool
sweep_directory_lock(const char *path, int *descriptor, struct error *error)
{
	/* no O_CLOEXEC: the training processes inherit it */
	*descriptor = open(path, O_RDONLY | O_DIRECTORY);
	if (*descriptor < 0)
		return error_set(error, "%s: %s", path, strerror(errno));
	for (int i = 0; flock(*descriptor, LOCK_EX | LOCK_NB) != 0; i++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		if (i == LOCK_LOOKS || signals_caught() != 0) {
			close(*descriptor);
			*descriptor = -1;
			return error_set(error, "%s: in use by another sweep",
				path);
		}
		nanosleep(&(struct timespec){0, LOCK_LOOK_MS * 1000000L}, NULL);
	}
	return true;
}

bool
sweep_directory_make(const char *path, bool *is_new, struct error *error)
{
	struct stat status;

	*is_new = mkdir(path, 0777) == 0;
	if (*is_new)
		return true;
	if (errno != EEXIST)
		return error_set(error, "%s: cannot create the directory: %s",
			path, strerror(errno));
	if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode))
		return error_set(error, "%s: not a directory", path);
	return true;
}

bool
sweep_directory_check(const struct sweep *sweep, enum file_use models,
	struct error *error)
{
	struct file_set set = {0};
	char path[PATH_MAX];

	for (size_t c = 0; c < sweep->combinations; c++)
		if (settings_read_input(&sweep->combination[c].settings))
			return error_set_usage(error,
				"--data -: the runs of a sweep cannot share "
				"standard input; give the name of a file");
	for (size_t i = 0; i < sweep->count; i++)
		file_set_add(&set, models, N_("the model"),
			sweep->runs[i].model);
	for (size_t i = 0; sweep_result_name(i) != NULL; i++) {
		snprintf(path, sizeof path, "%s/%s", sweep->directory,
			sweep_result_name(i));
		file_set_add(&set, FILE_OUTPUT, N_("the result"), path);
	}
	for (size_t c = 0; c < sweep->combinations; c++)
		file_set_add(&set, FILE_INPUT, "--data",
			sweep->combination[c].settings.data);
	file_set_add_standard(&set);
	return file_set_check(&set, error);
}

bool
sweep_directory_check_models(const struct sweep *sweep, struct error *error)
{
	struct stat status;

	for (size_t i = 0; i < sweep->count; i++)
		if (lstat(sweep->runs[i].model, &status) == 0 &&
			S_ISLNK(status.st_mode))
			return error_set(error,
				"%s: a sweep does not write through "
				"symbolic links",
				sweep->runs[i].model);
	return true;
}
