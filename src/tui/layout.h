/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The layout of the panes: a pure function of the screen's size and of what
 * the panes ask for, so that a test can compute it for every size. On smaller
 * screens panes shrink, then the panes of least worth are left out.
 */
#ifndef LSTMTUI_TUI_LAYOUT_H
#define LSTMTUI_TUI_LAYOUT_H

#include "tui/area.h"
#include "tui/pane.h"

struct layout {
	struct layout_place {
		struct area area; /* 0 rows: it is left out */
		bool has_box;
	} place[PANES_MAX]; /* of each pane in the list */
};

/*
 * Lay out a list of panes, at most PANES_MAX, that ends with NULL. If `zoom`
 * is a pane's title, that pane and the bars get the screen, unless it is too
 * small for the pane; NULL: all panes do. On a screen that is too small for
 * any pane, all areas are empty. app is an argument of the panes' functions.
 */
void layout_compute(struct layout *layout, const struct pane *const *panes,
	const char *zoom, const struct app *app, int rows, int columns);

#endif
