/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/pane_details.h"

#include <math.h>

#include "tui/app.h"
#include "tui/screen.h"

enum { SCREEN_ROWS = 30, SCREEN_COLUMNS = 100, ROWS_MIN = 8, ROWS_MAX = 14 };

/* Two fifths of the rows between the bars, less the Training pane. */
static int
wanted_rows(const struct app *app, int rows, int columns)
{
	int rest = (rows - 4) * 2 / 5;

	(void)app;
	(void)columns;
	return rest < ROWS_MIN ? ROWS_MIN : rest > ROWS_MAX ? ROWS_MAX : rest;
}

static int
memory_columns(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	return columns * 28 / 100;
}

static int
steps_columns(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	return columns < 120 ? 44 : columns < 160 ? 48 : 66;
}

#define DETAILS                                                         \
	.band = "details", .screen_min = {SCREEN_ROWS, SCREEN_COLUMNS}, \
	.rows = wanted_rows

const struct pane_place pane_details_memory = {
	DETAILS,
	.priority = 7,
	.min = {ROWS_MIN, 24},
	.preferred = {ROWS_MIN, 28},
	.columns = memory_columns,
};

const struct pane_place pane_details_steps = {
	DETAILS,
	.priority = 8,
	.min = {ROWS_MIN, 40},
	.preferred = {ROWS_MIN, 44},
	.columns = steps_columns,
};

const struct pane_place pane_details_film = {
	DETAILS,
	.priority = 6,
	.min = {ROWS_MIN, 20},
	.preferred = {ROWS_MIN, 28},
};

bool
pane_details_prepare(struct app *app, void *state, double now)
{
	(void)state;
	if (!app_is_text(app))
		live_seen_update(&app->seen, now, app->is_running);
	return live_steps_update(&app->steps, &app->seen, &app->shape,
		&app->text, app->cuts_memory, now, app->is_running);
}

void
pane_details_bar(struct area area, int row, int column, double value)
{
	static const char *const eighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆",
		"▇", "█"};
	static const char *const quarters[] = {" ", ".", ":", "+", "#"};

	value = value > 0 ? fmin(value, 1) : 0;
	if (screen_tier() == CANVAS_BRAILLE)
		screen_print(area, row, column, ROLE_NORMAL, "%s",
			eighths[lround(8 * value)]);
	else
		screen_print(area, row, column, ROLE_NORMAL, "%s",
			quarters[lround(4 * value)]);
}
