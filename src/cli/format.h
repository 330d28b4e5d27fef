/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The output formats of `generate`: their names, and the kind of output of
 * each.
 */
#ifndef LSTMTUI_CLI_FORMAT_H
#define LSTMTUI_CLI_FORMAT_H

#include <stdbool.h>

#include "base/kind.h"
#include "draw/canvas.h"
#include "draw/picture.h"

enum format_content {
	FORMAT_PLAIN, /* CSV numbers, or plain text */
	FORMAT_JSON,
	FORMAT_CHARACTERS, /* a picture in characters of the canvas's tier */
	FORMAT_PICTURE     /* one picture file with all sequences */
};

struct format {
	struct kind kind;
	enum format_content content;
	enum canvas_tier tier;
	enum picture_format picture;
};

/* All formats; ends with NULL. */
extern const struct kind *const format_list[];

/* The canvas tier of a format of characters; is_ascii: --ascii is given. */
enum canvas_tier format_tier(const struct format *format, bool is_ascii);

#endif
