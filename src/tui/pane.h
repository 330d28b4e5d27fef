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
	/* where there is too little room the least worth is left out first */
	int worth;
	/* the smallest screen that shows it; 0: any */
	struct pane_size screen_min;
	/* only screens of fewer rows show it; 0: all do */
	int screen_rows_below;
	/* below `good` it rather stands above its neighbour than beside it */
	struct pane_size min, good;
	/*
	 * The rows or columns that it wants in a room of that size, if there
	 * are others to take the rest; NULL: all that the others leave.
	 */
	int (*rows)(const struct app *app, int rows, int columns);
	int (*columns)(const struct app *app, int rows, int columns);
};

struct pane {
	/* stands in its box, and names it for a zoom; NULL: a bar of one row */
	const char *title;
	const char *help; /* what it shows, one line; NULL: no word of it */
	const struct pane_place *place;

	/* Whether it says something about this run and view; NULL: always. */
	bool (*is_shown)(const struct app *app);

	/*
	 * What it remembers of its own, all bytes 0 at first: how its user
	 * wants to see it. Kept from run to run.
	 */
	size_t state_size;

	/*
	 * Compute what a frame at that time shows, before it is drawn. Returns
	 * whether the next frame will differ by itself. NULL: nothing to do.
	 */
	bool (*prepare)(struct app *app, void *state, double now);

	/*
	 * Draw what is in its box, or all of it if it has none; a note goes to
	 * the upper right of the box.
	 */
	void (*draw)(const struct app *app, const void *state, struct area area,
		char note[PANE_NOTE_SIZE]);
};

#endif
