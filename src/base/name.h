/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that users type: a slip of the keys finds the name that was meant. */
#ifndef LSTMTUI_BASE_NAME_H
#define LSTMTUI_BASE_NAME_H

#include <stddef.h>

/*
 * Of names[count], the one nearest to text by edits (Levenshtein's distance),
 * or NULL if none is near enough to be a slip of the keys.
 */
const char *name_nearest(const char *text, const char *const *names,
	size_t count);

#endif
