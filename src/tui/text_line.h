/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of text that is being typed, in the encoding of the locale.
 */
#ifndef LSTMTUI_TUI_TEXT_LINE_H
#define LSTMTUI_TUI_TEXT_LINE_H

#include <stddef.h>

/* Append a character to text[size], unless it is unprintable or too long. */
void text_line_type(char *text, size_t size, int key);

/* Remove the last character, if any. */
void text_line_erase(char *text);

/* The end of the text: as much of it as fits into so many columns. */
const char *text_line_end(const char *text, int columns);

#endif
