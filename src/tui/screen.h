/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draw text, boxes, canvases and heat maps on the terminal. Each has a role,
 * its meaning; the theme maps roles to colours, or without colours to bold, dim
 * and reverse (draw/theme.h).
 *
 * There is one terminal, so the state is static.
 */
#ifndef LSTMTUI_TUI_SCREEN_H
#define LSTMTUI_TUI_SCREEN_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/canvas.h"
#include "draw/theme.h"
#include "tui/area.h"
#include "tui/screen_signs.h"

struct screen_options {
	bool ascii;    /* even if the locale is UTF-8 */
	bool no_color; /* even if the terminal has colours */
	const struct theme *theme;
};

/*
 * Open the terminal (see terminal_set_up) and select the colours. If the theme
 * has a variant for a light ground, ask the terminal for its background.
 */
bool screen_open(const struct screen_options *options, struct error *error);

void screen_close(void);

/* Return the signs and the canvas tier of the terminal. */
const struct screen_signs *screen_signs(void);
enum canvas_tier screen_tier(void);

/* Start a frame with an empty screen; send the frame to the terminal. */
void screen_begin(void);
void screen_end(void);

/*
 * Print formatted text at a position in the area, truncated at the right edge
 * of the area. Unprintable characters are shown by number (base/printable.h);
 * characters that the terminal cannot show, and without UTF-8 all characters
 * above 0x7f, as '?'. Returns the column after the text, relative to the area.
 */
int screen_print(struct area area, int row, int column, enum screen_role role,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

/*
 * Let a click on these cells act on a target, until the next frame; of several
 * links the last one counts. screen_link_at returns the target of a cell, or
 * NULL.
 */
void screen_link(struct area area, int row, int column, int columns,
	const void *target);
const void *screen_link_at(int row, int column);

/* Return the width of a string on the screen, in columns. */
int screen_width(const char *text);

/* Fill an area with blanks. */
void screen_clear(struct area area);

/*
 * Draw a box along the edge of the area, with a title at the left and a note at
 * the right, which may be NULL. Returns the area inside the box.
 */
struct area screen_box(struct area area, enum screen_role role,
	const char *title, const char *note);

/*
 * Return the empty canvas, of rows x columns cells; NULL if out of memory. All
 * calls return the same canvas.
 */
struct canvas *screen_canvas(int rows, int columns);

/*
 * Fill `columns` cells of a row with a value of a heat map: its role is from
 * theme_signed_role or theme_gate_role. If the theme has no colour for each
 * level, a character shows the level and, without colours, the sign.
 */
void screen_shade(struct area area, int row, int column, int columns,
	enum screen_role role);

/* The same with a mark, such as brackets, that leaves the value visible. */
void screen_shade_marked(struct area area, int row, int column, int columns,
	enum screen_role role);

/*
 * Print text on the colour of a value of a heat map, if the theme has one for
 * each level; if not, as screen_print does with ROLE_NORMAL. Returns the column
 * after the text.
 */
int screen_print_on(struct area area, int row, int column,
	enum screen_role role, const char *text);

/* Whether screen_print_on shows each level. */
bool screen_has_levels(void);

/*
 * Whether a cell can show two values of a heat map, one above the other: needs
 * a colour for each level, and UTF-8.
 */
bool screen_has_halves(void);

/* Draw such a cell. */
void screen_halves(struct area area, int row, int column,
	enum screen_role upper, enum screen_role lower);

/*
 * Fill `columns` cells of a row with the ground of the layer CANVAS_BAND or, if
 * the theme has no colour for it, with a character.
 */
void screen_band(struct area area, int row, int column, int columns);

/* Draw the canvas at the upper left of the area. */
void screen_draw_canvas(struct area area, const struct canvas *canvas);

#endif
