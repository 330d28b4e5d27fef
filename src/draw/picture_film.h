/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shapes one after the other as a film: an animated SVG without a script, which
 * browsers also play as an image in a page. It needs no cairo.
 *
 * Each shape fades into the next, the last one stays longer, and the film
 * begins again. Behind it the last shape is drawn in grey, to see how far the
 * others are from it. Below are the title of the frame, its note, and a row of
 * marks, one for each frame. The colours are those of the themes dark and
 * light, by the reader's preference (prefers-color-scheme). For a reader who
 * prefers no motion (prefers-reduced-motion), or a viewer without animations,
 * it is a picture of the last shape.
 *
 * The animation is of CSS: https://www.w3.org/TR/css-animations-1/
 */
#ifndef LSTMTUI_DRAW_PICTURE_FILM_H
#define LSTMTUI_DRAW_PICTURE_FILM_H

#include "base/bytes.h"
#include "draw/multiples.h"

/* Place of the panel in the picture, in its units; a test reads them too. */
enum { PICTURE_FILM_LEFT = 52, PICTURE_FILM_TOP = 66, PICTURE_FILM_SIZE = 320 };

/* All is borrowed. The texts are UTF-8. */
struct picture_film {
	const char *title;    /* of the picture, one line */
	const char *subtitle; /* below it, smaller; "": none */
	/* items are the frames, at least one, all with points */
	const struct multiples *shapes;
	const char *const *notes; /* [shapes->count], right of their titles */
};

/* Add the picture. The same film gives the same bytes. */
void picture_film_write(const struct picture_film *film, struct bytes *svg);

#endif
