/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that change the view: open the help overlay, zoom a pane, redraw the
 * screen.
 */
#include "base/translate.h"
#include "tui/actions.h"

#include <string.h>

#include "tui/app.h"
#include "tui/help.h"
#include "tui/input.h"
#include "tui/pane.h"
#include "tui/terminal.h"

static void
open_help(struct app *app, uint64_t count)
{
	(void)count;
	help_open(app, false);
}

const struct action action_help = {
	.name = "help",
	.key = {'?', INPUT_F1},
	.shown = "?",
	.help = N_("show this help (also F1)"),
	.bar_keys = "?",
	.bar_word = N_("help"),
	.act = open_help,
};

static void
search_help(struct app *app, uint64_t count)
{
	(void)count;
	help_open(app, true);
}

const struct action action_search = {
	.name = "search",
	.key = {'/', INPUT_F3},
	.shown = "/",
	.help = N_("search the help (also F3)"),
	.act = search_help,
};

/* List the titles of the shown panes; return the count. */
static int
list_titles(const struct app *app, const char *titles[PANES_MAX])
{
	const struct pane *panes[PANES_MAX + 1];
	int count = 0;

	app_shown_panes(app, panes);
	for (int i = 0; panes[i] != NULL; i++)
		if (panes[i]->title != NULL)
			titles[count++] = panes[i]->title;
	return count;
}

/* Cycle the zoom: all panes, each pane alone, all panes again. */
static void
move_zoom(struct app *app, int by)
{
	const char *titles[PANES_MAX];
	int count = list_titles(app, titles), at = 0;

	for (int i = 0; i < count && app->view.zoom != NULL; i++)
		if (strcmp(titles[i], app->view.zoom) == 0)
			at = i + 1;
	at = (at + by + count + 1) % (count + 1);
	app->view.zoom = at > 0 ? titles[at - 1] : NULL;
}

static void
next_pane(struct app *app, uint64_t count)
{
	(void)count;
	move_zoom(app, 1);
}

const struct action action_next_pane = {
	.name = "next-pane",
	.key = {'\t', INPUT_F6},
	.shown = "Tab",
	.help = N_("enlarge one pane, the next, show all again (also F6)"),
	.bar_keys = "Tab",
	.bar_word = N_("panes"),
	.act = next_pane,
};

static void
previous_pane(struct app *app, uint64_t count)
{
	(void)count;
	move_zoom(app, -1);
}

const struct action action_previous_pane = {
	.name = "previous-pane",
	.key = {INPUT_BACKTAB},
	.shown = "Shift-Tab",
	.help = N_("the same in reverse order"),
	.act = previous_pane,
};

static void
redraw(struct app *app, uint64_t count)
{
	(void)app;
	(void)count;
	terminal_redraw();
}

const struct action action_redraw = {
	.name = "redraw",
	.key = {INPUT_CONTROL_L},
	.shown = "Ctrl-L",
	.help = N_("redraw the screen"),
	.act = redraw,
};
