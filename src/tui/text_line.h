/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Edit a line of text, in the encoding of the locale.
 */
#ifndef LSTMTUI_TUI_TEXT_LINE_H
#define LSTMTUI_TUI_TEXT_LINE_H

#include <stddef.h>

/*
 * Append a character to text[size], unless it is a control character or does
 * not fit.
 */
void text_line_type(char *text, size_t size, int key);

/* Remove the last character. */
void text_line_erase(char *text);

/* Return the longest end of the text that fits into `columns` columns. */
const char *text_line_end(const char *text, int columns);

/*
 * Return the bytes of the first line of the text, wrapped to `columns` columns:
 * whole words, if one fits, and at least one character.
 */
size_t text_line_wrap(const char *text, int columns);

/*
 * Copy the text to copy[size] if it fits into `columns` columns, or else its
 * start and its end with a sign of omission between them. Return copy.
 */
const char *text_line_shorten(char *copy, size_t size, const char *text,
	int columns);

#endif
