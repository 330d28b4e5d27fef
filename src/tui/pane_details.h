/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The places of the panes side by side below the results: memory, predictions
 * step by step, and film. Larger screens show them.
 */
#ifndef LSTMTUI_TUI_PANE_DETAILS_H
#define LSTMTUI_TUI_PANE_DETAILS_H

#include "tui/pane.h"

extern const struct pane_place pane_details_memory, pane_details_steps,
	pane_details_film;

/* The prepare function of panes that show app->steps. */
bool pane_details_prepare(struct app *app, void *state, double now);

/*
 * Print a sign of a value between 0 and 1 that rises with it, one column wide:
 * a bar of eighths, or in ASCII one of . : + #. Blank near 0.
 */
void pane_details_bar(struct area area, int row, int column, double value);

#endif
