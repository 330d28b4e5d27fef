/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line below the plot of the losses: a dot at each update whose whole state
 * is kept, and a mark at the update that is shown.
 */
#ifndef LSTMTUI_TUI_LOSS_MARKS_H
#define LSTMTUI_TUI_LOSS_MARKS_H

#include "draw/plot.h"
#include "tui/area.h"

struct app;

/*
 * Take the last row from the area of the plot and return it; no rows if there
 * is no room, or nothing to show.
 */
struct area loss_marks_place(const struct app *app, struct area *plot);

/* Draw the line, in alignment with the plot. */
void loss_marks_draw(const struct app *app, const struct plot *plot,
	struct area area);

#endif
