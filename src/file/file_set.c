/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/file_set.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/translate.h"
#include "file/atomic_file.h"

struct file_entry {
	const char *label;
	char *path; /* path given by the user; NULL: a standard output */
	enum file_use use;
	size_t order; /* number of entries added before */
	/* of the file; of its directory if `name` is not empty */
	dev_t device;
	ino_t inode;
	char name[NAME_MAX + 1];
};

/* Identify a file that does not exist yet by its directory and name. */
static bool
identify_new(struct file_entry *entry, const char *path)
{
	char target[PATH_MAX], copy[PATH_MAX];
	struct stat status;
	struct error ignored;

	if (!atomic_file_target(path, ATOMIC_FILE_NAMED, target, &ignored))
		return false;
	snprintf(copy, sizeof copy, "%s", target);
	snprintf(entry->name, sizeof entry->name, "%s", basename(copy));
	snprintf(copy, sizeof copy, "%s", target);
	if (stat(dirname(copy), &status) != 0)
		return false;
	entry->device = status.st_dev;
	entry->inode = status.st_ino;
	return true;
}

/* Identify a file. Return false if it cannot be a regular file. */
static bool
identify(struct file_entry *entry, const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return errno == ENOENT && identify_new(entry, path);
	entry->device = status.st_dev;
	entry->inode = status.st_ino;
	return S_ISREG(status.st_mode);
}

static void
append(struct file_set *set, struct file_entry *entry)
{
	if (!memory_grow((void **)&set->entry, &set->capacity, set->count + 1,
		    sizeof *entry)) {
		free(entry->path);
		set->is_out_of_memory = true;
		return;
	}
	entry->order = set->count;
	set->entry[set->count++] = *entry;
}

void
file_set_add(struct file_set *set, enum file_use use, const char *label,
	const char *path)
{
	struct file_entry entry = {.label = label, .use = use};

	if (path == NULL || path[0] == '\0' || !identify(&entry, path))
		return;
	entry.path = memory_string(path);
	if (entry.path == NULL)
		set->is_out_of_memory = true;
	else
		append(set, &entry);
}

void
file_set_add_standard(struct file_set *set)
{
	static const struct {
		int descriptor;
		const char *label;
	} standard[] = {
		{STDOUT_FILENO, "standard output"},
		{STDERR_FILENO, "standard error"},
	};

	for (size_t i = 0; i < sizeof standard / sizeof standard[0]; i++) {
		struct stat status;

		if (fstat(standard[i].descriptor, &status) != 0 ||
			!S_ISREG(status.st_mode))
			continue;
		append(set,
			&(struct file_entry){
				.label = standard[i].label,
				.use = FILE_OUTPUT,
				.device = status.st_dev,
				.inode = status.st_ino,
			});
	}
}

static int
compare_files(const struct file_entry *a, const struct file_entry *b)
{
	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	if (a->inode != b->inode)
		return a->inode < b->inode ? -1 : 1;
	return strcmp(a->name, b->name);
}

/* Order entries by file, then by the order of adding. */
static int
compare_entries(const void *left, const void *right)
{
	const struct file_entry *a = left, *b = right;
	int files = compare_files(a, b);

	return files != 0 ? files
			  : (a->order > b->order) - (a->order < b->order);
}

static bool
refuse(const struct file_entry *first, const struct file_entry *second,
	struct error *error)
{
	return error_set_usage(error,
		first->use == second->use
			? N_("%s%s%s: the same file as %s%s%s; an output must "
			     "not be another output")
			: N_("%s%s%s: the same file as %s%s%s; an output must "
			     "not be an input"),
		_(second->label), second->path != NULL ? " " : "",
		second->path != NULL ? second->path : "", _(first->label),
		first->path != NULL ? " " : "",
		first->path != NULL ? first->path : "");
}

bool
file_set_check(struct file_set *set, struct error *error)
{
	bool ok = true;

	if (set->is_out_of_memory)
		ok = error_out_of_memory(error);
	else if (set->count > 0)
		qsort(set->entry, set->count, sizeof *set->entry,
			compare_entries);
	for (size_t i = 1; ok && i < set->count; i++) {
		const struct file_entry *first = &set->entry[i - 1];
		const struct file_entry *second = &set->entry[i];

		if (compare_files(first, second) == 0 &&
			(first->use == FILE_OUTPUT ||
				second->use == FILE_OUTPUT) &&
			(first->path != NULL || second->path != NULL))
			ok = refuse(first, second, error);
	}
	for (size_t i = 0; i < set->count; i++)
		free(set->entry[i].path);
	free(set->entry);
	*set = (struct file_set){0};
	return ok;
}
