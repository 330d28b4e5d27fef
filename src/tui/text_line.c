/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/text_line.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"
#include "tui/screen.h"

void
text_line_type(char *text, size_t size, int key)
{
	char bytes[16]; /* at least MB_CUR_MAX of any locale */
	mbstate_t state;
	size_t length, used = strlen(text);

	memset(&state, 0, sizeof state);
	length = wcrtomb(bytes, (wchar_t)key, &state);
	if (length == (size_t)-1 || utf8_is_control((uint32_t)key) ||
		used + length >= size)
		return;
	memcpy(text + used, bytes, length);
	text[used + length] = '\0';
}

void
text_line_erase(char *text)
{
	size_t length = strlen(text);

	if (length > 0)
		text[utf8_before(text, length - 1)] = '\0';
}

const char *
text_line_end(const char *text, int columns)
{
	while (*text != '\0' && screen_width(text) > columns)
		text += utf8_step(text);
	return text;
}

/* Return the bytes of the longest start that fits into `columns` columns. */
static size_t
start_length(const char *text, int columns)
{
	size_t length = 0;
	int used = 0;

	while (text[length] != '\0') {
		size_t step = utf8_step(text + length);
		char character[16];
		int width;

		snprintf(character, sizeof character, "%.*s", (int)step,
			text + length);
		width = screen_width(character);
		if (used + width > columns)
			break;
		used += width;
		length += step;
	}
	return length;
}

const char *
text_line_shorten(char *copy, size_t size, const char *text, int columns)
{
	const char *omission = screen_tier() == CANVAS_BRAILLE ? "…" : "...";
	int room = columns - screen_width(omission);

	if (screen_width(text) <= columns)
		snprintf(copy, size, "%s", text);
	else if (room < 2)
		snprintf(copy, size, "%s", text_line_end(text, columns));
	else
		snprintf(copy, size, "%.*s%s%s",
			(int)start_length(text, room / 2), text, omission,
			text_line_end(text, room - room / 2));
	return copy;
}

size_t
text_line_wrap(const char *text, int columns)
{
	return utf8_wrap(text, columns > 0 ? (size_t)columns : 0);
}
