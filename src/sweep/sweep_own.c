/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the results in a sweep's directory are a sweep's, so that nothing
 * else is replaced.
 */
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

/* The path of a result; false: it is too long. */
static bool
path_of(const struct sweep *sweep, enum sweep_result result,
	char path[PATH_MAX], struct error *error)
{
	return snprintf(path, PATH_MAX, "%s/%s", sweep->directory,
		       sweep_result_name(result)) < PATH_MAX ||
		error_set(error, "%s: the name is too long", sweep->directory);
}

/* Read bytes of a regular file, from its beginning or up to its end. */
static bool
read_part(const char *path, bool from_end, char *bytes, size_t count)
{
	struct error ignored;
	int descriptor = regular_file_open(path, REGULAR_FILE_ONLY, &ignored);
	ssize_t got = -1;

	if (descriptor < 0)
		return false;
	if (!from_end || lseek(descriptor, -(off_t)count, SEEK_END) >= 0)
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

	if (!path_of(sweep, SWEEP_RESULT_JSON, path, &ignored))
		return NULL;
	/* not by its name: a FIFO there would have it wait for ever */
	stream = regular_file_stream(path, REGULAR_FILE_ONLY, &ignored);
	if (stream != NULL) {
		object = json_loadf(stream, 0, NULL);
		fclose(stream);
	}
	return object;
}

/* Whether results.json is a sweep's; *format: it says so itself. */
static bool
is_own_json(const struct sweep *sweep, bool *format)
{
	json_t *object = sweep_results_read(sweep);
	const char *name = json_string_value(json_object_get(object, "format"));
	bool is_own;

	*format = name != NULL && strcmp(name, SWEEP_FORMAT) == 0;
	/* that of an older program has these and says nothing */
	is_own = *format ||
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
	bool format;

	if (read_part(path, true, tail, sizeof tail) &&
		memcmp(tail, SWEEP_SHAPES_END, sizeof tail) == 0)
		return true;
	/* older programs wrote it without a mark, after results.json */
	return is_own_json(sweep, &format) && !format;
}

static bool
is_own(const struct sweep *sweep, enum sweep_result result, const char *path)
{
	char head[sizeof SWEEP_CSV_BEGIN - 1];
	bool format;

	switch (result) {
	case SWEEP_RESULT_CSV:
		return read_part(path, false, head, sizeof head) &&
			memcmp(head, SWEEP_CSV_BEGIN, sizeof head) == 0;
	case SWEEP_RESULT_JSON:
		return is_own_json(sweep, &format);
	case SWEEP_RESULT_SHAPES:
		return sweep->has_own_shapes || is_own_shapes(sweep, path);
	}
	return false;
}

/* Whether what stands there, if anything, may be replaced. */
static bool
check_result(const struct sweep *sweep, enum sweep_result result,
	const char *path, struct error *error)
{
	struct stat status;

	if (sweep->force || lstat(path, &status) != 0)
		return true;
	if (S_ISDIR(status.st_mode))
		return error_set(error, "%s: it is a directory", path);
	if (!S_ISREG(status.st_mode))
		return error_set(error, "%s: it is not a regular file", path);
	if (!is_own(sweep, result, path))
		return error_set(error,
			"%s: it is not of a sweep and would "
			"be replaced; move it away, or let it be replaced "
			"with --force",
			path);
	if (file_owner_denies_write(path, &status))
		return error_set(error,
			"%s: it is write-protected; chmod u+w "
			"it, or let it be replaced with --force",
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
		if (!path_of(sweep, (enum sweep_result)i, path, error) ||
			!check_result(sweep, (enum sweep_result)i, path,
				error) ||
			!atomic_file_check(path, ATOMIC_FILE_DERIVED, error))
			return false;
	sweep->has_own_shapes =
		path_of(sweep, SWEEP_RESULT_SHAPES, path, &ignored) &&
		lstat(path, &status) == 0;
	return true;
}

struct atomic_file *
sweep_result_open(const struct sweep *sweep, enum sweep_result result,
	struct error *error)
{
	char path[PATH_MAX];

	if (!path_of(sweep, result, path, error) ||
		!check_result(sweep, result, path, error))
		return NULL;
	return atomic_file_open(path, ATOMIC_FILE_DERIVED, error);
}
