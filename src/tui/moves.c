/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/moves.h"

#include <limits.h>

#include "base/translate.h"
#include "tui/action.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/view.h"

/* The count that was typed, or one. */
static long
distance(uint64_t count)
{
	return count == 0 ? 1 : count < LONG_MAX ? (long)count : LONG_MAX;
}

static bool
moves(const struct app *app)
{
	return app->current->moves != NULL;
}

static const char *
place_word(const struct app *app)
{
	return moves(app) ? _(app->current->moves->place) : _("step");
}

static void
go_back(struct app *app, uint64_t count)
{
	app->current->moves->along(app, -distance(count));
}

const struct action move_back = {
	.name = "step-before",
	.key = {INPUT_LEFT, 'h'},
	.shown = "Left",
	.help = N_("go to the step before, or character (also h)"),
	.bar_keys = "Left Right",
	.bar_word = N_("step"),
	.leads = moves,
	.word = place_word,
	.act = go_back,
};

static void
go_on(struct app *app, uint64_t count)
{
	app->current->moves->along(app, distance(count));
}

const struct action move_on = {
	.name = "step-after",
	.key = {INPUT_RIGHT, 'l'},
	.shown = "Right",
	.help = N_("go to the next step, or character (also l)"),
	.act = go_on,
};

static void
go_up(struct app *app, uint64_t count)
{
	app->current->moves->across(app, -distance(count));
}

const struct action move_up = {
	.name = "unit-before",
	.key = {INPUT_UP, 'k'},
	.shown = "Up",
	.help = N_("go to the unit above (also k); in a text it tells more"),
	.bar_keys = "Up Down",
	.bar_word = N_("unit"),
	.leads = moves,
	.act = go_up,
};

static void
go_down(struct app *app, uint64_t count)
{
	app->current->moves->across(app, distance(count));
}

const struct action move_down = {
	.name = "unit-after",
	.key = {INPUT_DOWN, 'j'},
	.shown = "Down",
	.help = N_("go to the unit below (also j); in a text it tells less"),
	.act = go_down,
};

static void
page_back(struct app *app, uint64_t count)
{
	(void)count;
	app->current->moves->page(app, -1);
}

const struct action move_page_back = {
	.name = "page-before",
	.key = {INPUT_PAGE_UP},
	.shown = "PgUp",
	.help = N_("go back a page of the text, or of units or steps"),
	.act = page_back,
};

static void
page_on(struct app *app, uint64_t count)
{
	(void)count;
	app->current->moves->page(app, 1);
}

const struct action move_page_on = {
	.name = "page-after",
	.key = {INPUT_PAGE_DOWN},
	.shown = "PgDn",
	.help = N_("go on a page of the text, or of units or steps"),
	.act = page_on,
};

static void
go_first(struct app *app, uint64_t count)
{
	(void)count;
	app->current->moves->along(app, -LONG_MAX);
}

const struct action move_first = {
	.name = "first-step",
	.key = {INPUT_HOME},
	.shown = "Home",
	.help = N_("go to the first step, or character"),
	.act = go_first,
};

static void
go_last(struct app *app, uint64_t count)
{
	(void)count;
	app->current->moves->along(app, LONG_MAX);
}

const struct action move_last = {
	.name = "last-step",
	.key = {INPUT_END},
	.shown = "End",
	.help = N_("go to the last step; in a text to what comes next"),
	.act = go_last,
};

static const char *
refuse_layer(const struct app *app)
{
	return run_model(app->session->run)->shape.layers > 1
		? NULL
		: _("the model has one layer");
}

static void
next_layer(struct app *app, uint64_t count)
{
	(void)count;
	app->current->moves->next_layer(app);
}

const struct action move_layer = {
	.name = "next-layer",
	.key = {'\t'},
	.shown = "Tab",
	.help = N_("go to the next layer"),
	.bar_keys = "Tab",
	.bar_word = N_("layer"),
	.leads = moves,
	.refuse = refuse_layer,
	.act = next_layer,
};
