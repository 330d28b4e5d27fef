/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all pictures share: a page that cairo draws. Empty in a build without
 * cairo.
 */
#ifndef LSTMTUI_DRAW_PICTURE_PAGE_H
#define LSTMTUI_DRAW_PICTURE_PAGE_H

#include "draw/picture.h"

#ifdef HAVE_CAIRO

#include <cairo.h>

enum { PICTURE_MARGIN = 12 }; /* in points, as all sizes */

#define PICTURE_TITLE_FONT 13.0
#define PICTURE_LABEL_FONT 10.0

struct picture_page {
	double width, height; /* a pixel of a PNG is half a point */
	void (*draw)(cairo_t *cairo, const struct picture_page *page);
	const void *content; /* for draw */
};

/* Draw text aligned at x: 0 left, 0.5 centred, 1 right. */
void picture_draw_text(cairo_t *cairo, double x, double y, double alignment,
	const char *text);

/*
 * Draw text from the left margin on, in a smaller font if it is wider than
 * `width`.
 */
void picture_draw_fitted(cairo_t *cairo, double y, double font, double width,
	const char *text);

/* Draw a title at the top, in a smaller font if it is too long. */
void picture_draw_title(cairo_t *cairo, const struct picture_page *page,
	const char *title);

/*
 * Draw a page on white. The same page gives the same bytes. Return false if out
 * of memory, or if the sink fails.
 */
bool picture_page_write(const struct picture_page *page,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error);

#endif

#endif
