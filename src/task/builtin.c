/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/builtin.h"

#include <string.h>

#include "base/memory.h"

const struct builtin *const builtin_list[] = {
	&builtin_tale,
	NULL,
};

bool
builtin_is_named(const char *path)
{
	return strncmp(path, BUILTIN_PREFIX, strlen(BUILTIN_PREFIX)) == 0;
}

static const struct builtin *
find(const char *name)
{
	for (size_t i = 0; builtin_list[i] != NULL; i++)
		if (strcmp(builtin_list[i]->name, name) == 0)
			return builtin_list[i];
	return NULL;
}

bool
builtin_read(const char *path, unsigned char **bytes, size_t *length,
	struct error *error)
{
	const struct builtin *text = find(path + strlen(BUILTIN_PREFIX));
	unsigned char *end;

	*bytes = NULL;
	*length = 0;
	if (text == NULL)
		return error_set(error, "%s: the program has no such text",
			path);
	for (size_t i = 0; text->lines[i] != NULL; i++)
		*length += strlen(text->lines[i]) + 1;
	*bytes = memory_new(*length, 1);
	if (*bytes == NULL)
		return error_out_of_memory(error);
	end = *bytes;
	for (size_t i = 0; text->lines[i] != NULL; i++) {
		size_t size = strlen(text->lines[i]);

		memcpy(end, text->lines[i], size);
		end[size] = '\n';
		end += size + 1;
	}
	return true;
}
