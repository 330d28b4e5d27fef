/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draw the form for a new run, and find the line of a click.
 */
#ifndef LSTMTUI_TUI_FORM_DRAW_H
#define LSTMTUI_TUI_FORM_DRAW_H

#include "tui/area.h"

struct app;

/* Return the rows of lines on a screen of so many rows, at least 1. */
int form_page_rows(int rows);

/* Functions of the overlay; the state is a struct form (tui/form_lines.h). */
void form_draw(const struct app *app, const void *state, int rows, int columns);

/* A click on a line moves the cursor to it. */
void form_click(struct app *app, void *state, int rows, int columns,
	struct area cell);

#endif
