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
	FOOT_ROWS = 3,   /* a blank one, what it means, what is wrong */
	BEGIN = SETTINGS /* the line behind all settings */
};

struct form {
	void (*accept)(struct app *app);
	struct settings settings;
	unsigned at; /* the setting whose line it is, or BEGIN */
	/* of that line, where it is typed; fresh: typing replaces it */
	char text[SETTINGS_TEXT_SIZE];
	bool is_fresh;
	char message[APP_MESSAGE_SIZE]; /* what is wrong, or "" */
};

/* The settings that are shown, then the line that begins; their count. */
static int
list_lines(const struct form *form, unsigned lines[SETTINGS + 1])
{
	int count = 0;

	for (unsigned id = 0; id < SETTINGS; id++)
		if (setting_is_relevant(&form->settings, id))
			lines[count++] = id;
	lines[count++] = BEGIN;
	return count;
}

static bool
is_choice(unsigned id)
{
	return id < SETTINGS &&
		setting_info((enum setting_id)id)->kind == SETTING_KIND_CHOICE;
}

static bool
is_flag(unsigned id)
{
	return id < SETTINGS &&
		setting_info((enum setting_id)id)->kind == SETTING_KIND_FLAG;
}

/* Take the text of the present line into the settings, and check all. */
static void
check(struct form *form)
{
	struct settings copy = form->settings;
	struct error error;

	form->message[0] = '\0';
	if (form->at == SETTING_DATA && form->text[0] == '\0')
		copy.data[0] = '\0';
	else if (form->at < BEGIN && !is_flag(form->at) &&
		!settings_parse(&copy, (enum setting_id)form->at, form->text,
			&error)) {
		snprintf(form->message, sizeof form->message, "%.500s",
			error.text);
		return;
	}
	form->settings = copy;
	if (!settings_complete(&copy, ~(settings_mask)0, &error))
		snprintf(form->message, sizeof form->message, "%.500s",
			error.text);
}

/* Go to a setting's line. */
static void
go_to(struct form *form, unsigned id)
{
	form->at = id;
	form->is_fresh = true;
	form->text[0] = '\0';
	if (id < SETTINGS)
		settings_format(&form->settings, (enum setting_id)id,
			form->text);
	check(form);
}

static void
move(struct form *form, int by)
{
	unsigned lines[SETTINGS + 1];
	int count = list_lines(form, lines), at = 0;

	/* a line whose text is wrong is put right before it is left */
	check(form);
	for (int i = 0; i < count; i++)
		if (lines[i] == form->at)
			at = i;
	at = (at + by + count) % count;
	go_to(form, lines[at]);
}

/* Another task has another loss, and other values where it learns well. */
static void
follow_task(struct form *form)
{
	const struct task_info *task =
		task_info((enum task)form->settings.task);
	struct settings fresh;
	struct error error;

	if (task->is_text == loss_is_of_tokens((enum loss)form->settings.loss))
		return;
	settings_default(&fresh);
	fresh.task = form->settings.task;
	fresh.loss = task->loss;
	fresh.seed = form->settings.seed;
	fresh.target = form->settings.target;
	form->settings = fresh;
	/* all that a text has defaults of its own for */
	settings_complete(&form->settings,
		(settings_mask)1 << SETTING_TASK |
			(settings_mask)1 << SETTING_LOSS |
			(settings_mask)1 << SETTING_TARGET,
		&error);
}

/* The next or the last choice; returns false where a line has none. */
static bool
change(struct form *form, int by)
{
	const struct setting *setting = form->at < SETTINGS
		? setting_info((enum setting_id)form->at)
		: NULL;
	unsigned *choice, count = 1; /* there is a first one */

	if (is_flag(form->at)) {
		bool *flag =
			(bool *)((char *)&form->settings + setting->offset);

		*flag = !*flag;
		go_to(form, form->at);
		return true;
	}
	if (!is_choice(form->at))
		return false;
	while (setting->choice(count) != NULL)
		count++;
	choice =
		(unsigned *)(void *)((char *)&form->settings + setting->offset);
	*choice = (*choice + count + (unsigned)by) % count;
	if (form->at == SETTING_TASK)
		follow_task(form);
	go_to(form, form->at);
	return true;
}

/* A letter on a line of choices: the next that begins with it. */
static void
choose_letter(struct form *form, int key)
{
	unsigned tries = 0;

	do {
		change(form, 1);
		tries++;
	} while (form->text[0] != key && tries < SETTINGS);
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
	go_to(form, SETTING_TASK);
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
		if (form->at != BEGIN)
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
		if (key >= ' ' && form->at != BEGIN)
			type(form, key);
	}
}

static void
draw_value(const struct form *form, struct area area, int row, unsigned id)
{
	const struct screen_signs *signs = screen_signs();
	char value[SETTINGS_TEXT_SIZE];
	bool is_here = id == form->at;
	int column = LABEL_COLUMNS;

	settings_format(&form->settings, (enum setting_id)id, value);
	if (is_flag(id))
		snprintf(value, sizeof value, "%s",
			value[0] != '\0' ? "yes" : "no");
	if (is_choice(id) || is_flag(id)) {
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
draw_line(const struct form *form, struct area area, int row, unsigned id)
{
	bool is_here = id == form->at;

	if (id == BEGIN) {
		screen_print(area, row, 1,
			is_here ? ROLE_SELECTED : ROLE_BRIGHT, " begin ");
		return;
	}
	screen_print(area, row, 1, is_here ? ROLE_BRIGHT : ROLE_DIM, "%s",
		setting_info((enum setting_id)id)->option);
	draw_value(form, area, row, id);
}

/* What the present line means. */
static const char *
explain(const struct form *form)
{
	const struct setting *setting;
	const unsigned *choice;

	if (form->at == BEGIN)
		return "Enter begins the new run; Esc keeps the present one";
	setting = setting_info((enum setting_id)form->at);
	choice =
		(const void *)((const char *)&form->settings + setting->offset);
	return is_choice(form->at) && setting->choice_summary != NULL
		? setting->choice_summary(*choice)
		: setting->summary;
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct form *form = state;
	unsigned lines[SETTINGS + 1];
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
	/* the cause is at its end, after what may be a long path */
	screen_print(area, area.rows - 1, 1, ROLE_WARNING, "%s",
		text_line_end(form->message, area.columns - 1));
}

_Static_assert(sizeof(struct form) <= OVERLAY_STATE_SIZE,
	"the stack of overlays has room for it");

const struct overlay form_overlay = {
	.stops_run = true,
	.takes_text = true,
	.state_size = sizeof(struct form),
	.key = take_key,
	.draw = draw,
};
