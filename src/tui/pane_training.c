/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Training pane: progress, settings and model file; in one row, only the
 * progress.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "draw/gauge.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/text_line.h"
#include "tui/values.h"

enum {
	ITEM_COLUMNS = 26, /* min of the label and value of a setting */
	LABEL_COLUMNS = 14,
	SHORT_LABEL_COLUMNS = 10, /* of the only label of its column */
	TEXT_SIZE = 512,
	RATE_DIGITS = 3,
	/* min rows between the bars for a box of four lines, and of two */
	ROWS_FOR_FOUR = 34,
	ROWS_FOR_TWO = 15,
	/* min columns for values in one row that keep their width */
	STEADY_COLUMNS = 76,
	/* min columns for the seed in one row, if the file is beside it */
	SEED_COLUMNS = 96,
	NAME_COLUMNS_MIN = 4 /* of a shortened name in one row */
};

/* Round a speed to two digits, so that the display changes rarely. */
static double
steadied(double speed)
{
	if (!(speed >= 100) || !isfinite(speed))
		return speed;
	return number_round(speed, 2);
}

/* Draw count, progress bar, percentage, updates per second, time left. */
static void
draw_fields(const struct app *app, struct area area, int row, int column)
{
	static const enum screen_role roles[GAUGE_FIELDS] = {
		[GAUGE_COUNT] = ROLE_BRIGHT,
		[GAUGE_PERCENT] = ROLE_NORMAL,
		[GAUGE_SPEED] = ROLE_NORMAL,
		[GAUGE_TIME] = ROLE_NORMAL,
		[GAUGE_AVERAGE] = ROLE_MODEL,
	};
	const struct screen_signs *signs = screen_signs();
	const struct run *run = app->session->run;
	uint64_t updates = run_updates(run), target = run_settings(run)->target;
	struct gauge progress = {updates, target, steadied(app->measured), NAN,
		NAN};
	struct gauge_line line;

	if (app->is_running && app->measured > 0 && target > updates)
		progress.seconds_left =
			(double)(target - updates) / app->measured;
	gauge_lay_out(&line, &progress, area.columns - column - 1);
	for (int i = 0; i < GAUGE_FIELDS; i++)
		screen_print(area, row, column + line.field[i].column, roles[i],
			"%s", line.field[i].text);
	for (int i = 0; i < line.bar_columns; i++)
		screen_print(area, row, column + line.bar_column + i,
			i < line.bar_full ? ROLE_MODEL : ROLE_DIM, "%s",
			i < line.bar_full ? signs->bar_full : signs->bar_rest);
}

/* Print a label and fill its columns; return the next column. */
static int
print_label(struct area area, int row, int column, int columns,
	const char *label)
{
	return screen_print(area, row, column, ROLE_DIM, "%s%*s", label,
		utf8_padding(label, columns), "");
}

static void
draw_progress(const struct app *app, struct area area, int row, int label)
{
	int column = 1;

	if (area.columns > 50)
		column = print_label(area, row, column, label, _("update"));
	draw_fields(app, area, row, column);
}

/* Formatters of the values of the settings: text[TEXT_SIZE]. */

/* Put signs around a value that show whether it can decrease or increase. */
static void
format_changeable(const char *value, bool less, bool more, char *text)
{
	const struct screen_signs *signs = screen_signs();

	snprintf(text, TEXT_SIZE, "%s %s %s", less ? signs->less : " ", value,
		more ? signs->more : " ");
}

/* Remove the blank of a missing sign. */
static void
trim(char *text)
{
	for (size_t end = strlen(text); end > 0 && text[end - 1] == ' '; end--)
		text[end - 1] = '\0';
}

static void
format_wanted_speed(const struct app *app, char *text)
{
	char speed[NUMBER_TEXT_SIZE];

	if (app->speed > 0)
		gauge_format_speed(speed, app->speed);
	else
		snprintf(speed, sizeof speed, _("unlimited"));
	format_changeable(speed, app->speed == 0 || app->speed > 1,
		app->speed > 0, text);
}

static void
format_learning_rate(const struct app *app, char *text)
{
	char rate[NUMBER_TEXT_SIZE];

	format_changeable(number_shortest(rate,
				  number_round(run_learning_rate(
						       app->session->run),
					  RATE_DIGITS)),
		true, true, text);
}

static void
format_setting(const struct app *app, const struct setting *setting, char *text)
{
	char value[SETTINGS_TEXT_SIZE];

	setting_format(setting, run_settings(app->session->run), value);
	snprintf(text, TEXT_SIZE, "%.*s", TEXT_SIZE - 1, value);
}

static void
format_batch(const struct app *app, char *text)
{
	char batch[SETTINGS_TEXT_SIZE];

	snprintf(text, TEXT_SIZE, "%.*s", TEXT_SIZE - 1,
		run_batch(app->session->run, batch));
}

enum {
	ITEM_SPEED,
	ITEM_RATE,
	ITEM_FRAMING,
	ITEM_UNITS,
	ITEM_LOSS,
	ITEM_SEED,
	ITEM_OPTIMIZER,
	ITEM_BATCH,
	ITEM_CLIP,
	ITEMS
};

/*
 * In order of priority: items that do not fit are dropped. One of format and
 * setting is NULL.
 */
static const struct item {
	const char *label;
	void (*format)(const struct app *app, char *text);
	const struct setting *setting;
	const struct action *less, *more; /* of the signs; or NULL */
} items[ITEMS] = {
	[ITEM_SPEED] = {N_("speed"), format_wanted_speed, NULL, &action_slower,
		&action_faster},
	[ITEM_RATE] = {N_("learning rate"), format_learning_rate, NULL,
		&action_lower_rate, &action_raise_rate},
	[ITEM_FRAMING] = {N_("framing"), NULL, &setting_framing, NULL, NULL},
	[ITEM_UNITS] = {N_("units"), NULL, &setting_units, NULL, NULL},
	[ITEM_LOSS] = {N_("loss"), NULL, &setting_loss, NULL, NULL},
	[ITEM_SEED] = {N_("seed"), NULL, &setting_seed, NULL, NULL},
	[ITEM_OPTIMIZER] = {N_("optimizer"), NULL, &setting_optimizer, NULL,
		NULL},
	[ITEM_BATCH] = {N_("batch"), format_batch, NULL, NULL, NULL},
	[ITEM_CLIP] = {N_("clip"), NULL, &setting_clip, NULL, NULL},
};

/* Write the value of an item into text[TEXT_SIZE]. */
static void
format_item(const struct app *app, const struct item *item, char *text)
{
	if (item->format != NULL)
		item->format(app, text);
	else
		format_setting(app, item->setting, text);
	trim(text);
}

/*
 * Print the value of an item. Clicks on the signs around it change it. Returns
 * the next column.
 */
static int
print_text(const struct app *app, struct area area, int row, int column,
	const struct item *item, const char *text)
{
	const struct screen_signs *signs = screen_signs();
	bool can_change = item->less != NULL;

	if (can_change && strncmp(text, signs->less, strlen(signs->less)) == 0)
		screen_link(area, row, column, 1, item->less);
	if (can_change && strstr(text, signs->more) != NULL)
		screen_link(area, row, column + screen_width(text) - 1, 1,
			item->more);
	return screen_print(area, row, column,
		can_change && item->less == values_selected(app) ? ROLE_BRIGHT
								 : ROLE_NORMAL,
		"%s", text);
}

/*
 * Draw the items on a grid of equal cells. An item takes as many cells as its
 * text needs after the blank that each cell starts with, so that the columns
 * are aligned and values are neither truncated nor adjacent.
 */
static void
draw_items(const struct app *app, struct area area, int first_row, int rows)
{
	/* narrow items still fit into less than a cell */
	int across =
		area.columns < ITEM_COLUMNS ? 1 : area.columns / ITEM_COLUMNS;
	int cell = across == 1 ? ITEM_COLUMNS : area.columns / across;
	int at = 0;

	for (const struct item *item = items; item < items + ITEMS; item++) {
		char text[TEXT_SIZE];
		int cells, column, width;

		format_item(app, item, text);
		width = 1 + LABEL_COLUMNS + screen_width(text);
		if (width >= area.columns)
			continue; /* does not fit into the pane */
		cells = (width + cell - 1) / cell;
		/* the last cell extends to the edge of the pane */
		cells = cells < across ? cells : across;
		if (at % across + cells > across)
			at += across - at % across;
		if (at + cells > rows * across)
			return;
		column = print_label(area, first_row + at / across,
			at % across * cell + 1, LABEL_COLUMNS, _(item->label));
		print_text(app, area, first_row + at / across, column, item,
			text);
		at += cells;
	}
}

/* Write the last save of the file, and what has changed since, or "". */
static void
format_save(const struct session *session, char saved[TEXT_SIZE],
	char since[TEXT_SIZE])
{
	uint64_t updates = run_updates(session->run);
	const char *separator = screen_signs()->separator;
	char number[NUMBER_TEXT_SIZE];

	saved[0] = '\0';
	since[0] = '\0';
	if (session->was_saved)
		snprintf(saved, TEXT_SIZE, _("saved at %s"),
			number_grouped(number, session->saved_at));
	if (!session->was_saved)
		snprintf(since, TEXT_SIZE, _("not saved"));
	else if (!session->is_saved && !session->is_elsewhere &&
		updates > session->saved_at)
		snprintf(since, TEXT_SIZE, _(" %s %s updates since"), separator,
			number_grouped(number, updates - session->saved_at));
	else if (!session->is_saved)
		snprintf(since, TEXT_SIZE, _(" %s changed since"), separator);
}

/*
 * Draw the name of the model file and the updates since the last save. A long
 * name is shortened, because its state is more important.
 */
static void
draw_model(const struct app *app, struct area area, int row)
{
	const struct session *session = app->session;
	const char *separator = screen_signs()->separator;
	char saved[TEXT_SIZE], since[TEXT_SIZE], name[APP_NAME_SIZE];
	int column = print_label(area, row, 1, LABEL_COLUMNS, _("model"));
	int room;

	if (app->tour != NULL) {
		screen_print(area, row, column, ROLE_NORMAL, "%s",
			_("a scene of the tour; your own run waits"));
		return;
	}
	if (session->model == NULL) {
		column = screen_print(area, row, column, ROLE_NORMAL,
			_("no file yet"));
		if (run_updates(session->run) > 0)
			screen_print(area, row, column, ROLE_WARNING,
				_(" %s not saved"), separator);
		return;
	}
	format_save(session, saved, since);
	room = area.columns - column - 4 - screen_width(saved) -
		screen_width(since);
	column = screen_print(area, row, column, ROLE_NORMAL, "%s %s %s",
		text_line_shorten(name, sizeof name, session->model, room),
		separator, saved);
	screen_print(area, row, column, ROLE_WARNING, "%s", since);
}

/* Print a label and a value if both fit. Returns the next column. */
static int
print_item(const struct app *app, struct area area, int row, int column,
	const struct item *item, int width)
{
	char text[TEXT_SIZE];
	int end;

	format_item(app, item, text);
	if (column + screen_width(_(item->label)) + 1 + screen_width(text) >
		area.columns)
		return column;
	column = screen_print(area, row, column, ROLE_DIM, "%s ",
		_(item->label));
	end = print_text(app, area, row, column, item, text);
	return (end < column + width ? column + width : end) + 2;
}

/* Draw the name of the file, shortened, and its state. */
static void
draw_short_model(const struct app *app, struct area area, int row, int column)
{
	const struct session *session = app->session;
	const char *model =
		session->model != NULL ? session->model : _("no file yet");
	char saved[TEXT_SIZE], since[TEXT_SIZE], name[APP_NAME_SIZE];
	int room;

	if (app->tour != NULL) {
		screen_print(area, row, column, ROLE_NORMAL,
			_("a scene of the tour"));
		return;
	}
	format_save(session, saved, since);
	if (session->model == NULL && run_updates(session->run) == 0)
		since[0] = '\0';
	room = area.columns - column - 1 - screen_width(saved) -
		screen_width(since);
	/* what is not saved is the most important, then the name */
	if (room <= NAME_COLUMNS_MIN && session->was_saved &&
		!session->is_saved) {
		saved[0] = '\0';
		snprintf(since, TEXT_SIZE, _("not saved"));
		room = area.columns - column - 1 - screen_width(since);
	}
	if (room > NAME_COLUMNS_MIN)
		column = screen_print(area, row, column, ROLE_NORMAL, "%s ",
			text_line_shorten(name, sizeof name, model, room));
	column = screen_print(area, row, column, ROLE_NORMAL, "%s", saved);
	screen_print(area, row, column, ROLE_WARNING, "%s", since);
}

/*
 * Draw speed, learning rate, seed and file in one row. Where there is room, the
 * first two have the width of their longest usual values, so that the others
 * stay in place when a key changes them. Where there is little, a file takes
 * the place of the seed, which is saved in it.
 */
static void
draw_one_row(const struct app *app, struct area area, int row)
{
	bool is_wide = area.columns >= STEADY_COLUMNS;
	bool has_name = app->session->model != NULL || app->tour != NULL;
	struct area rest = area;
	int column = 1;

	column = print_item(app, area, row, column, &items[ITEM_SPEED],
		is_wide ? screen_width(_("unlimited")) + 4 : 0);
	column = print_item(app, area, row, column, &items[ITEM_RATE],
		is_wide ? screen_width("< 0.00012 >") : 0);
	/* room for the state of the file comes first */
	rest.columns -= screen_width(_("not saved")) + 2;
	if (area.columns >= SEED_COLUMNS || !has_name)
		column = print_item(app, rest, row, column, &items[ITEM_SEED],
			0);
	draw_short_model(app, area, row, column);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	bool has_model = area.rows >= 3;

	(void)own;
	(void)note;
	draw_progress(app, area, 0,
		has_model ? LABEL_COLUMNS : SHORT_LABEL_COLUMNS);
	if (!has_model) {
		draw_one_row(app, area, 1);
		return;
	}
	draw_items(app, area, 1, area.rows - 2);
	draw_model(app, area, area.rows - 1);
}

/* A box of four lines or of two, or one line without a box. */
static int
wanted_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)columns;
	return rows >= ROWS_FOR_FOUR ? 6 : rows >= ROWS_FOR_TWO ? 4 : 1;
}

/* Two runs have a pane with a line for each. */
static bool
is_shown(const struct app *app)
{
	return app->pair == NULL;
}

static const struct pane_place place = {
	.priority = 20,
	.screen_min.rows = PANE_ROWS_LOW,
	.min.rows = 1,
	.preferred.rows = 6,
	.rows = wanted_rows,
};

const struct pane pane_training = {
	.title = N_("Training"),
	.help = N_("the progress, the settings and the model file."),
	.explanation =
		N_("The updates done and wanted, the speed and the "
		   "time left; the most important settings; the model file "
		   "and the update of its last save. + and - change the "
		   "speed, [ and ] the learning rate."),
	.place = &place,
	.is_shown = is_shown,
	.draw = draw,
};
