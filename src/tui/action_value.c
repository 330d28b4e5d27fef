/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions of the arrow keys: select a value of the Training pane and change it.
 */
#include <string.h>

#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/panes.h"
#include "tui/values.h"

static const struct {
	const struct action *less, *more;
} values[] = {
	{&action_slower, &action_faster},
	{&action_lower_rate, &action_raise_rate},
};

enum { VALUES = sizeof values / sizeof values[0] };

const struct action *
values_selected(const struct app *app)
{
	return values[app->view.value].less;
}

static const char *
refuse_elsewhere(const struct app *app)
{
	if (app->tour != NULL)
		return _("in the tour the arrows turn the scenes; + and - "
			 "change "
			 "the speed");
	return app->view.zoom != NULL &&
			strcmp(app->view.zoom, pane_training.title) != 0
		? _("no value to change in this pane; Esc shows all panes")
		: NULL;
}

static void
select_value(struct app *app, int by)
{
	app->view.value = (app->view.value + by + VALUES) % VALUES;
}

static void
select_next(struct app *app, uint64_t count)
{
	(void)count;
	select_value(app, 1);
}

static void
select_previous(struct app *app, uint64_t count)
{
	(void)count;
	select_value(app, -1);
}

static void
decrease(struct app *app, uint64_t count)
{
	values[app->view.value].less->act(app, count);
}

static void
increase(struct app *app, uint64_t count)
{
	values[app->view.value].more->act(app, count);
}

const struct action action_decrease = {
	.name = "decrease",
	.key = {INPUT_LEFT},
	.shown = "Left",
	.help = N_("decrease the selected value, speed or learning rate"),
	.refuse = refuse_elsewhere,
	.act = decrease,
};

const struct action action_increase = {
	.name = "increase",
	.key = {INPUT_RIGHT},
	.shown = "Right",
	.help = N_("increase it"),
	.refuse = refuse_elsewhere,
	.act = increase,
};

const struct action action_next_value = {
	.name = "next-value",
	.key = {INPUT_DOWN},
	.shown = "Down",
	.help = N_("select the next value"),
	.refuse = refuse_elsewhere,
	.act = select_next,
};

const struct action action_previous_value = {
	.name = "previous-value",
	.key = {INPUT_UP},
	.shown = "Up",
	.help = N_("select the previous value"),
	.refuse = refuse_elsewhere,
	.act = select_previous,
};
