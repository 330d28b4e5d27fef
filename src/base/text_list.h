/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of lines of text.
 */
#ifndef LSTMTUI_BASE_TEXT_LIST_H
#define LSTMTUI_BASE_TEXT_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* All zero: empty. */
struct text_list {
	size_t count, capacity;
	char **text; /* [count] */
};

/*
 * Append a formatted line, up to its maximum of 400 bytes. Return false if out
 * of memory.
 */
bool text_list_add(struct text_list *list, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Release the lines; the list is empty again. */
void text_list_destroy(struct text_list *list);

#endif
