/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Find the intended name for a misspelt one.
 */
#ifndef LSTMTUI_BASE_NAME_H
#define LSTMTUI_BASE_NAME_H

#include <stddef.h>

/*
 * Return the one of names[count] with the smallest Levenshtein distance from
 * text, or NULL if none is close enough for a typing error. A prefix of a name
 * counts as close.
 */
const char *name_nearest(const char *text, const char *const *names,
	size_t count);

#endif
