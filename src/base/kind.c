/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kind.h"

#include <string.h>

#include "base/name.h"

/* Longest list that kind_nearest searches. */
enum { KIND_NAMES_MAX = 64 };

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
	const struct kind_default *entry = kind->defaults;

	for (; entry != NULL && entry->option != NULL; entry++)
		if (strcmp(entry->option, option) == 0)
			return entry->value;
	return NULL;
}

const char *
kind_nearest(const struct kind *const *list, const char *name)
{
	const char *names[KIND_NAMES_MAX];
	size_t count = 0;

	for (; count < KIND_NAMES_MAX && list[count] != NULL; count++)
		names[count] = list[count]->name;
	return name_nearest(name, names, count);
}
