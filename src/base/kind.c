/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kind.h"

#include <string.h>

const struct kind *
kind_find(const struct kind *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp((*list)->name, name) == 0)
			return *list;
	return NULL;
}

size_t
kind_count(const struct kind *const *list)
{
	size_t count = 0;

	while (list[count] != NULL)
		count++;
	return count;
}

const char *
kind_default(const struct kind *kind, const char *option)
{
	const struct kind_default *at = kind->defaults;

	for (; at != NULL && at->option != NULL; at++)
		if (strcmp(at->option, option) == 0)
			return at->value;
	return NULL;
}
