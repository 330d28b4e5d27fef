/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/builtin.h"

#include <string.h>

const struct builtin *const builtin_list[] = {
	&builtin_tale,
	&builtin_count,
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
	const struct builtin *builtin = find(path + strlen(BUILTIN_PREFIX));
	struct bytes text = {0};

	*bytes = NULL;
	*length = 0;
	if (builtin == NULL)
		return error_set(error, "%s: the program has no such text",
			path);
	if (builtin->write != NULL)
		builtin->write(&text);
	for (size_t i = 0; builtin->lines != NULL && builtin->lines[i] != NULL;
		i++) {
		bytes_add_text(&text, builtin->lines[i]);
		bytes_add_text(&text, "\n");
	}
	if (!bytes_check(&text, error)) {
		bytes_release(&text);
		return false;
	}
	*bytes = text.data;
	*length = text.count;
	return true;
}
