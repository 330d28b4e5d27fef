/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How strongly each output depends on each input: a heat map of the outputs'
 * steps by the inputs' steps. Each row is relative to its largest value.
 */
#include <stdio.h>

#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/screen.h"

enum { LABEL_COLUMNS = 5 };

static double
max_of(const float *values, size_t count)
{
	double max = 0;

	for (size_t i = 0; i < count; i++)
		if ((double)values[i] > max)
			max = (double)values[i];
	return max > 0 ? max : 1;
}

static void
draw_row(const struct inspection *inspection, const struct inside *inside,
	struct area area, int row, size_t t, size_t first, size_t room,
	int width)
{
	size_t count = inspection->config.connected;
	size_t step = inspection->config.connected_first + t;
	const float *values = inspection->connectivity + t * count;
	double max = max_of(values, count);

	screen_print(area, row, 0,
		step == inside->step ? ROLE_BRIGHT : ROLE_DIM, "%4zu",
		step + 1);
	for (size_t s = first; s < first + room; s++)
		screen_shade(area, row,
			LABEL_COLUMNS + (int)(s - first) * width, width,
			theme_gate_role((double)values[s] / max));
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	size_t count, at, rows, columns, first_row, first_column;
	int width = 2;

	(void)own;
	if (inspection == NULL || inspection->config.connected == 0 ||
		area.columns <= LABEL_COLUMNS || area.rows < 2)
		return;
	count = inspection->config.connected;
	at = inside->step - inspection->config.connected_first;
	if (at >= count)
		at = 0; /* computed for other steps */
	if ((size_t)(area.columns - LABEL_COLUMNS) < 2 * count)
		width = 1;
	columns = (size_t)((area.columns - LABEL_COLUMNS) / width);
	columns = columns < count ? columns : count;
	rows = (size_t)(area.rows - 1);
	rows = rows < count ? rows : count;
	first_row = inside_first(at, rows, count);
	first_column = inside_first(at, columns, count);
	snprintf(note, PANE_NOTE_SIZE, "output by input");
	screen_print(area, 0, 1, ROLE_DIM, "y\\x");
	for (size_t s = 0; s < columns; s += 5)
		screen_print(area, 0, LABEL_COLUMNS + (int)s * width, ROLE_DIM,
			"%zu",
			inspection->config.connected_first + first_column + s +
				1);
	for (size_t t = 0; t < rows; t++)
		draw_row(inspection, inside, area, (int)t + 1, first_row + t,
			first_column, columns, width);
}

static int
wanted_columns(const struct app *app, int rows, int columns)
{
	const struct inspection *inspection =
		app == NULL ? NULL : inside_inspection(inside_of(app));
	int wanted = 24;

	(void)rows;
	if (inspection != NULL && inspection->config.connected < 40)
		wanted = 2 * (int)inspection->config.connected + 8;
	if (wanted < 24)
		wanted = 24;
	return wanted < columns / 4 ? wanted : columns / 4;
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	(void)columns;
	return 3;
}

static const struct pane_place place = {
	.band = "gates",
	.priority = 15,
	.min = {3, 24},
	.preferred = {10, 24},
	.rows = wanted_rows,
	.columns = wanted_columns,
};

const struct pane inside_connections = {
	.title = "Connections",
	.help = "how far each output depends on each input.",
	.explanation =
		"Row y, column x: how much the output of step y changes "
		"with the input of step x, relative to the largest in the "
		"row. Without memory only the diagonal is left.",
	.place = &place,
	.draw = draw,
};
