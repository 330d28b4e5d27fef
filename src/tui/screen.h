/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal: with input.c the only one that knows curses. It opens and
 * restores the terminal, reads keys, and draws text, boxes and canvases by
 * role: what a thing means, from which a scheme makes colours or, without
 * them, bold and dim.
 *
 * There is one terminal, so there is one screen, kept here.
 */
#ifndef LSTMTUI_TUI_SCREEN_H
#define LSTMTUI_TUI_SCREEN_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/canvas.h"

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

/* A part of the screen, in cells from the upper left; 0 rows: none. */
struct area {
	int row, column, rows, columns;
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

/* Keys that are no characters. */
enum screen_key {
	SCREEN_KEY_NONE = 0, /* no key within the time */
	SCREEN_KEY_RESIZE = -2,
	SCREEN_KEY_F1 = -3,
	SCREEN_KEY_F10 = -4,
	SCREEN_KEY_BACKSPACE = -5,
	SCREEN_KEY_OTHER = -6, /* one that means nothing here */
	SCREEN_KEY_BACKTAB = -7,
	SCREEN_KEY_UP = -9,
	SCREEN_KEY_DOWN = -10,
	SCREEN_KEY_LEFT = -11,
	SCREEN_KEY_RIGHT = -12,
	SCREEN_KEY_PASTE = -13,     /* what comes now is no keyboard's ... */
	SCREEN_KEY_PASTE_END = -14, /* ... until here */
	SCREEN_KEY_HANGUP = -8      /* the terminal is gone */
};

/* That there is a terminal at all. Nothing is changed. */
bool screen_check(struct error *error);

/*
 * Take over the terminal. It is given back by screen_close, at exit, and
 * when a fatal signal strikes. Returns false, with the terminal untouched,
 * where there is none or it cannot place a cursor.
 */
bool screen_open(const struct screen_options *options, struct error *error);

void screen_close(void);

/* Take over the size that the window has now. */
void screen_resize(void);

/* Give the terminal back, stop as Ctrl-Z asks, take it over again. */
void screen_suspend(void);

/* What is drawn with; and the size in cells, at least 1 each. */
const struct screen_signs *screen_signs(void);
enum canvas_tier screen_tier(void);
void screen_size(int *rows, int *columns);

/* Begin a frame on an empty screen, and show it with one flush. */
void screen_begin(void);
void screen_end(void);

/*
 * Whether the terminal has not yet taken the last frame; then no other is to
 * be begun. What is left of it is sent within screen_key.
 */
bool screen_is_behind(void);

/* Draw everything anew at the next screen_end, whatever stands there. */
void screen_redraw(void);

/*
 * Whether a part of a frame could not be shown since the last call; the next
 * screen_end draws everything then.
 */
bool screen_is_damaged(void);

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

/*
 * Wait up to so many milliseconds (below 0: for ever) for a key. Returns a
 * character (a Unicode code point, Ctrl-L as 12), an enum screen_key, or
 * SCREEN_KEY_NONE when the time is over, a signal came, or a terminal that was
 * behind took more.
 */
int screen_key(int milliseconds);

#endif
