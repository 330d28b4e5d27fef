/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A gallery: one picture of several sequences. Add the sequences one by one,
 * then write the picture to standard output.
 */
#ifndef LSTMTUI_CLI_GALLERY_H
#define LSTMTUI_CLI_GALLERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "draw/multiples.h"
#include "draw/picture.h"
#include "run/run.h"

struct gallery {
	size_t count, room;
	struct multiples_item *items; /* owns the points and the titles */
};

/*
 * Check that `count` sequences can be written in that format: the program is
 * built with it, the page has room, and standard output is not a terminal.
 */
bool gallery_check(enum picture_format format, uint64_t count,
	struct error *error);

/* Add a copy of points[length, features]; title NULL: number it. */
bool gallery_add(struct gallery *gallery, const char *title, size_t length,
	size_t features, const float *points, struct error *error);

/* Print the picture in characters. */
bool gallery_print(const struct gallery *gallery, const struct run *run,
	const struct multiples_config *config, struct error *error);

/* Write the picture file to standard output. */
bool gallery_write(const struct gallery *gallery, const struct run *run,
	enum picture_format format, struct error *error);

void gallery_destroy(struct gallery *gallery);

#endif
