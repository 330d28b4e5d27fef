/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/form.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/completion.h"
#include "tui/form_draw.h"
#include "tui/form_lines.h"
#include "tui/input.h"
#include "tui/terminal.h"
#include "tui/text_line.h"

enum { WHEEL_LINES = 3 };

/* Select the next or previous choice; false: the line has no choices. */
static bool
change(struct form *form, int by)
{
	const struct setting *setting = form->at;
	const struct settings before = form->settings;
	const struct kind *chosen;
	size_t count, at = 0;

	if (form_is_flag(setting)) {
		bool *flag =
			(bool *)((char *)&form->settings + setting->offset);

		*flag = !*flag;
		form_go_to(form, setting);
		return true;
	}
	if (!form_is_choice(setting))
		return false;
	count = kind_count(setting->choices);
	chosen = setting_choice(setting, &form->settings);
	while (setting->choices[at] != chosen)
		at++;
	at = (at + count + (size_t)by) % count;
	setting_choose(setting, &form->settings, setting->choices[at]);
	settings_follow(&form->settings, &before);
	form_go_to(form, setting);
	return true;
}

/* Select the next choice that starts with the letter. */
static void
choose_letter(struct form *form, int key)
{
	size_t tries = 0;

	do {
		change(form, 1);
		tries++;
	} while (form->text[0] != key && tries < FORM_LINES_MAX);
}

static void
type(struct form *form, int key)
{
	if (form_is_choice(form->at) || form_is_flag(form->at)) {
		choose_letter(form, key);
		return;
	}
	if (form->is_fresh)
		form->text[0] = '\0';
	form->is_fresh = false;
	form->completion.count = 0;
	text_line_type(form->text, sizeof form->text, key);
	form_check(form);
}

static void
erase(struct form *form)
{
	if (form_is_choice(form->at) || form_is_flag(form->at))
		return;
	form->is_fresh = false;
	form->completion.count = 0;
	text_line_erase(form->text);
	form_check(form);
}

void
form_open(struct app *app, const struct form_purpose *purpose,
	const struct settings *settings)
{
	struct form *form = overlay_open(&app->overlays, &form_overlay);
	const struct setting *lines[FORM_LINES_MAX];
	int count, first = 0;

	form->purpose = purpose;
	form->settings = *settings;
	count = form_list_lines(form, lines);
	while (first < count - 1 && !form_is_open(form, lines[first]))
		first++;
	form_go_to(form, lines[first]);
}

const struct settings *
form_settings(struct app *app)
{
	const struct form *form = overlay_state(&app->overlays, &form_overlay);

	return &form->settings;
}

void
form_complain(struct app *app, const char *message)
{
	struct form *form = overlay_state(&app->overlays, &form_overlay);

	snprintf(form->message, sizeof form->message, "%.500s", message);
}

/* Complete the path. */
static void
complete(struct form *form)
{
	form->is_fresh = false;
	completion_extend(&form->completion, form->text, sizeof form->text);
	form_check(form);
	if (form->completion.count == 0)
		snprintf(form->message, sizeof form->message,
			_("no file begins with '%.400s'"), form->text);
}

/* Start the run, or show why it cannot start. */
static void
start(struct app *app, struct form *form)
{
	if (form->message[0] == '\0')
		form->purpose->accept(app);
}

/* Return by how many lines a key moves; 0: it does not form_move far. */
static int
distance_of(int key)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	switch (key) {
	case INPUT_PAGE_UP:
		return -form_page_rows(rows);
	case INPUT_PAGE_DOWN:
		return form_page_rows(rows);
	case INPUT_HOME:
		return -FORM_LINES_MAX;
	case INPUT_END:
		return FORM_LINES_MAX;
	case INPUT_WHEEL_UP:
		return -WHEEL_LINES;
	case INPUT_WHEEL_DOWN:
		return WHEEL_LINES;
	default:
		return 0;
	}
}

static void
take_key(struct app *app, void *state, int key)
{
	struct form *form = state;
	int distance = distance_of(key);

	if (distance != 0) {
		form_move_far(form, distance);
		return;
	}
	if (key == '\t' && form_is_path(form->at)) {
		complete(form);
		return;
	}
	switch (key) {
	case INPUT_ESCAPE:
		overlay_close(&app->overlays);
		break;
	case INPUT_UP:
	case INPUT_BACKTAB:
		form_move(form, -1);
		break;
	case INPUT_DOWN:
	case '\t':
		form_move(form, 1);
		break;
	case INPUT_LEFT:
		change(form, -1);
		break;
	case INPUT_RIGHT:
		change(form, 1);
		break;
	case INPUT_ENTER:
	case '\n':
		if (form->at != NULL)
			form_move(form, 1);
		else
			start(app, form);
		break;
	case INPUT_F5:
		start(app, form);
		break;
	case INPUT_BACKSPACE:
		erase(form);
		break;
	case INPUT_CONTROL_U:
		form->text[0] = '\0';
		form->is_fresh = false;
		form_check(form);
		break;
	default:
		if (key == ' ' && change(form, 1))
			break;
		if (key >= ' ' && form->at != NULL)
			type(form, key);
	}
}

_Static_assert(sizeof(struct form) <= OVERLAY_STATE_SIZE,
	"an entry of the overlay stack has room for a form");

static const struct overlay_keys bar[] = {
	{"Up Down", N_("line")},
	{"Left Right", N_("change")},
	{"F5", N_("start")},
	{"Esc", N_("close")},
	{NULL, NULL},
};

const struct overlay form_overlay = {
	.keys = bar,
	.click = form_click,
	.stops_run = true,
	.takes_text = true,
	.state_size = sizeof(struct form),
	.key = take_key,
	.draw = form_draw,
};
