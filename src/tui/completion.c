/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/completion.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/utf8.h"

struct names {
	char **name;
	size_t count, room;
};

static bool
is_folder(DIR *folder, const char *name)
{
	struct stat status;

	return fstatat(dirfd(folder), name, &status, 0) == 0 &&
		S_ISDIR(status.st_mode);
}

/* Whether the name of an entry begins with the typed text. */
static bool
fits(const char *name, const char *start)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		(name[0] == '.' && start[0] != '.'))
		return false;
	return strncmp(name, start, strlen(start)) == 0;
}

/* Add a name; false: out of memory. */
static bool
add(struct names *names, const char *name, bool is_in_folder)
{
	size_t length = strlen(name);
	char *copy;

	if (!memory_grow((void **)&names->name, &names->room, names->count + 1,
		    sizeof names->name[0]))
		return false;
	copy = memory_new(length + 2, 1);
	if (copy == NULL)
		return false;
	snprintf(copy, length + 2, "%s%s", name, is_in_folder ? "/" : "");
	names->name[names->count++] = copy;
	return true;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* List the fitting names of a folder, sorted. */
static void
list(struct names *names, const char *path, const char *start)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL)
		if (fits(entry->d_name, start) &&
			!add(names, entry->d_name,
				is_folder(folder, entry->d_name)))
			break;
	closedir(folder);
	if (names->count > 0)
		qsort(names->name, names->count, sizeof names->name[0],
			compare);
}

/*
 * Return the bytes that all names have in common: those of the first and the
 * last, in sorted order. A character is not divided.
 */
static size_t
common_length(const struct names *names)
{
	const char *first = names->name[0];
	const char *last = names->name[names->count - 1];
	size_t length = 0;

	while (first[length] != '\0' && first[length] == last[length])
		length++;
	return utf8_before(first, length);
}

/* Copy the names that fit into the result. */
static void
copy_names(struct completion *completion, const struct names *names)
{
	size_t used = 0;

	completion->count = names->count;
	completion->listed = 0;
	for (size_t i = 0; i < names->count; i++) {
		size_t size = strlen(names->name[i]) + 1;

		if (used + size > sizeof completion->names)
			return;
		memcpy(completion->names + used, names->name[i], size);
		used += size;
		completion->listed++;
	}
}

void
completion_extend(struct completion *completion, char *text, size_t size)
{
	const char *slash = strrchr(text, '/');
	size_t start = slash != NULL ? (size_t)(slash - text) + 1 : 0;
	char *path = start > 0 ? memory_string(text) : memory_string(".");
	struct names names = {0};

	*completion = (struct completion){0};
	if (path == NULL)
		return;
	if (start > 0)
		path[start] = '\0';
	list(&names, path, text + start);
	if (names.count > 0) {
		size_t length = common_length(&names);

		copy_names(completion, &names);
		if (start + length < size) {
			memcpy(text + start, names.name[0], length);
			text[start + length] = '\0';
		}
	}
	for (size_t i = 0; i < names.count; i++)
		free(names.name[i]);
	free(names.name);
	free(path);
}
