/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drawing on the terminal: text, boxes and canvases, each in a role that says
 * what it means. A scheme gives roles colours or, without these, bold and dim.
 *
 * There is one terminal, so its screen is kept here.
 */
#ifndef LSTMTUI_TUI_SCREEN_H
#define LSTMTUI_TUI_SCREEN_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/canvas.h"
#include "tui/area.h"

enum screen_role {
	ROLE_NORMAL,
	ROLE_DIM,      /* labels, axes, boxes */
	ROLE_BRIGHT,   /* numbers that matter */
	ROLE_MODEL,    /* what the model makes, and its average loss */
	ROLE_DATA,     /* what it learns from, and single losses */
	ROLE_WARNING,  /* unsaved, diverging, asking */
	ROLE_SELECTED, /* what typing would replace */
	ROLES
};

/* Signs that differ between UTF-8 and ASCII. */
struct screen_signs {
	const char *arrow, *separator, *times;
	const char *running, *waiting, *paused, *finished;
	const char *less, *more; /* about a value that keys change */
	const char *bar_full, *bar_rest;
	const char *cursor;
};

struct screen_options {
	bool ascii;    /* even where the locale is UTF-8 */
	bool no_color; /* even where the terminal has colours */
};

/* Open the terminal to draw on it: see terminal_open. */
bool screen_open(const struct screen_options *options, struct error *error);

void screen_close(void);

/* The signs and the tier of canvases of this terminal. */
const struct screen_signs *screen_signs(void);
enum canvas_tier screen_tier(void);

/* Begin a frame on an empty screen, and show it with one flush. */
void screen_begin(void);
void screen_end(void);

/*
 * Print, in printf's manner, at a place in the area, cut off at its right
 * end. What is not printable appears by its number (base/printable.h), what
 * --ascii has no sign for as '?'. Returns the column behind the text, relative
 * to the area.
 */
int screen_print(struct area area, int row, int column, enum screen_role role,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The columns that a string takes on the screen. */
int screen_width(const char *text);

/* Empty an area, as an overlay does before it draws. */
void screen_clear(struct area area);

/*
 * A box along the inside of the area with a title on the left and a note on
 * the right (either may be NULL). Returns what is inside.
 */
struct area screen_box(struct area area, enum screen_role role,
	const char *title, const char *note);

/*
 * An empty canvas of so many cells to draw on; NULL where memory is short.
 * It is the same one each time.
 */
struct canvas *screen_canvas(int rows, int columns);

/* Copy the canvas to the upper left of the area. */
void screen_draw_canvas(struct area area, const struct canvas *canvas);

#endif
