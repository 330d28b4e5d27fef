/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open a sweep's result files, but do not replace files of other origin. */
#include "sweep/sweep_results.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/regular_file.h"
#include "file/file_owner.h"

const char *
sweep_result_name(size_t result)
{
	static const char *const names[] = {
		[SWEEP_RESULT_CSV] = "results.csv",
		[SWEEP_RESULT_JSON] = "results.json",
		[SWEEP_RESULT_SHAPES] = "shapes.svg",
	};

	return result < sizeof names / sizeof names[0] ? names[result] : NULL;
}

/* Store the path of a result. Return false if it is too long. */
static bool
result_path(const struct sweep *sweep, enum sweep_result result,
	char path[PATH_MAX], struct error *error)
{
	return snprintf(path, PATH_MAX, "%s/%s", sweep->directory,
		       sweep_result_name(result)) < PATH_MAX ||
		error_set(error, "%s: the name is too long", sweep->directory);
}

/* Read the first or the last `count` bytes of a regular file. */
static bool
read_part(const char *path, bool is_end, char *bytes, size_t count)
{
	struct error ignored;
	int descriptor = regular_file_open(path, REGULAR_FILE_ONLY, &ignored);
	ssize_t got = -1;

	if (descriptor < 0)
		return false;
	if (!is_end || lseek(descriptor, -(off_t)count, SEEK_END) >= 0)
		got = read(descriptor, bytes, count);
	close(descriptor);
	return got == (ssize_t)count;
}

json_t *
sweep_results_read(const struct sweep *sweep)
{
	char path[PATH_MAX];
	struct error ignored;
	json_t *object = NULL;
	FILE *stream;

	if (!result_path(sweep, SWEEP_RESULT_JSON, path, &ignored))
		return NULL;
	/* not json_load_file, which would block on a FIFO */
	stream = regular_file_stream(path, REGULAR_FILE_ONLY, &ignored);
	if (stream != NULL) {
		object = json_loadf(stream, 0, NULL);
		fclose(stream);
	}
	return object;
}

/*
 * Return true if results.json was written by a sweep. Set *has_format if it
 * has the member "format"; older versions did not write it.
 */
static bool
is_own_json(const struct sweep *sweep, bool *has_format)
{
	json_t *object = sweep_results_read(sweep);
	const char *name = json_string_value(json_object_get(object, "format"));
	bool is_own;

	*has_format = name != NULL && strcmp(name, SWEEP_FORMAT) == 0;
	/* recognize the file of an older version by its other members */
	is_own = *has_format ||
		(name == NULL &&
			json_is_integer(json_object_get(object, "target")) &&
			json_is_array(json_object_get(object, "sizes")) &&
			json_is_array(json_object_get(object, "runs")));
	json_decref(object);
	return is_own;
}

static bool
is_own_shapes(const struct sweep *sweep, const char *path)
{
	char tail[sizeof SWEEP_SHAPES_END - 1];
	bool has_format;

	if (read_part(path, true, tail, sizeof tail) &&
		memcmp(tail, SWEEP_SHAPES_END, sizeof tail) == 0)
		return true;
	/* older versions wrote no mark; they wrote results.json first */
	return is_own_json(sweep, &has_format) && !has_format;
}

static bool
is_own(const struct sweep *sweep, enum sweep_result result, const char *path)
{
	char head[sizeof SWEEP_CSV_BEGIN - 1];
	bool has_format;

	switch (result) {
	case SWEEP_RESULT_CSV:
		return read_part(path, false, head, sizeof head) &&
			memcmp(head, SWEEP_CSV_BEGIN, sizeof head) == 0;
	case SWEEP_RESULT_JSON:
		return is_own_json(sweep, &has_format);
	case SWEEP_RESULT_SHAPES:
		return sweep->has_own_shapes || is_own_shapes(sweep, path);
	}
	return false;
}

/* Check that an existing file may be replaced. */
static bool
check_result(const struct sweep *sweep, enum sweep_result result,
	const char *path, struct error *error)
{
	struct stat status;

	if (sweep->is_forced || lstat(path, &status) != 0)
		return true;
	if (S_ISDIR(status.st_mode))
		return error_set(error, "%s: is a directory", path);
	if (!S_ISREG(status.st_mode))
		return error_set(error, "%s: is not a regular file", path);
	if (!is_own(sweep, result, path))
		return error_set(error,
			"%s: not written by a sweep; move it, or replace it "
			"with --force",
			path);
	if (file_owner_denies_write(path, &status))
		return error_set(error,
			"%s: write-protected; make it writable with chmod u+w, "
			"or replace it with --force",
			path);
	return true;
}

bool
sweep_results_check(struct sweep *sweep, struct error *error)
{
	char path[PATH_MAX];
	struct error ignored;
	struct stat status;

	for (size_t i = 0; sweep_result_name(i) != NULL; i++)
		if (!result_path(sweep, (enum sweep_result)i, path, error) ||
			!check_result(sweep, (enum sweep_result)i, path,
				error) ||
			!atomic_file_check(path, ATOMIC_FILE_DERIVED, error))
			return false;
	sweep->has_own_shapes =
		result_path(sweep, SWEEP_RESULT_SHAPES, path, &ignored) &&
		lstat(path, &status) == 0;
	return true;
}

struct atomic_file *
sweep_result_open(const struct sweep *sweep, enum sweep_result result,
	struct error *error)
{
	char path[PATH_MAX];

	if (!result_path(sweep, result, path, error) ||
		!check_result(sweep, result, path, error))
		return NULL;
	return atomic_file_open(path, ATOMIC_FILE_DERIVED, error);
}
