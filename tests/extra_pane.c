/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface of lstmtui with one more pane, one more view and two more
 * actions, for tests/check_pane.c and tests/check_theme.c. The constants of
 * the pane and of the view hold their complete definitions.
 */
#include <locale.h>
#include <stdio.h>

#include "cli/options.h"
#include "core/context.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/interface.h"
#include "tui/panes.h"
#include "tui/view.h"

struct count {
	unsigned pressed;
	unsigned prepared;
};

static bool
prepare(struct app *app, void *own, double now)
{
	struct count *count = own;

	(void)app;
	(void)now;
	count->prepared++;
	return false;
}

/* A cell of each level of each scale, and cells of two values. */
static void
draw_scales(struct area area)
{
	int column = 40;

	for (int role = ROLE_POSITIVE_1; role < ROLE_SEEN; role++)
		screen_shade(area, 0, column++, 1, (enum screen_role)role);
	screen_shade(area, 0, column, 2, theme_signed_role(0, 1));
	column += 2;
	if (!screen_has_halves())
		return;
	screen_halves(area, 0, column, ROLE_POSITIVE_1, ROLE_NEGATIVE_1);
	screen_halves(area, 0, column + 1, ROLE_NORMAL, ROLE_GATE_1);
	screen_halves(area, 0, column + 2, ROLE_GATE_1, ROLE_NORMAL);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct count *count = own;

	screen_print(area, 0, 1, ROLE_NORMAL, "%llu updates, %u pressed%s",
		(unsigned long long)run_updates(app->session->run),
		count->pressed, count->prepared > 0 ? ", prepared" : "");
	draw_scales(area);
	snprintf(note, PANE_NOTE_SIZE, "a note");
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	(void)columns;
	return 3;
}

static const struct pane_place place = {
	.priority = 5,
	.screen_min = {24, 60},
	.min = {3, 30},
	.preferred = {3, 30},
	.rows = wanted_rows,
};

static bool
is_shown(const struct app *app)
{
	return !app_is_text(app);
}

static const struct pane extra_pane = {
	.title = "Count",
	.help = "how many updates there were.",
	.place = &place,
	.is_shown = is_shown,
	.state_size = sizeof(struct count),
	.prepare = prepare,
	.draw = draw,
};

static void
press_it(struct app *app, uint64_t count)
{
	struct count *state = app_pane_state(app, &extra_pane);

	state->pressed += count > 0 ? (unsigned)count : 1;
}

static const struct action action_press = {
	.name = "press",
	.key = {'y'},
	.shown = "y",
	.help = "press it",
	.act = press_it,
};

/* A view with the pane of the main view, and with a state of its own. */
struct visit {
	unsigned entered, left, prepared, depth;
};

static void
enter(struct app *app, void *state)
{
	struct visit *visit = state;

	(void)app;
	visit->entered++;
	visit->depth = 1;
}

static void
leave(struct app *app, void *state)
{
	struct visit *visit = state;

	(void)app;
	visit->left++;
}

static bool
prepare_visit(struct app *app, void *state, double now)
{
	struct visit *visit = state;

	(void)app;
	(void)now;
	visit->prepared++;
	return false;
}

static bool
escape(struct app *app, void *state)
{
	struct visit *visit = state;

	(void)app;
	if (visit->depth == 0)
		return false;
	visit->depth--;
	return true;
}

static const struct view extra_view;

static void
draw_visit(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct visit *visit = app_view_state(app, &extra_view);

	(void)own;
	(void)note;
	screen_print(area, 0, 1, ROLE_NORMAL, "entered %u, left %u, depth %u%s",
		visit->entered, visit->left, visit->depth,
		visit->prepared > 0 ? ", ready" : "");
}

static const struct pane visit_pane = {
	.title = "Visit",
	.help = "how often the view was entered.",
	.place = &place,
	.draw = draw_visit,
};

static void
toggle_view(struct app *app, uint64_t count)
{
	(void)count;
	app_show_view(app,
		app->current == &extra_view ? app->views[0] : &extra_view);
}

static const struct action action_visit = {
	.name = "visit",
	.key = {'Y'},
	.shown = "Y",
	.help = "show the other view",
	.bar_keys = "Y",
	.bar_word = "visit",
	.act = toggle_view,
};

/* In this view, another action of the key s. */
static void
say_it(struct app *app, uint64_t count)
{
	(void)count;
	app_say(app, ROLE_NORMAL, "this view has its own s");
}

static const struct action action_say = {
	.name = "say",
	.key = {'s'},
	.shown = "s",
	.help = "say it",
	.bar_keys = "s",
	.bar_word = "say",
	.act = say_it,
};

static const struct view extra_view = {
	.name = "visit",
	.panes = (const struct pane *const[]){&visit_pane, &extra_pane,
		&bar_message, &bar_keys, NULL},
	.actions = (const struct action *const[]){&action_say, NULL},
	.state_size = sizeof(struct visit),
	.enter = enter,
	.leave = leave,
	.prepare = prepare_visit,
	.escape = escape,
};

/* The lists of lstmtui, each with one more item. */
static const struct pane *panes[PANES_MAX + 1];
static const struct action *actions[128];
static const struct view first_view = {.name = "main", .panes = panes};
static const struct view *const views[] = {&first_view, &extra_view, NULL};

static void
make_lists(void)
{
	size_t at = 0, length;

	for (length = 0; pane_list[length] != NULL; length++) {
		panes[at++] = pane_list[length];
		if (pane_list[length] == &pane_training)
			panes[at++] = &extra_pane;
	}
	for (length = 0; action_list[length] != NULL; length++)
		actions[length] = action_list[length];
	actions[length++] = &action_press;
	actions[length] = &action_visit;
}

int
main(int argc, char **argv)
{
	const struct interface interface = {
		.views = views,
		.actions = actions,
	};
	struct arguments arguments;
	struct context context;
	struct error error;
	enum exit_status status = EXIT_USAGE;

	make_lists();
	setlocale(LC_CTYPE, "");
	error_set(&error, "%s", "");
	if (!context_create(&context, NULL, 0, &error)) {
		status = EXIT_FAILED;
	} else if (options_parse(&command_interface, argc, argv, &arguments,
			   &error)) {
		arguments.session.context = &context;
		status = interface_run_with(&interface, &arguments, &error);
	}
	context_destroy(&context);
	if (error.text[0] != '\0')
		fprintf(stderr, "%s\n", error.text);
	return (int)status;
}
