/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The layout of the panes: a pure function of the size of the screen and of
 * struct pane_place, so that a test can compute it for every size. On a smaller
 * screen panes first shrink, then the panes of the lowest priority are dropped.
 */
#ifndef LSTMTUI_TUI_LAYOUT_H
#define LSTMTUI_TUI_LAYOUT_H

#include "tui/area.h"
#include "tui/pane.h"

struct layout {
	struct layout_place {
		struct area area; /* 0 rows: dropped */
		bool has_box;
	} place[PANES_MAX]; /* in the order of the list */
};

/*
 * Lay out a NULL-terminated list of at most PANES_MAX panes. If `zoom` is the
 * title of a pane, only this pane and the bars are shown, unless the screen is
 * too small for the pane; NULL: all panes. If the screen is too small for every
 * pane, all areas are empty. app is passed to the functions of the panes.
 */
void layout_compute(struct layout *layout, const struct pane *const *panes,
	const char *zoom, const struct app *app, int rows, int columns);

#endif
