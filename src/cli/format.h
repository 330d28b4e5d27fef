/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formats of `generate`, in one table: names for the options, what each
 * is made of for those who print.
 */
#ifndef LSTMTUI_CLI_FORMAT_H
#define LSTMTUI_CLI_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/canvas.h"
#include "draw/picture.h"

enum format_kind {
	FORMAT_PLAIN, /* numbers, or a text as it is */
	FORMAT_JSON,
	FORMAT_CHARACTERS, /* a picture in a tier of the canvas */
	FORMAT_PICTURE     /* a picture in a file's format, of all sequences */
};

struct format {
	const char *name, *summary;
	enum format_kind kind;
	enum canvas_tier tier;
	enum picture_format picture;
};

/* By number, as the options have it. */
const struct format *format_info(unsigned number);

/* The tier of a format of characters, where --ascii may have been asked for. */
enum canvas_tier format_tier(const struct format *format, bool is_ascii);

/* For the table of options; NULL from the first number on that is none. */
const char *format_name(size_t number);
const char *format_summary(size_t number);

#endif
