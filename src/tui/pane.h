/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pane: a part of the screen that shows something of the run. Each is a
 * constant of this struct in a file of its own, its address in the list of
 * tui/panes.c, which goes from the top of the screen to its bottom. Layout,
 * frame, help and zoom read the list.
 */
#ifndef LSTMTUI_TUI_PANE_H
#define LSTMTUI_TUI_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/area.h"

struct app;

enum {
	PANE_NOTE_SIZE = 64,
	PANES_MAX = 32,
	/* a screen of fewer rows has few bars and no boxes */
	PANE_ROWS_LOW = 12
};

/* Rows and columns, with the box. */
struct pane_size {
	int rows, columns;
};

/* Where a pane stands, and how large it wants to be. */
struct pane_place {
	/* neighbours of one band stand side by side; NULL: it stands alone */
	const char *band;
	/* if the screen is too small the least worth is left out first */
	int worth;
	/* the smallest screen that shows it; 0: any */
	struct pane_size screen_min;
	/* it is only on screens of fewer rows than this; 0: on all */
	int screen_rows_below;
	/* a band narrower than the good columns is stacked if rows allow */
	struct pane_size min, good;
	/*
	 * The rows or columns that it wants of an area of that size, the rest
	 * being for others; NULL: the rest.
	 */
	int (*rows)(const struct app *app, int rows, int columns);
	int (*columns)(const struct app *app, int rows, int columns);
};

struct pane {
	/* shown in its box; a zoom names it so; NULL: a bar of one row */
	const char *title;
	const char *help; /* what it shows, one line; NULL: the help omits it */
	const struct pane_place *place;

	/* Whether it applies to the present run and view; NULL: always. */
	bool (*is_shown)(const struct app *app);

	/*
	 * Size of the pane's own state, such as the axes that the user chose:
	 * all bytes 0 at first, kept when another run begins.
	 */
	size_t state_size;

	/*
	 * Compute what the next frame shows, `now` by clock_seconds. Returns
	 * whether the pane is animated: another frame follows soon. NULL: there
	 * is nothing to compute.
	 */
	bool (*prepare)(struct app *app, void *state, double now);

	/*
	 * Draw the inside of its box, or all of it if it has no box. A note is
	 * shown at the upper right of the box.
	 */
	void (*draw)(const struct app *app, const void *state, struct area area,
		char note[PANE_NOTE_SIZE]);
};

#endif
