/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/branches.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "run/relevance.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/loss_label.h"
#include "tui/past.h"
#include "tui/screen.h"

enum {
	COLUMNS = 78,
	DIFFERENCE_SIZE = 160,
	/* columns of the list */
	NUMBER_END = 4,
	FROM_END = 15,
	UPDATES_END = 26,
	LOSS_END = 36,
	DIFFERENCE = 38
};

struct branches {
	size_t at;
};

void
branches_open(struct app *app)
{
	struct branches *branches =
		overlay_open(&app->overlays, &branches_overlay);

	branches->at = app->session->past.present;
}

/* Write what differs from the branch that this one left. */
static void
describe(const struct session *session, size_t number,
	char text[DIFFERENCE_SIZE])
{
	const struct session_branch *branch = &session->past.branch[number];
	const struct settings *has =
		&session_branch_last(session, number)->settings;
	const struct settings *had =
		&session_branch_last(session, branch->parent)->settings;
	size_t length = 0;

	snprintf(text, DIFFERENCE_SIZE, "%s",
		number == 0 ? _("the first run") : _("the same settings"));
	for (size_t i = 0; number > 0 && setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		char now[SETTINGS_TEXT_SIZE], before[SETTINGS_TEXT_SIZE];

		if (!setting->may_branch || !setting_is_relevant(has, setting))
			continue;
		setting_format(setting, has, now);
		setting_format(setting, had, before);
		if (strcmp(now, before) == 0 || length >= DIFFERENCE_SIZE)
			continue;
		length += (size_t)snprintf(text + length,
			DIFFERENCE_SIZE - length, "%s%s %.20s",
			length > 0 ? ", " : "", setting->option, now);
	}
}

static void
print_right(struct area area, int row, int end, enum screen_role role,
	const char *text)
{
	screen_print(area, row, end - screen_width(text), role, "%s", text);
}

static void
draw_branch(const struct app *app, struct area area, int row, size_t number,
	enum screen_role role)
{
	const struct session *session = app->session;
	const struct session_branch *branch = &session->past.branch[number];
	const struct run_state *last = session_branch_last(session, number);
	char text[NUMBER_TEXT_SIZE], difference[DIFFERENCE_SIZE];
	char loss[LOSS_LABEL_SIZE];

	snprintf(text, sizeof text, "%zu", number + 1);
	print_right(area, row, NUMBER_END, role, text);
	print_right(area, row, FROM_END, role,
		number == 0 ? _("start") : number_grouped(text, branch->from));
	print_right(area, row, UPDATES_END, role,
		number_grouped(text, run_state_updates(last)));
	print_right(area, row, LOSS_END, role,
		loss_label(loss, history_average(&last->history)));
	describe(session, number, difference);
	screen_print(area, row, DIFFERENCE, role, "%s", difference);
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct branches *branches = state;
	size_t count = app->session->past.branches;
	struct area area = overlay_area(rows, columns, (int)count + 4, COLUMNS);
	struct area inside = {area.row + 1, area.column + 1, area.rows - 2,
		area.columns - 2};

	screen_box(area, ROLE_NORMAL, _("Branches"), NULL);
	print_right(inside, 0, FROM_END, ROLE_DIM, _("from"));
	print_right(inside, 0, UPDATES_END, ROLE_DIM, _("updates"));
	print_right(inside, 0, LOSS_END, ROLE_DIM, _("loss"));
	screen_print(inside, 0, DIFFERENCE, ROLE_DIM, _("what differs"));
	for (size_t i = 0; i < count; i++)
		draw_branch(app, inside, (int)i + 1, i,
			i == branches->at ? ROLE_SELECTED
				: i == app->session->past.present
				? ROLE_MODEL
				: ROLE_NORMAL);
	screen_print(inside, inside.rows - 1, 1, ROLE_DIM,
		_("Enter: go on with it   Esc: close"));
}

/* Go on with the selected branch; the one that is left becomes the ghost. */
static void
take(struct app *app, size_t number)
{
	struct ghost former;
	struct error error;

	overlay_close(&app->overlays);
	past_leave(app);
	ghost_take(&former, app->session->run, &app->shape);
	if (!session_branch_take(app->session, number, &error)) {
		ghost_destroy(&former);
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	ghost_replace(&app->ghost, &former, run_settings(app->session->run));
	/* it may have as many updates as the branch before */
	if (!app_take_run(app, &app->failure)) {
		app->quits = true;
		return;
	}
	app->is_running = false;
	app_say(app, ROLE_NORMAL, "this is branch %zu; w saves it", number + 1);
}

static void
take_key(struct app *app, void *state, int key)
{
	struct branches *branches = state;
	size_t count = app->session->past.branches;

	switch (key) {
	case INPUT_UP:
	case 'k':
		branches->at = (branches->at + count - 1) % count;
		break;
	case INPUT_DOWN:
	case 'j':
		branches->at = (branches->at + 1) % count;
		break;
	case INPUT_ENTER:
	case '\n':
		take(app, branches->at);
		break;
	case INPUT_ESCAPE:
	case 'q':
	case 'B':
		overlay_close(&app->overlays);
		break;
	default:
		break;
	}
}

static const struct overlay_keys bar[] = {
	{"Up Down", N_("branch")},
	{"Enter", N_("go on")},
	{"Esc", N_("close")},
	{NULL, NULL},
};

const struct overlay branches_overlay = {
	.is_dialog = true,
	.stops_run = true,
	.keys = bar,
	.state_size = sizeof(struct branches),
	.key = take_key,
	.draw = draw,
};
