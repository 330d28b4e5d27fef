/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is seen: the help, one pane or all of them, the screen drawn again.
 */
#include "tui/actions.h"

#include "tui/app.h"
#include "tui/help.h"
#include "tui/input.h"
#include "tui/terminal.h"

static void
open_help(struct app *app, uint64_t count)
{
	(void)count;
	overlay_open(&app->overlays, &help_overlay);
}

const struct action action_help = {
	.key = {'?', INPUT_F1},
	.shown = "?",
	.help = "this help (also F1)",
	.bar_keys = "?",
	.bar_word = "help",
	.act = open_help,
};

static void
next_pane(struct app *app, uint64_t count)
{
	(void)count;
	app->view.zoom =
		(enum layout_zoom)((app->view.zoom + 1) % LAYOUT_ZOOMS);
}

const struct action action_next_pane = {
	.key = {'\t'},
	.shown = "Tab",
	.help = "one pane large, the next, all again",
	.bar_keys = "Tab",
	.bar_word = "panes",
	.act = next_pane,
};

static void
previous_pane(struct app *app, uint64_t count)
{
	(void)count;
	app->view.zoom = (enum layout_zoom)(
		(app->view.zoom + LAYOUT_ZOOMS - 1) % LAYOUT_ZOOMS);
}

const struct action action_previous_pane = {
	.key = {INPUT_BACKTAB},
	.shown = "Shift-Tab",
	.help = "the same backwards",
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
	.key = {INPUT_CONTROL_L},
	.shown = "Ctrl-L",
	.help = "draw the screen anew",
	.act = redraw,
};
