/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formats of `generate`: names for the options, and what each is made of
 * for those who print.
 */
#ifndef LSTMTUI_CLI_FORMAT_H
#define LSTMTUI_CLI_FORMAT_H

#include <stdbool.h>

#include "base/kind.h"
#include "draw/canvas.h"
#include "draw/picture.h"

enum format_content {
	FORMAT_PLAIN, /* numbers, or a text as it is */
	FORMAT_JSON,
	FORMAT_CHARACTERS, /* a picture in a tier of the canvas */
	FORMAT_PICTURE     /* a picture in a file's format, of all sequences */
};

struct format {
	struct kind kind;
	enum format_content content;
	enum canvas_tier tier;
	enum picture_format picture;
};

/* All of them; ends with NULL. */
extern const struct kind *const format_list[];

/* The tier of a format of characters, where --ascii may have been asked for. */
enum canvas_tier format_tier(const struct format *format, bool is_ascii);

#endif
