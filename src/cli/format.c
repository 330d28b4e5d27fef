/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/format.h"

#include "base/translate.h"

static const struct format format_csv = {
	.kind = {.name = "csv",
		.summary = N_(
			"one point per line, a blank line between sequences")},
	.content = FORMAT_PLAIN,
};

static const struct format format_json = {
	.kind = {.name = "json",
		.summary = N_("an object with a list of lists of points")},
	.content = FORMAT_JSON,
};

static const struct format format_braille = {
	.kind = {.name = "braille",
		.summary = N_("a picture in braille characters")},
	.content = FORMAT_CHARACTERS,
	.tier = CANVAS_BRAILLE,
};

static const struct format format_ascii = {
	.kind = {.name = "ascii",
		.summary = N_("a picture in ASCII characters")},
	.content = FORMAT_CHARACTERS,
	.tier = CANVAS_ASCII,
};

static const struct format format_text = {
	.kind = {.name = "text",
		.summary = N_("the bytes of a text; points as csv")},
	.content = FORMAT_PLAIN,
};

static const struct format format_svg = {
	.kind = {.name = "svg",
		.summary = N_("a vector picture of all sequences")},
	.content = FORMAT_PICTURE,
	.picture = PICTURE_SVG,
};

static const struct format format_png = {
	.kind = {.name = "png",
		.summary = N_("a pixel picture of all sequences")},
	.content = FORMAT_PICTURE,
	.picture = PICTURE_PNG,
};

static const struct format format_pdf = {
	.kind = {.name = "pdf",
		.summary = N_("a page with a vector picture of all sequences")},
	.content = FORMAT_PICTURE,
	.picture = PICTURE_PDF,
};

const struct kind *const format_list[] = {
	&format_csv.kind,
	&format_json.kind,
	&format_braille.kind,
	&format_ascii.kind,
	&format_text.kind,
	&format_svg.kind,
	&format_png.kind,
	&format_pdf.kind,
	NULL,
};

enum canvas_tier
format_tier(const struct format *format, bool is_ascii)
{
	return is_ascii ? CANVAS_ASCII : format->tier;
}
