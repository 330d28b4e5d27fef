/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A view: panes that are on the screen together, with the keys that act on
 * them. Each view is a constant of struct view, and its address is in the list
 * of tui/view.c. The interface starts with the first view of the list, the main
 * view. Frame, zoom, help, key bar and keys read the current view of the app.
 */
#ifndef LSTMTUI_TUI_VIEW_H
#define LSTMTUI_TUI_VIEW_H

#include <stddef.h>

#include "tui/pane.h"

struct action;
struct app;
struct moves;

struct view {
	const char *name;                /* one word */
	const struct pane *const *panes; /* ends with NULL */
	/*
	 * The actions that are found before those of all views; ends with
	 * NULL. NULL: none.
	 */
	const struct action *const *actions;

	/* How the actions of tui/moves.h move its cursor; NULL: it has none. */
	const struct moves *moves;

	/*
	 * Size of the state of the view. All bytes are 0 initially; the state
	 * is kept while another view is shown.
	 */
	size_t state_size;

	/* Whether it can show the run; NULL: any run. */
	bool (*suits)(const struct app *app);

	/*
	 * Begin and end to show the view; a new run ends the view of the old
	 * run and begins it again. `leave` must not read the run, and may be
	 * called without `enter`. NULL: nothing to do.
	 */
	void (*enter)(struct app *app, void *state);
	void (*leave)(struct app *app, void *state);

	/*
	 * Prepare the next frame, before its panes are prepared; `now` is
	 * clock_seconds(). Return whether another frame is needed soon. NULL:
	 * nothing to prepare.
	 */
	bool (*prepare)(struct app *app, void *state, double now);

	/*
	 * Go back one step, for Esc, and return true; false: there is none, so
	 * the app returns to the main view. NULL: as false.
	 */
	bool (*escape)(struct app *app, void *state);
};

/* The main view. */
extern const struct view view_main;

/* All views, at most APP_VIEWS_MAX, the main view first; ends with NULL. */
extern const struct view *const view_list[];

#endif
