/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/background.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "draw/theme.h"

/* The luminance that has the same contrast with black and with white. */
#define MIDDLE 0.179

static const char hexadecimal[] = "0123456789abcdefABCDEF";

/*
 * Read a number of `digits` hexadecimal digits and scale it to a byte. Returns
 * -1 if the digits are not 1 to 4.
 */
static int
parse_channel(const char *text, size_t digits)
{
	char number[5] = "";
	unsigned long max = (1UL << 4 * digits) - 1;

	if (digits < 1 || digits > 4)
		return -1;
	memcpy(number, text, digits);
	return (int)(strtoul(number, NULL, 16) * 255 / max);
}

/* "RRRR/GGGG/BBBB", which another number may follow: *rgb is 0xRRGGBB. */
static bool
parse_separated(const char *text, unsigned *rgb)
{
	*rgb = 0;
	for (int i = 0; i < 3; i++) {
		size_t digits = strspn(text, hexadecimal);
		int byte = digits <= 4 ? parse_channel(text, digits) : -1;

		if (byte < 0 || (i < 2 && text[digits] != '/'))
			return false;
		*rgb = *rgb << 8 | (unsigned)byte;
		text += digits + (i < 2);
	}
	return *text == '\0' || *text == '/';
}

/* "RRGGBB", "RGB" and so on. */
static bool
parse_joined(const char *text, unsigned *rgb)
{
	size_t length = strspn(text, hexadecimal);

	if (text[length] != '\0' || length == 0 || length > 12 ||
		length % 3 != 0)
		return false;
	*rgb = 0;
	for (size_t i = 0; i < 3; i++)
		*rgb = *rgb << 8 |
			(unsigned)parse_channel(text + i * (length / 3),
				length / 3);
	return true;
}

enum background
background_of_answer(const char *answer)
{
	unsigned rgb;
	bool is_color = false;

	if (strncmp(answer, "11;", 3) != 0)
		return BACKGROUND_UNKNOWN;
	answer += 3;
	if (strncmp(answer, "rgb:", 4) == 0)
		is_color = parse_separated(answer + 4, &rgb);
	else if (strncmp(answer, "rgba:", 5) == 0)
		is_color = parse_separated(answer + 5, &rgb);
	else if (answer[0] == '#')
		is_color = parse_joined(answer + 1, &rgb);
	if (!is_color)
		return BACKGROUND_UNKNOWN;
	return theme_luminance(rgb) > MIDDLE ? BACKGROUND_LIGHT
					     : BACKGROUND_DARK;
}

enum background
background_of_variable(const char *value)
{
	const char *last;
	unsigned long color;
	char *end;

	if (value == NULL)
		return BACKGROUND_UNKNOWN;
	last = strrchr(value, ';');
	if (last == NULL || last[1] < '0' || last[1] > '9')
		return BACKGROUND_UNKNOWN;
	color = strtoul(last + 1, &end, 10);
	if (*end != '\0' || color > 15)
		return BACKGROUND_UNKNOWN;
	/* white, and all bright colours but dark grey */
	return color == 7 || color > 8 ? BACKGROUND_LIGHT : BACKGROUND_DARK;
}
