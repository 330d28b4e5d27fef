/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/click.h"

#include "tui/app.h"
#include "tui/bar_keys.h"
#include "tui/frame.h"
#include "tui/keys.h"
#include "tui/panes.h"
#include "tui/terminal.h"

void
click_handle(struct app *app, int row, int column)
{
	const struct pane *pane;
	struct area area;
	int rows, columns, key;

	terminal_size(&rows, &columns);
	if (overlay_top(&app->overlays) != NULL) {
		overlay_click(&app->overlays, app, rows, columns,
			(struct area){row, column, 1, 1});
		return;
	}
	pane = frame_pane_at(app, row, column, &area);
	if (pane == &bar_keys) {
		key = bar_keys_at(app, area, column - area.column);
		if (key != 0)
			keys_press(app, key);
	} else if (pane != NULL && pane->title != NULL) {
		app->view.zoom = app->view.zoom == NULL ? pane->title : NULL;
	}
}
