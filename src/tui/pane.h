/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pane: a part of the screen, such as the plot of the loss. Each pane is a
 * constant of struct pane in its own file, and its address is in the list of
 * tui/panes.c, from the top of the screen to the bottom. Layout, frame, help
 * and zoom read the list.
 */
#ifndef LSTMTUI_TUI_PANE_H
#define LSTMTUI_TUI_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/area.h"

struct app;

enum {
	PANE_NOTE_SIZE = 192,
	PANES_MAX = 32,
	/* a screen with fewer rows has fewer bars and no boxes */
	PANE_ROWS_LOW = 12
};

/* Size in cells, including the box. */
struct pane_size {
	int rows, columns;
};

/* The position and the size of a pane. */
struct pane_place {
	/* adjacent panes of one band are side by side; NULL: no band */
	const char *band;
	/* on a small screen, the lowest priority is dropped first */
	int priority;
	/* min size of a screen that shows the pane; 0: any */
	struct pane_size screen_min;
	/* shown only on screens with fewer rows; 0: on all */
	int screen_rows_below;
	/*
	 * the panes of a band are stacked if it is narrower than their
	 * preferred columns and there are enough rows
	 */
	struct pane_size min, preferred;
	/*
	 * Return the rows or columns that the pane wants of an area of this
	 * size, shared with other panes; NULL: the remainder.
	 */
	int (*rows)(const struct app *app, int rows, int columns);
	int (*columns)(const struct app *app, int rows, int columns);
};

struct pane {
	/*
	 * shown in the box, and identifies a zoomed pane; NULL: a bar, a pane
	 * of one row without a box
	 */
	const char *title;
	const char *help; /* its contents, one line; NULL: not in the help */
	/* its contents in sentences, for the help; NULL: `help` suffices */
	const char *explanation;
	const struct pane_place *place;

	/* Whether the current run and view show the pane; NULL: always. */
	bool (*is_shown)(const struct app *app);

	/*
	 * Size of the state of the pane, such as the axes that the user
	 * selected. All bytes are 0 initially; a new run keeps the state.
	 */
	size_t state_size;

	/*
	 * Prepare the next frame, if the screen has room for the pane; `now`
	 * is clock_seconds(). Return whether the pane is animated and needs
	 * another frame soon. NULL: nothing to prepare.
	 */
	bool (*prepare)(struct app *app, void *state, double now);

	/*
	 * Handle a click on a cell of the area inside the box, in which `row`
	 * and `column` count from 0. Return whether it had a use; otherwise, or
	 * if the pointer is NULL, the click enlarges the pane.
	 */
	bool (*click)(struct app *app, struct area area, int row, int column);

	/*
	 * Draw the pane inside its box, or in all of its area if it has no box.
	 * The note is shown at the upper right of the box.
	 */
	void (*draw)(const struct app *app, const void *state, struct area area,
		char note[PANE_NOTE_SIZE]);

	/*
	 * Scroll by a turn of the wheel, -1 (up) or 1, over the pane; the area
	 * is that inside the box. NULL: nothing scrolls.
	 */
	void (*wheel)(struct app *app, struct area area, int by);

	/*
	 * Scroll by a page, -1 (up) or 1. NULL: PgUp and PgDn have no use for
	 * the pane.
	 */
	void (*page)(struct app *app, struct area area, int by);
};

#endif
