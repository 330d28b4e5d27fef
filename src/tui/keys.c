/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/keys.h"

#include "base/utf8.h"
#include "tui/action_find.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/past.h"
#include "tui/tour.h"

/* Digits that would exceed this count are ignored. */
#define COUNT_MAX UINT64_C(1000000000)

static void
type_digit(struct app *app, int digit)
{
	uint64_t count = app->count * 10 + (uint64_t)digit;

	if (count <= COUNT_MAX)
		app->count = count;
}

/* Say that a key has no function, once until another key is pressed. */
static void
report_unknown(struct app *app, int key)
{
	char text[UTF8_SIZE] = "";

	if (key == app->unknown_key)
		return;
	app->unknown_key = key;
	if (key > ' ' && (key < 0x7f || utf8_is_locale()) &&
		utf8_is_character((uint32_t)key) &&
		utf8_is_printable((uint32_t)key))
		utf8_put((uint32_t)key, text);
	if (text[0] != '\0')
		app_say(app, ROLE_NORMAL,
			"%s has no function here; ? lists the keys", text);
	else
		app_say(app, ROLE_NORMAL,
			"this key has no function here; ? lists the keys");
}

/*
 * Go back one step; from the main view, return from the past, or as it began
 * leave the tour.
 */
static void
step_back(struct app *app)
{
	bool is_main = app->current == app->views[0] && app->view.zoom == NULL;

	if (is_main && session_is_in_past(app->session))
		past_leave(app);
	else if (is_main && app->tour != NULL && !app->view.shows_film)
		tour_end(app);
	else
		app_step_back(app);
}

void
keys_act(struct app *app, const struct action *action, uint64_t count)
{
	const char *refusal = action_refusal(action, app);

	app->unknown_key = INPUT_NONE;
	app->message[0] = '\0';
	if (refusal != NULL)
		app_say(app, ROLE_NORMAL, "%s", refusal);
	else
		action->act(app, count);
}

void
keys_press(struct app *app, int key)
{
	uint64_t count = app->count;
	const struct action *action;

	if (key >= (count > 0 ? '0' : '1') && key <= '9') {
		type_digit(app, key - '0');
		return;
	}
	if (key == INPUT_OTHER || key == INPUT_WHEEL_UP ||
		key == INPUT_WHEEL_DOWN)
		return;
	app->count = 0;
	app->message[0] = '\0';
	if (key == INPUT_ESCAPE) {
		if (count == 0)
			step_back(app);
		return;
	}
	action = action_find(app->actions, app, key);
	if (action == NULL) {
		report_unknown(app, key);
		return;
	}
	keys_act(app, action, count);
}
