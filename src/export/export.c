/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/export.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "file/atomic_file.h"
#include "file/file_set.h"

char *
export_default_path(const struct exporter *exporter, const char *model)
{
	size_t length = export_stem_length(model);
	size_t size = length + strlen(exporter->suffix) + 1;
	char *path = memory_new(size, 1);

	if (path != NULL)
		snprintf(path, size, "%.*s%s", (int)length, model,
			exporter->suffix);
	return path;
}

bool
export_check_out(const char *model, const char *out, struct error *error)
{
	struct file_set set = {0};

	file_set_add(&set, FILE_INPUT, "MODEL", model);
	file_set_add(&set, FILE_OUTPUT, "OUT", out);
	return file_set_check(&set, error);
}

bool
export_make(const struct exporter *exporter, const struct run *run,
	const char *model, struct export_output *output, struct error *error)
{
	struct export_source source;
	bool good;

	if (exporter->check != NULL && !exporter->check(run, error))
		return error_prefix(error, "%s", model);
	good = export_source_create(&source, run, model, error) &&
		exporter->write(&source, output, error);
	for (size_t i = 0; good && i < output->files; i++)
		good = bytes_check(&output->file[i].bytes, error);
	export_source_release(&source);
	return good;
}

/* Write the path of a file of an export. Return false if it is too long. */
static bool
file_path(const struct exporter *exporter, const struct export_file *file,
	const char *path, char text[PATH_MAX], struct error *error)
{
	int length = exporter->is_folder
		? snprintf(text, PATH_MAX, "%s/%s", path, file->name)
		: snprintf(text, PATH_MAX, "%s", path);

	return length < PATH_MAX ||
		error_set(error, "%s: the name is too long", path);
}

/* Write the path of the companion if it exists and is not of this export. */
static bool
is_left_over(const struct export_output *output, const char *path,
	const char *companion, char text[PATH_MAX])
{
	struct stat status;

	for (size_t i = 0; i < output->files; i++)
		if (strcmp(output->file[i].name, companion) == 0)
			return false;
	return snprintf(text, PATH_MAX, "%s/%s", path, companion) < PATH_MAX &&
		lstat(text, &status) == 0;
}

bool
export_replaces(const struct exporter *exporter,
	const struct export_output *output, const char *path)
{
	char text[PATH_MAX];
	struct stat status;
	struct error error;

	for (size_t i = 0; i < output->files; i++)
		if (file_path(exporter, &output->file[i], path, text, &error) &&
			lstat(text, &status) == 0)
			return true;
	for (const char *const *name = exporter->companions;
		name != NULL && *name != NULL; name++)
		if (is_left_over(output, path, *name, text))
			return true;
	return false;
}

static bool
write_file(const char *path, const struct bytes *bytes, struct error *error)
{
	struct atomic_file *file =
		atomic_file_open(path, ATOMIC_FILE_NAMED, error);

	if (file == NULL)
		return false;
	if (!atomic_file_write(file, bytes->data, bytes->count, error)) {
		atomic_file_abandon(file);
		return false;
	}
	return atomic_file_commit(file, NULL, error);
}

bool
export_write(const struct exporter *exporter,
	const struct export_output *output, const char *path,
	struct error *error)
{
	bool is_new[EXPORT_FILES_MAX] = {false}, is_new_folder = false;
	char text[PATH_MAX];
	struct stat status;
	size_t written = 0;
	bool good = true;

	if (exporter->is_folder) {
		is_new_folder = mkdir(path, 0777) == 0;
		if (!is_new_folder && errno != EEXIST)
			return error_set(error,
				"%s: the folder cannot be created: %s", path,
				strerror(errno));
	}
	for (; good && written < output->files; written++) {
		const struct export_file *file = &output->file[written];

		good = file_path(exporter, file, path, text, error);
		is_new[written] = good && lstat(text, &status) != 0;
		good = good && write_file(text, &file->bytes, error);
	}
	for (const char *const *name = exporter->companions;
		good && name != NULL && *name != NULL; name++)
		if (is_left_over(output, path, *name, text))
			unlink(text);
	for (size_t i = 0; !good && i < written; i++)
		if (is_new[i] &&
			file_path(exporter, &output->file[i], path, text,
				&(struct error){0}))
			unlink(text);
	if (!good && is_new_folder)
		rmdir(path);
	return good;
}
