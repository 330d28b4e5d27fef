/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/form.h"

#include <stdio.h>
#include <string.h>

#include "run/relevance.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/screen.h"
#include "tui/text_line.h"

enum {
	FORM_COLUMNS = 70,
	LABEL_COLUMNS = 22,
	FOOT_ROWS = 3, /* a blank line, the explanation, the error */
	LINES_MAX = 64
};

struct form {
	void (*accept)(struct app *app);
	struct settings settings;
	const struct setting *at; /* of the current line; NULL: the last line */
	/* text of the current line; fresh: the next character replaces it */
	char text[SETTINGS_TEXT_SIZE];
	bool is_fresh;
	char message[APP_MESSAGE_SIZE]; /* the error, or "" */
};

/* List the relevant settings and NULL, the start line; return the count. */
static int
list_lines(const struct form *form, const struct setting *lines[LINES_MAX])
{
	int count = 0;

	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (setting_is_relevant(&form->settings, setting_list[i]))
			lines[count++] = setting_list[i];
	lines[count++] = NULL;
	return count;
}

static bool
is_choice(const struct setting *setting)
{
	return setting != NULL && setting->type == SETTING_CHOICE;
}

static bool
is_flag(const struct setting *setting)
{
	return setting != NULL && setting->type == SETTING_FLAG;
}

/* Parse the text of the current line, then check all settings. */
static void
check(struct form *form)
{
	struct settings copy = form->settings;
	struct error error;

	form->message[0] = '\0';
	if (form->at == &setting_data && form->text[0] == '\0')
		copy.data[0] = '\0';
	else if (form->at != NULL && !is_flag(form->at) &&
		!setting_parse(form->at, &copy, form->text, &error)) {
		snprintf(form->message, sizeof form->message, "%.500s",
			error.text);
		return;
	}
	form->settings = copy;
	if (!settings_complete(&copy, SETTINGS_ALL, &error))
		snprintf(form->message, sizeof form->message, "%.500s",
			error.text);
}

/* Move the cursor to the line of a setting. */
static void
go_to(struct form *form, const struct setting *setting)
{
	form->at = setting;
	form->is_fresh = true;
	form->text[0] = '\0';
	if (setting != NULL)
		setting_format(setting, &form->settings, form->text);
	check(form);
}

static void
move(struct form *form, int by)
{
	const struct setting *lines[LINES_MAX];
	int count = list_lines(form, lines), at = 0;

	/* drop an invalid text: the setting keeps its last valid value */
	check(form);
	for (int i = 0; i < count; i++)
		if (lines[i] == form->at)
			at = i;
	at = (at + by + count) % count;
	go_to(form, lines[at]);
}

/* Select the next or previous choice; false: the line has no choices. */
static bool
change(struct form *form, int by)
{
	const struct setting *setting = form->at;
	const struct settings before = form->settings;
	const struct kind *chosen;
	size_t count, at = 0;

	if (is_flag(setting)) {
		bool *flag =
			(bool *)((char *)&form->settings + setting->offset);

		*flag = !*flag;
		go_to(form, setting);
		return true;
	}
	if (!is_choice(setting))
		return false;
	count = kind_count(setting->choices);
	chosen = setting_choice(setting, &form->settings);
	while (setting->choices[at] != chosen)
		at++;
	at = (at + count + (size_t)by) % count;
	setting_choose(setting, &form->settings, setting->choices[at]);
	settings_follow(&form->settings, &before);
	go_to(form, setting);
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
	} while (form->text[0] != key && tries < LINES_MAX);
}

static void
type(struct form *form, int key)
{
	if (is_choice(form->at) || is_flag(form->at)) {
		choose_letter(form, key);
		return;
	}
	if (form->is_fresh)
		form->text[0] = '\0';
	form->is_fresh = false;
	text_line_type(form->text, sizeof form->text, key);
	check(form);
}

static void
erase(struct form *form)
{
	if (is_choice(form->at) || is_flag(form->at))
		return;
	form->is_fresh = false;
	text_line_erase(form->text);
	check(form);
}

void
form_open(struct app *app, void (*accept)(struct app *app))
{
	struct form *form = overlay_open(&app->overlays, &form_overlay);

	form->accept = accept;
	form->settings = *run_settings(app->session->run);
	go_to(form, &setting_task);
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

static void
take_key(struct app *app, void *state, int key)
{
	struct form *form = state;

	switch (key) {
	case INPUT_ESCAPE:
		overlay_close(&app->overlays);
		break;
	case INPUT_UP:
	case INPUT_BACKTAB:
		move(form, -1);
		break;
	case INPUT_DOWN:
	case '\t':
		move(form, 1);
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
			move(form, 1);
		else if (form->message[0] == '\0')
			form->accept(app);
		break;
	case INPUT_BACKSPACE:
		erase(form);
		break;
	case INPUT_CONTROL_U:
		form->text[0] = '\0';
		form->is_fresh = false;
		check(form);
		break;
	default:
		if (key == ' ' && change(form, 1))
			break;
		if (key >= ' ' && form->at != NULL)
			type(form, key);
	}
}

static void
draw_value(const struct form *form, struct area area, int row,
	const struct setting *setting)
{
	const struct screen_signs *signs = screen_signs();
	char value[SETTINGS_TEXT_SIZE];
	bool is_here = setting == form->at;
	int column = LABEL_COLUMNS;

	setting_format(setting, &form->settings, value);
	if (is_flag(setting))
		snprintf(value, sizeof value, "%s",
			value[0] != '\0' ? "yes" : "no");
	if (is_choice(setting) || is_flag(setting)) {
		column = screen_print(area, row, column, ROLE_DIM, "%s ",
			is_here ? signs->less : " ");
		column = screen_print(area, row, column,
			is_here ? ROLE_MODEL : ROLE_NORMAL, "%s", value);
		screen_print(area, row, column, ROLE_DIM, " %s",
			is_here ? signs->more : " ");
		return;
	}
	column += 2;
	if (!is_here) {
		screen_print(area, row, column, ROLE_NORMAL, "%s",
			text_line_end(value, area.columns - column));
		return;
	}
	column = screen_print(area, row, column,
		form->is_fresh ? ROLE_SELECTED : ROLE_MODEL, "%s",
		text_line_end(form->text, area.columns - column - 1));
	screen_print(area, row, column, ROLE_MODEL, "%s", signs->cursor);
}

static void
draw_line(const struct form *form, struct area area, int row,
	const struct setting *setting)
{
	bool is_here = setting == form->at;

	if (setting == NULL) {
		screen_print(area, row, 1,
			is_here ? ROLE_SELECTED : ROLE_BRIGHT, " start ");
		return;
	}
	screen_print(area, row, 1, is_here ? ROLE_BRIGHT : ROLE_DIM, "%s",
		setting->option);
	draw_value(form, area, row, setting);
}

/* Explain the current line. */
static const char *
explain(const struct form *form)
{
	const char *of_choice = NULL;

	if (form->at == NULL)
		return "Enter starts the new run, Esc keeps the current run";
	if (is_choice(form->at))
		of_choice = setting_choice(form->at, &form->settings)->summary;
	return of_choice != NULL ? of_choice : form->at->summary;
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct form *form = state;
	const struct setting *lines[LINES_MAX];
	int count = list_lines(form, lines), at = 0, shown, first;
	struct area area = overlay_area(rows, columns, count + FOOT_ROWS + 2,
		FORM_COLUMNS);
	bool has_box = area.rows >= FOOT_ROWS + 3;

	(void)app;
	if (has_box)
		area = screen_box(area, ROLE_NORMAL, "New run",
			"arrows, Enter, Esc");
	for (int i = 0; i < count; i++)
		if (lines[i] == form->at)
			at = i;
	shown = area.rows - (has_box ? FOOT_ROWS : 0);
	if (shown < 1)
		shown = 1;
	first = at < shown ? 0 : at - shown + 1;
	for (int row = 0; row < shown && first + row < count; row++)
		draw_line(form, area, row, lines[first + row]);
	if (!has_box)
		return;
	screen_print(area, area.rows - 2, 1, ROLE_NORMAL, "%s", explain(form));
	/* a path may be long, so show the end, which has the cause */
	screen_print(area, area.rows - 1, 1, ROLE_WARNING, "%s",
		text_line_end(form->message, area.columns - 1));
}

_Static_assert(sizeof(struct form) <= OVERLAY_STATE_SIZE,
	"an entry of the overlay stack has room for a form");

static const struct overlay_keys bar[] = {
	{"Up Down", "line"},
	{"Left Right", "change"},
	{"Esc", "close"},
	{NULL, NULL},
};

const struct overlay form_overlay = {
	.keys = bar,
	.stops_run = true,
	.takes_text = true,
	.state_size = sizeof(struct form),
	.key = take_key,
	.draw = draw,
};
