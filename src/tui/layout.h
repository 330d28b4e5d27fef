/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the panes stand: a pure function of the size of the screen and of
 * what the panes ask for, so that a test can ask it for every size there is.
 * As the screen gets smaller the panes shrink, then the least worth goes.
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
 * Lay out the panes that are shown, a list of at most PANES_MAX that ends
 * with NULL. With a title in `zoom` the pane of that title has the screen,
 * apart from the bars, unless the screen is too small for it; NULL shows all.
 * A screen that is too small for anything has no pane at all. app is handed to
 * the panes.
 */
void layout_compute(struct layout *layout, const struct pane *const *panes,
	const char *zoom, const struct app *app, int rows, int columns);

#endif
