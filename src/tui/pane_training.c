#include "tui/panes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

enum {
	ITEM_COLUMNS = 24, /* a setting's label and value */
	LABEL_COLUMNS = 10,
	TEXT_SIZE = 512,
	BAR_COLUMNS_LEAST = 6
};

char *
pane_format_progress(const struct app *app, char *text, size_t size)
{
	const struct run *run = &app->session->run;
	char done[NUMBER_TEXT_SIZE], wanted[NUMBER_TEXT_SIZE];

	number_grouped(done, run_updates(run));
	number_grouped(wanted, run->settings.target);
	if (run->settings.target == 0)
		snprintf(text, size, "%s", done);
	else
		snprintf(text, size, "%*s/%s", (int)strlen(wanted), done,
			wanted);
	return text;
}

/* "1,000/s": of a rate that is reached, or asked for. */
static void
format_speed(double speed, char *text, size_t size)
{
	char number[NUMBER_TEXT_SIZE];

	if (speed >= 10 || speed == floor(speed))
		snprintf(text, size, "%s/s",
			number_grouped(number, number_count(speed)));
	else
		snprintf(text, size, "%s/s", number_fixed(number, speed, 1));
}

/* Two figures are enough for one that changes all the time. */
static double
steadied(double speed)
{
	double unit;

	if (!(speed >= 100) || !isfinite(speed))
		return speed;
	unit = pow(10, floor(log10(speed)) - 1);
	return round(speed / unit) * unit;
}

static void
draw_bar(struct area area, int row, int column, int width, double part)
{
	const struct screen_signs *signs = screen_signs();
	int full = (int)(part * width + 1e-9);

	for (int i = 0; i < width; i++)
		screen_print(area, row, column + i,
			i < full ? ROLE_MODEL : ROLE_DIM, "%s",
			i < full ? signs->bar_full : signs->bar_rest);
}

/* Count, bar, percentage, updates a second, time left. */
static void
draw_progress(const struct app *app, struct area area, int row)
{
	const struct run *run = &app->session->run;
	uint64_t updates = run_updates(run), target = run->settings.target;
	char text[2 * TEXT_SIZE], speed[TEXT_SIZE], left[2 * NUMBER_TEXT_SIZE];
	int column = 1, tail_columns;

	if (area.columns > 50)
		column = screen_print(area, row, column, ROLE_DIM, "%-*s",
			LABEL_COLUMNS, "update");
	column = screen_print(area, row, column, ROLE_BRIGHT, "%s  ",
		pane_format_progress(app, text, sizeof text));
	speed[0] = '\0';
	if (app->measured > 0)
		format_speed(steadied(app->measured), speed, sizeof speed);
	snprintf(left, sizeof left, "%s", "");
	if (app->is_running && app->measured > 0 && target > updates) {
		char duration[NUMBER_TEXT_SIZE];

		snprintf(left, sizeof left, "%s left", number_duration(
			duration, (double)(target - updates) / app->measured));
	}
	if (target == 0) {
		screen_print(area, row, column, ROLE_NORMAL, "%11s", speed);
		return;
	}
	if (area.columns > 60)
		snprintf(text, sizeof text, "  %3d %%%11s%14s",
			(int)((double)updates / (double)target * 100), speed,
			left);
	else
		snprintf(text, sizeof text, " %3d %%",
			(int)((double)updates / (double)target * 100));
	tail_columns = screen_width(text);
	if (column + BAR_COLUMNS_LEAST + tail_columns + 1 <= area.columns) {
		draw_bar(area, row, column,
			area.columns - column - tail_columns - 1,
			(double)updates / (double)target);
		column = area.columns - tail_columns - 1;
	}
	screen_print(area, row, column, ROLE_NORMAL, "%s", text);
}

/* The values of the settings, each into text. */

/* A value between the signs that say which way it can go. */
static void
format_changeable(const char *value, bool less, bool more, char *text)
{
	const struct screen_signs *signs = screen_signs();

	snprintf(text, TEXT_SIZE, "%s %s %s", less ? signs->less : " ", value,
		more ? signs->more : " ");
}

static void
format_wanted_speed(const struct app *app, char *text)
{
	char speed[NUMBER_TEXT_SIZE + 8];

	if (app->speed > 0)
		format_speed(app->speed, speed, sizeof speed);
	else
		snprintf(speed, sizeof speed, "unlimited");
	format_changeable(speed, app->speed == 0 || app->speed > 1,
		app->speed > 0, text);
}

static void
format_learning_rate(const struct app *app, char *text)
{
	char rate[NUMBER_TEXT_SIZE];

	format_changeable(number_shortest(rate,
		app->session->run.settings.learning_rate), true, true, text);
}

static void
format_setting(const struct app *app, enum setting_id id, char *text)
{
	char value[SETTINGS_TEXT_SIZE];

	settings_format(&app->session->run.settings, id, value);
	snprintf(text, TEXT_SIZE, "%.*s", TEXT_SIZE - 1, value);
}

static void
format_batch(const struct app *app, char *text)
{
	char batch[SETTINGS_TEXT_SIZE];

	snprintf(text, TEXT_SIZE, "%.*s", TEXT_SIZE - 1,
		run_batch(&app->session->run, batch));
}

/* In the order of their worth: what does not fit is left out. */
static const struct {
	const char *label;
	void (*format)(const struct app *app, char *text); /* or: */
	enum setting_id setting;
} items[] = {
	{"speed", format_wanted_speed, SETTINGS},
	{"rate", format_learning_rate, SETTINGS},
	{"framing", NULL, SETTING_FRAMING},
	{"units", NULL, SETTING_UNITS},
	{"loss", NULL, SETTING_LOSS},
	{"seed", NULL, SETTING_SEED},
	{"optimizer", NULL, SETTING_OPTIMIZER},
	{"batch", format_batch, SETTINGS},
	{"clip", NULL, SETTING_CLIP},
};

enum { ITEMS = sizeof items / sizeof items[0] };

static void
draw_items(const struct app *app, struct area area, int first_row, int rows)
{
	int across = area.columns / ITEM_COLUMNS;

	for (int i = 0; i < ITEMS && i < rows * across; i++) {
		struct area cell = {area.row + first_row + i / across,
			area.column + i % across * ITEM_COLUMNS, 1,
			ITEM_COLUMNS};
		char text[TEXT_SIZE];
		int column = screen_print(cell, 0, 1, ROLE_DIM, "%-*s",
			LABEL_COLUMNS, items[i].label);

		if (items[i].format != NULL)
			items[i].format(app, text);
		else
			format_setting(app, items[i].setting, text);
		screen_print(cell, 0, column, ROLE_NORMAL, "%s", text);
	}
}

/* The file, and whether what was learnt is in it. */
static void
draw_model(const struct app *app, struct area area, int row)
{
	const struct session *session = app->session;
	uint64_t updates = run_updates(&session->run);
	const char *separator = screen_signs()->separator;
	char number[NUMBER_TEXT_SIZE], since[NUMBER_TEXT_SIZE];
	int column = screen_print(area, row, 1, ROLE_DIM, "%-*s",
		LABEL_COLUMNS, "model");

	if (session->model == NULL) {
		column = screen_print(area, row, column, ROLE_NORMAL,
			"no file yet");
		if (updates > 0)
			screen_print(area, row, column, ROLE_WARNING,
				" %s not saved", separator);
		return;
	}
	column = screen_print(area, row, column, ROLE_NORMAL, "%s %s ",
		session->model, separator);
	if (session->was_saved)
		column = screen_print(area, row, column, ROLE_NORMAL,
			"saved at %s",
			number_grouped(number, session->saved_at));
	if (!session->was_saved)
		screen_print(area, row, column, ROLE_WARNING, "not saved");
	else if (!session->is_saved && updates > session->saved_at)
		screen_print(area, row, column, ROLE_WARNING,
			" %s %s updates since", separator,
			number_grouped(since, updates - session->saved_at));
	else if (!session->is_saved)
		screen_print(area, row, column, ROLE_WARNING,
			" %s changed since", separator);
}

void
pane_training_draw(const struct app *app, struct area area, bool has_box)
{
	bool has_model;

	if (!has_box) {
		draw_progress(app, area, 0);
		return;
	}
	area = screen_box(area, ROLE_DIM, "Training", NULL);
	has_model = area.rows >= 3;
	draw_progress(app, area, 0);
	draw_items(app, area, 1, area.rows - 1 - has_model);
	if (has_model)
		draw_model(app, area, area.rows - 1);
}
