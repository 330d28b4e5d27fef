/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/click.h"

#include "tui/app.h"
#include "tui/bar_keys.h"
#include "tui/frame.h"
#include "tui/keys.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/terminal.h"

static bool
is_in(const struct area *area, int row, int column)
{
	return row >= area->row && row < area->row + area->rows &&
		column >= area->column && column < area->column + area->columns;
}

/* Press a key of the key bar. */
static void
click_bar(struct app *app, struct area area, int column)
{
	int key = bar_keys_at(app, area, column - area.column);

	if (key != 0)
		keys_press(app, key);
}

/* Let the pane act on a click; return false if it has no meaning there. */
static bool
click_pane(struct app *app, const struct pane *pane, const struct area *inside,
	int row, int column)
{
	return pane->click != NULL && is_in(inside, row, column) &&
		pane->click(app, *inside, row - inside->row,
			column - inside->column);
}

void
click_handle(struct app *app, int row, int column)
{
	const struct pane *pane;
	const struct action *action = screen_link_at(row, column);
	struct area area, inside;
	int rows, columns;

	terminal_size(&rows, &columns);
	if (overlay_top(&app->overlays) != NULL) {
		overlay_click(&app->overlays, app, rows, columns,
			(struct area){row, column, 1, 1});
		return;
	}
	pane = frame_pane_at(app, row, column, &area, &inside);
	if (action != NULL) {
		keys_act(app, action, 0);
		return;
	}
	if (pane == &bar_keys)
		click_bar(app, area, column);
	else if (pane != NULL && pane->title != NULL &&
		!click_pane(app, pane, &inside, row, column))
		app->view.zoom = app->view.zoom == NULL ? pane->title : NULL;
}

void
click_wheel(struct app *app, int row, int column, int by)
{
	struct area area, inside;
	const struct pane *pane =
		frame_pane_at(app, row, column, &area, &inside);

	if (pane != NULL && pane->wheel != NULL)
		pane->wheel(app, inside, by);
}
