/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/keys.h"

#include "tui/action.h"
#include "tui/app.h"
#include "tui/input.h"

/* Digits that would exceed this count are ignored. */
#define COUNT_MAX UINT64_C(1000000000)

static void
type_digit(struct app *app, int digit)
{
	uint64_t count = app->count * 10 + (uint64_t)digit;

	if (count <= COUNT_MAX)
		app->count = count;
}

void
keys_press(struct app *app, int key)
{
	uint64_t count = app->count;
	const struct action *action;
	const char *refusal;

	if (key >= (count > 0 ? '0' : '1') && key <= '9') {
		type_digit(app, key - '0');
		return;
	}
	app->count = 0;
	if (key == INPUT_ESCAPE) {
		app_say(app, ROLE_NORMAL, "%s", "");
		app_step_back(app);
		return;
	}
	action = action_find(app->actions, app, key);
	if (action == NULL)
		return;
	refusal = action_refusal(action, app);
	if (refusal != NULL)
		app_say(app, ROLE_NORMAL, "%s", refusal);
	else
		action->act(app, count);
}
