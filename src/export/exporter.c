/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/exporter.h"

#include <assert.h>
#include <string.h>

/* Whether a path of `length` bytes ends with a suffix, and is longer. */
static bool
has_suffix(const char *path, size_t length, const char *suffix)
{
	size_t size = strlen(suffix);

	return length > size && memcmp(path + length - size, suffix, size) == 0;
}

const struct exporter *
exporter_of_path(const char *path)
{
	const struct exporter *found = NULL;
	size_t length = strlen(path);

	while (length > 1 && path[length - 1] == '/')
		length--;
	for (size_t i = 0; exporter_list[i] != NULL; i++) {
		const struct exporter *exporter =
			(const struct exporter *)exporter_list[i];

		if (has_suffix(path, length, exporter->suffix) &&
			(found == NULL ||
				strlen(exporter->suffix) >
					strlen(found->suffix)))
			found = exporter;
	}
	return found;
}

struct bytes *
export_add_file(struct export_output *output, const char *name)
{
	struct export_file *file = &output->file[output->files];

	assert(output->files < EXPORT_FILES_MAX);
	output->files++;
	*file = (struct export_file){.name = name};
	return &file->bytes;
}

void
export_output_release(struct export_output *output)
{
	for (size_t i = 0; i < output->files; i++)
		bytes_release(&output->file[i].bytes);
	*output = (struct export_output){0};
}
