/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The actions that move the cursor of a view of the inside, along its sequence
 * and across its units. The views share them; each has its own struct moves.
 */
#ifndef LSTMTUI_TUI_MOVES_H
#define LSTMTUI_TUI_MOVES_H

struct action;
struct app;

/* What the actions do in a view. */
struct moves {
	const char *place; /* what it moves along: "step" */
	/* by < 0: back; both stop at the ends */
	void (*along)(struct app *app, long by);
	void (*across)(struct app *app, long by);
	void (*page)(struct app *app, int sign);
	void (*next_layer)(struct app *app);
};

extern const struct action move_back, move_on, move_up, move_down;
extern const struct action move_page_back, move_page_on;
extern const struct action move_first, move_last, move_layer;

#endif
