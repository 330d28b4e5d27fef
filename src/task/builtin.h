/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that are part of the program, so that it can train on a text without
 * any file. --data builtin:NAME selects one; such a name is never looked up as
 * a file.
 */
#ifndef LSTMTUI_TASK_BUILTIN_H
#define LSTMTUI_TASK_BUILTIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"

#define BUILTIN_PREFIX "builtin:"

struct builtin {
	const char *name;
	const char *const *lines; /* without line ends; ends with NULL */
	void (*write)(struct bytes *text); /* or a function that writes it */
};

extern const struct builtin builtin_tale;  /* task/builtin_tale.c */
extern const struct builtin builtin_count; /* task/count.c */

/* All texts; ends with NULL. */
extern const struct builtin *const builtin_list[];

/* Whether the path names a text of the program: it begins with "builtin:". */
bool builtin_is_named(const char *path);

/*
 * Copy the text to bytes[*length], which the caller releases with free. Returns
 * false if there is no such text, or out of memory; then *bytes is NULL.
 */
bool builtin_read(const char *path, unsigned char **bytes, size_t *length,
	struct error *error);

#endif
