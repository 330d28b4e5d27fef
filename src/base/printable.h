/*
 * What a file's name or contents say must be shown by a terminal, never
 * obeyed by it.
 */
#ifndef LSTMTUI_BASE_PRINTABLE_H
#define LSTMTUI_BASE_PRINTABLE_H

#include <stddef.h>

/* Replace each control character in the text by '?'; returns the text. */
char *printable(char *text);

/* Copy as much of the text as fits, and do the same there; returns copy. */
const char *printable_copy(char *copy, size_t size, const char *text);

#endif
