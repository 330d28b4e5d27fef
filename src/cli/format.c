/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/format.h"

/* clang-format off */
static const struct format formats[] = {
	{.name = "csv", .kind = FORMAT_PLAIN,
		.summary = "a point a line, a blank line between sequences"},
	{.name = "json", .kind = FORMAT_JSON,
		.summary = "an object with a list of lists of points"},
	{.name = "braille", .kind = FORMAT_CHARACTERS, .tier = CANVAS_BRAILLE,
		.summary = "a picture in braille characters"},
	{.name = "ascii", .kind = FORMAT_CHARACTERS, .tier = CANVAS_ASCII,
		.summary = "a picture in ASCII characters"},
	{.name = "text", .kind = FORMAT_PLAIN,
		.summary = "a text as it is; points as csv"},
	{.name = "svg", .kind = FORMAT_PICTURE, .picture = PICTURE_SVG,
		.summary = "one picture of all, to scale without loss"},
	{.name = "png", .kind = FORMAT_PICTURE, .picture = PICTURE_PNG,
		.summary = "one picture of all, in pixels"},
	{.name = "pdf", .kind = FORMAT_PICTURE, .picture = PICTURE_PDF,
		.summary = "one picture of all, a page to print"},
};
/* clang-format on */

enum { FORMATS = sizeof formats / sizeof formats[0] };

const struct format *
format_info(unsigned number)
{
	return &formats[number];
}

enum canvas_tier
format_tier(const struct format *format, bool is_ascii)
{
	return is_ascii ? CANVAS_ASCII : format->tier;
}

const char *
format_name(size_t number)
{
	return number < FORMATS ? formats[number].name : NULL;
}

const char *
format_summary(size_t number)
{
	return number < FORMATS ? formats[number].summary : NULL;
}
