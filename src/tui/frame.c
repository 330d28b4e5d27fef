/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/frame.h"

#include "base/translate.h"
#include "tui/app.h"
#include "tui/layout.h"
#include "tui/screen.h"
#include "tui/terminal.h"

static void
draw_pane(const struct app *app, const struct pane *pane,
	const struct layout_place *place)
{
	const void *state = app_pane_state(app, pane);
	struct area area = place->area;
	char note[PANE_NOTE_SIZE] = "";

	if (place->has_box)
		area = screen_box(area, ROLE_DIM, _(pane->title), NULL);
	pane->draw(app, state, area, note);
	if (place->has_box && note[0] != '\0')
		screen_box(place->area, ROLE_DIM, _(pane->title), note);
}

static void
draw_panes(const struct app *app, int rows, int columns)
{
	const struct pane *panes[PANES_MAX + 1];
	struct layout layout;
	bool is_empty = true;

	app_shown_panes(app, panes);
	layout_compute(&layout, panes, app->view.zoom, app, rows, columns);
	for (int i = 0; panes[i] != NULL; i++) {
		if (layout.place[i].area.rows == 0)
			continue;
		draw_pane(app, panes[i], &layout.place[i]);
		is_empty = false;
	}
	if (is_empty)
		screen_print((struct area){0, 0, rows, columns}, 0, 0,
			ROLE_NORMAL, _("too small; q quits"));
}

void
frame_draw(const struct app *app)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	screen_begin();
	draw_panes(app, rows, columns);
	overlay_draw(&app->overlays, app, rows, columns);
	screen_end();
}

void
frame_draw_panes(const struct app *app)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	screen_begin();
	draw_panes(app, rows, columns);
	screen_end();
}

/* Remove the box of a place. */
static struct area
inside_of(const struct layout_place *place)
{
	struct area inside = place->area;

	if (place->has_box) {
		inside.row++;
		inside.column++;
		inside.rows -= 2;
		inside.columns -= 2;
	}
	return inside;
}

static bool
contains(const struct area *area, int row, int column)
{
	return row >= area->row && row < area->row + area->rows &&
		column >= area->column && column < area->column + area->columns;
}

/* Get the shown panes, and their places on a screen of the present size. */
static void
lay_out(const struct app *app, const struct pane *panes[PANES_MAX + 1],
	struct layout *layout)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	app_shown_panes(app, panes);
	layout_compute(layout, panes, app->view.zoom, app, rows, columns);
}

const struct pane *
frame_pane_at(const struct app *app, int row, int column, struct area *area,
	struct area *inside)
{
	const struct pane *panes[PANES_MAX + 1];
	struct layout layout;

	lay_out(app, panes, &layout);
	for (int i = 0; panes[i] != NULL; i++) {
		*area = layout.place[i].area;
		*inside = inside_of(&layout.place[i]);
		if (contains(area, row, column))
			return panes[i];
	}
	return NULL;
}

bool
frame_find(const struct app *app, const struct pane *pane, struct area *inside)
{
	const struct pane *panes[PANES_MAX + 1];
	struct layout layout;

	lay_out(app, panes, &layout);
	for (int i = 0; panes[i] != NULL; i++) {
		*inside = inside_of(&layout.place[i]);
		if (panes[i] == pane)
			return layout.place[i].area.rows > 0;
	}
	return false;
}
