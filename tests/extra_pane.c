/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface of lstmtui with one more pane and one more action, for
 * tests/check_pane.c. The constant of the pane holds its complete definition.
 */
#include <locale.h>
#include <stdio.h>

#include "cli/options.h"
#include "core/context.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/interface.h"
#include "tui/panes.h"

struct view {
	unsigned pressed;
	unsigned prepared;
};

static bool
prepare(struct app *app, void *own, double now)
{
	struct view *view = own;

	(void)app;
	(void)now;
	view->prepared++;
	return false;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct view *view = own;

	screen_print(area, 0, 1, ROLE_NORMAL, "%llu updates, %u pressed%s",
		(unsigned long long)run_updates(app->session->run),
		view->pressed, view->prepared > 0 ? ", prepared" : "");
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
	.state_size = sizeof(struct view),
	.prepare = prepare,
	.draw = draw,
};

static void
press_it(struct app *app, uint64_t count)
{
	struct view *view = app_pane_state(app, &extra_pane);

	view->pressed += count > 0 ? (unsigned)count : 1;
}

static const struct action action_press = {
	.key = {'y'},
	.shown = "y",
	.help = "press it",
	.act = press_it,
};

/* The lists of lstmtui, each with one more item. */
static const struct pane *panes[PANES_MAX + 1];
static const struct action *actions[128];

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
	actions[length] = &action_press;
}

int
main(int argc, char **argv)
{
	const struct interface interface = {panes, actions};
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
