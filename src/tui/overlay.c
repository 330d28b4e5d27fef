/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/overlay.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"
#include "tui/form.h"
#include "tui/input.h"
#include "tui/keys.h"

enum {
	/* below, a question or a prompt is one line without a box */
	BOX_ROWS_MIN = 5,
	BOX_COLUMNS_MIN = 20,
	HELP_COLUMNS = 68,
	PROMPT_COLUMNS = 60,
	KEY_COLUMNS = 11 /* of the help, for the keys' names */
};

/* What the help says before the keys. */
static const char *const introduction[] = {
	"Loss: how wrong each update's predictions were, and the average.",
	"Generated: the shape that the network draws by itself, now.",
	"Training: the run and its settings. Keys:",
};

enum { INTRODUCTION = sizeof introduction / sizeof introduction[0] };

void
overlay_ask(struct app *app, const struct question *question)
{
	app->question = *question;
	app->overlay = OVERLAY_QUESTION;
}

void
overlay_request(struct app *app, const struct prompt *prompt)
{
	app->prompt = *prompt;
	app->overlay = OVERLAY_PROMPT;
}

static int
choice_count(const struct question *question)
{
	int count = 0;

	while (count < APP_CHOICES_MAX && question->choice[count].label != NULL)
		count++;
	return count;
}

static void
question_key(struct app *app, int key)
{
	const struct question question = app->question;
	int count = choice_count(&question);

	if (key == INPUT_ESCAPE)
		key = question.choice[count - 1].key;
	for (int i = 0; i < count; i++)
		if (question.choice[i].key == key) {
			app->overlay = OVERLAY_NONE;
			if (question.choice[i].act != NULL)
				question.choice[i].act(app);
			return;
		}
}

void
overlay_erase(char *typed)
{
	size_t length = strlen(typed);

	if (length > 0)
		typed[utf8_before(typed, length - 1)] = '\0';
}

void
overlay_type(char *typed, size_t size, int key)
{
	char bytes[16]; /* more than MB_CUR_MAX of any locale */
	mbstate_t state;
	size_t length, used = strlen(typed);

	memset(&state, 0, sizeof state);
	length = wcrtomb(bytes, (wchar_t)key, &state);
	if (length == (size_t)-1 || utf8_is_control((uint32_t)key) ||
		used + length >= size)
		return;
	memcpy(typed + used, bytes, length);
	typed[used + length] = '\0';
}

/* The first character takes the place of what was proposed. */
static void
type_character(struct prompt *prompt, int key)
{
	if (!prompt->is_edited)
		prompt->typed[0] = '\0';
	prompt->is_edited = true;
	overlay_type(prompt->typed, sizeof prompt->typed, key);
}

static void
prompt_key(struct app *app, int key)
{
	struct prompt prompt;

	switch (key) {
	case INPUT_ESCAPE:
		app->overlay = OVERLAY_NONE;
		app->quits_after_save = false;
		app->begins_after_save = false;
		break;
	case INPUT_ENTER:
	case '\n':
		prompt = app->prompt;
		app->overlay = OVERLAY_NONE;
		prompt.accept(app, prompt.typed);
		break;
	case INPUT_BACKSPACE:
		overlay_erase(app->prompt.typed);
		app->prompt.is_edited = true;
		break;
	case INPUT_CONTROL_U:
		app->prompt.typed[0] = '\0';
		app->prompt.is_edited = true;
		break;
	default:
		if (key >= ' ')
			type_character(&app->prompt, key);
	}
}

static void
help_key(struct app *app, int key)
{
	switch (key) {
	case INPUT_ESCAPE:
	case '?':
	case INPUT_F1:
	case 'q':
	case INPUT_ENTER:
		app->overlay = OVERLAY_NONE;
		break;
	case INPUT_DOWN:
	case 'j':
	case ' ':
		app->help_scroll++;
		break;
	case INPUT_UP:
	case 'k':
		app->help_scroll -= app->help_scroll > 0;
		break;
	default:
		break;
	}
}

void
overlay_key(struct app *app, int key)
{
	switch (app->overlay) {
	case OVERLAY_HELP:
		help_key(app, key);
		break;
	case OVERLAY_QUESTION:
		question_key(app, key);
		break;
	case OVERLAY_PROMPT:
		prompt_key(app, key);
		break;
	case OVERLAY_FORM:
		form_key(app, key);
		break;
	case OVERLAY_NONE:
		break;
	}
}

struct area
overlay_center(int rows, int columns, int wanted_rows, int wanted_columns)
{
	struct area area = {.rows = wanted_rows, .columns = wanted_columns};

	if (area.rows > rows)
		area.rows = rows;
	if (area.columns > columns)
		area.columns = columns;
	area.row = (rows - area.rows) / 2;
	area.column = (columns - area.columns) / 2;
	screen_clear(area);
	return area;
}

static int
min(int a, int b)
{
	return a < b ? a : b;
}

static void
draw_help(const struct app *app, int rows, int columns)
{
	size_t bindings;
	const struct key_binding *binding = key_bindings(&bindings);
	int lines = (int)bindings + INTRODUCTION;
	struct area area =
		overlay_center(rows, columns, lines + 2, HELP_COLUMNS);
	bool has_box = area.rows >= 3 && columns >= BOX_COLUMNS_MIN;
	struct area inside = area;
	int scroll;

	if (has_box)
		inside = screen_box(area, ROLE_NORMAL, "Help",
			lines + 2 > rows ? "Down, Up: more | Esc: close"
					 : "Esc: close");
	scroll = min(app->help_scroll, lines - inside.rows);
	if (scroll < 0)
		scroll = 0;
	for (int row = 0; row < inside.rows && row + scroll < lines; row++) {
		int line = row + scroll - INTRODUCTION;

		if (line < 0) {
			screen_print(inside, row, 1, ROLE_DIM, "%s",
				introduction[row + scroll]);
			continue;
		}
		screen_print(inside, row, 1, ROLE_BRIGHT, "%s",
			binding[line].shown);
		screen_print(inside, row, KEY_COLUMNS, ROLE_NORMAL, "%s",
			binding[line].help);
	}
}

/* The answers beside each other, or only their keys where it is narrow. */
static int
draw_choices(const struct question *question, struct area area, int row,
	bool only_keys)
{
	int count = choice_count(question), column = only_keys ? 0 : 1;

	for (int i = 0; i < count; i++) {
		column = screen_print(area, row, column, ROLE_WARNING, "%c",
			question->choice[i].key);
		if (!only_keys)
			column =
				screen_print(area, row, column + 1, ROLE_NORMAL,
					"%s", question->choice[i].label) +
				2;
		column++;
	}
	return column;
}

static void
draw_question(const struct app *app, int rows, int columns)
{
	const struct question *question = &app->question;
	int count = choice_count(question);
	int width = screen_width(question->text);
	bool in_column,
		is_line = rows < BOX_ROWS_MIN || columns < BOX_COLUMNS_MIN;
	int choices_width = 0;
	struct area area;

	for (int i = 0; i < count; i++)
		choices_width += screen_width(question->choice[i].label) + 5;
	if (width < choices_width)
		width = choices_width;
	if (width < screen_width(question->title) + 4)
		width = screen_width(question->title) + 4;
	if (is_line) {
		area = overlay_center(rows, columns, 1, columns);
		draw_choices(question, area, 0, true);
		return;
	}
	in_column = choices_width + 2 > columns && rows >= 4 + count;
	area = overlay_center(rows, columns, in_column ? 4 + count : 5,
		width + 4);
	area = screen_box(area, ROLE_WARNING, question->title, NULL);
	screen_print(area, 0, 1, ROLE_NORMAL, "%s", question->text);
	if (!in_column) {
		draw_choices(question, area, 2, choices_width > area.columns);
		return;
	}
	for (int i = 0; i < count; i++) {
		screen_print(area, 2 + i, 1, ROLE_WARNING, "%c",
			question->choice[i].key);
		screen_print(area, 2 + i, 3, ROLE_NORMAL, "%s",
			question->choice[i].label);
	}
}

const char *
overlay_visible_end(const char *typed, int columns)
{
	while (*typed != '\0' && screen_width(typed) > columns)
		typed += utf8_step(typed);
	return typed;
}

static void
draw_prompt(const struct app *app, int rows, int columns)
{
	const struct prompt *prompt = &app->prompt;
	struct area area;
	int row = 0, column = 0;

	if (rows < BOX_ROWS_MIN || columns < BOX_COLUMNS_MIN) {
		area = overlay_center(rows, columns, 1, columns);
	} else {
		area = overlay_center(rows, columns, 5, PROMPT_COLUMNS);
		area = screen_box(area, ROLE_WARNING, prompt->title, NULL);
		screen_print(area, 0, 1, ROLE_NORMAL, "%s", prompt->text);
		screen_print(area, 2, 1, ROLE_DIM,
			"Enter accepts, Esc cancels");
		row = 1;
		column = 1;
	}
	column = screen_print(area, row, column,
		prompt->is_edited ? ROLE_BRIGHT : ROLE_SELECTED, "%s",
		overlay_visible_end(prompt->typed, area.columns - column - 1));
	screen_print(area, row, column, ROLE_MODEL, "%s",
		screen_signs()->cursor);
}

void
overlay_draw(const struct app *app, int rows, int columns)
{
	switch (app->overlay) {
	case OVERLAY_HELP:
		draw_help(app, rows, columns);
		break;
	case OVERLAY_QUESTION:
		draw_question(app, rows, columns);
		break;
	case OVERLAY_PROMPT:
		draw_prompt(app, rows, columns);
		break;
	case OVERLAY_FORM:
		form_draw(app, rows, columns);
		break;
	case OVERLAY_NONE:
		break;
	}
}
