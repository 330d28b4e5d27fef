/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/click.h"

#include "tui/app.h"
#include "tui/bar_keys.h"
#include "tui/frame.h"
#include "tui/keys.h"
#include "tui/panes.h"
#include "tui/terminal.h"

static bool
is_in(const struct area *area, int row, int column)
{
	return row >= area->row && row < area->row + area->rows &&
		column >= area->column && column < area->column + area->columns;
}

void
click_handle(struct app *app, int row, int column)
{
	const struct pane *pane;
	struct area area, inside;
	int rows, columns, key;

	terminal_size(&rows, &columns);
	if (overlay_top(&app->overlays) != NULL) {
		overlay_click(&app->overlays, app, rows, columns,
			(struct area){row, column, 1, 1});
		return;
	}
	pane = frame_pane_at(app, row, column, &area, &inside);
	if (pane == &bar_keys) {
		key = bar_keys_at(app, area, column - area.column);
		if (key != 0)
			keys_press(app, key);
	} else if (pane != NULL && pane->click != NULL &&
		is_in(&inside, row, column) &&
		pane->click(app, inside, row - inside.row,
			column - inside.column)) {
		return;
	} else if (pane != NULL && pane->title != NULL) {
		app->view.zoom = app->view.zoom == NULL ? pane->title : NULL;
	}
}
