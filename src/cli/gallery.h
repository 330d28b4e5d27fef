/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture that `generate` makes of all its sequences at once: they are
 * hung up one by one, then written to standard output.
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
	struct multiples_item *items; /* points and titles are its own */
};

/*
 * Whether so many can be written in that format: it can be drawn, there is
 * room on the page, and standard output is no terminal that bytes would
 * garble.
 */
bool gallery_check(enum picture_format format, uint64_t count,
	struct error *error);

/* Hang up a copy of points[length, features]; title NULL: its number. */
bool gallery_add(struct gallery *gallery, const char *title, size_t length,
	size_t features, const float *points, struct error *error);

/* Print all of it in characters. */
bool gallery_print(const struct gallery *gallery, const struct run *run,
	const struct multiples_config *config, struct error *error);

/* Write the picture of all to standard output. */
bool gallery_write(const struct gallery *gallery, const struct run *run,
	enum picture_format format, struct error *error);

void gallery_destroy(struct gallery *gallery);

#endif
