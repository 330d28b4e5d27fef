/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/action_columns.h"

#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"

bool
action_columns_choose(struct app *app, size_t number)
{
	struct error error;

	if (number == app->shape.choice.number)
		return true;
	if (!live_shape_choose(&app->shape, number, &error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		return false;
	}
	app->view.shape_choice = app->shape.choice.number;
	return true;
}

static const char *
refuse_columns(const struct app *app)
{
	if (app_is_text(app) || shape_choice_count(app->session->run) < 2)
		return _("only points from a file have a choice");
	return NULL;
}

/* Draw another choice, and say which. */
static void
show(struct app *app, size_t number)
{
	const struct shape_choice *choice = &app->shape.choice;
	char text[DRAWING_TEXT_SIZE];

	if (!action_columns_choose(app, number))
		return;
	shape_choice_describe(choice, app->session->run, choice->count, text);
	if (choice->is_forecast && text[0] != '\0')
		app_say(app, ROLE_NORMAL, "showing %s, the forecast", text);
	else if (choice->is_forecast)
		app_say(app, ROLE_NORMAL, "showing the forecast");
	else if (text[0] != '\0')
		app_say(app, ROLE_NORMAL, "showing %s", text);
	else
		app_say(app, ROLE_NORMAL,
			"showing what it draws from the start");
}

static void
next_columns(struct app *app, uint64_t count)
{
	size_t choices = shape_choice_count(app->session->run);

	if (count > 0)
		show(app, count < choices ? (size_t)count - 1 : choices - 1);
	else
		show(app, (app->shape.choice.number + 1) % choices);
}

const struct action action_columns = {
	.name = "columns",
	.key = {'y'},
	.shown = "y",
	.help = N_("draw other numbers of the points, or all as series"),
	.bar_keys = "y",
	.bar_word = N_("columns"),
	.refuse = refuse_columns,
	.act = next_columns,
};

static void
previous_columns(struct app *app, uint64_t count)
{
	size_t choices = shape_choice_count(app->session->run);

	(void)count;
	show(app, (app->shape.choice.number + choices - 1) % choices);
}

const struct action action_columns_back = {
	.name = "columns-back",
	.key = {'Y'},
	.shown = "Y",
	.help = N_("draw the numbers before these"),
	.refuse = refuse_columns,
	.act = previous_columns,
};
