/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How strongly each output depends on each input: a heat map of the outputs'
 * steps by the inputs' steps. Each row is relative to its largest value.
 */
#include <stdio.h>

#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/inside_scale.h"
#include "tui/screen.h"

enum {
	LABEL_COLUMNS = 6,
	FROM_ROWS = 5, /* of an area with the head */
	CELL_COLUMNS = 2
};

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

	char label[32];

	snprintf(label, sizeof label, "y%zu", step + 1);
	screen_print(area, row, 0,
		step == inside->step ? ROLE_BRIGHT : ROLE_DIM, "%5s", label);
	for (size_t s = first; s < first + room; s++)
		screen_shade(area, row,
			LABEL_COLUMNS + (int)(s - first) * width, width,
			theme_gate_role((double)values[s] / max));
}

/* Label every fifth input. */
static void
draw_inputs(const struct inspection *inspection, struct area area, size_t first,
	size_t count, int width)
{
	for (size_t s = 0; s < count; s += 5) {
		int column = LABEL_COLUMNS + (int)s * width;
		char label[32];

		snprintf(label, sizeof label, "x%zu",
			inspection->config.connected_first + first + s + 1);
		if (column + screen_width(label) <= area.columns)
			screen_print(area, 0, column, ROLE_DIM, "%s", label);
	}
}

/* Say what a cell of the map is, in one line. */
static void
draw_title(struct area area)
{
	static const char *const titles[] = {
		"how strongly the output y of a step depends on an input x",
		"how output y depends on x",
		"how y depends on x",
	};
	size_t i = 0;

	while (i + 1 < sizeof titles / sizeof titles[0] &&
		screen_width(titles[i]) + 1 > area.columns)
		i++;
	screen_print(area, 0, 1, ROLE_LEGEND, "%s", titles[i]);
}

/* In the free rows below: the scale, and what cannot be seen. */
static void
draw_legend(const struct inspection *inspection, struct area area, int row)
{
	bool carries = false;

	if (row < area.rows)
		inside_scale_words(area, row, 1, "not", "most in row");
	for (size_t i = 0; i < inspection->steps && !carries; i++)
		carries = !inspection->step[i].from_zero;
	if (row + 1 < area.rows && !carries)
		screen_print(area, row + 1, 1, ROLE_LEGEND,
			"only on the same step");
	else if (row + 1 < area.rows)
		screen_print(area, row + 1, 1, ROLE_LEGEND,
			"left: earlier inputs");
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	size_t count, at, rows, columns, first_row, first_column;
	int width = CELL_COLUMNS;

	(void)own;
	(void)note;
	if (inspection == NULL || inspection->config.connected == 0 ||
		area.columns <= LABEL_COLUMNS || area.rows < 2)
		return;
	if (area.rows >= FROM_ROWS) {
		draw_title(area);
		area.row++;
		area.rows--;
	}
	count = inspection->config.connected;
	at = inside->step - inspection->config.connected_first;
	if (at >= count)
		at = 0; /* computed for other steps */
	if ((size_t)(area.columns - LABEL_COLUMNS) < CELL_COLUMNS * count)
		width = 1;
	columns = (size_t)((area.columns - LABEL_COLUMNS) / width);
	columns = columns < count ? columns : count;
	rows = (size_t)(area.rows - 1);
	rows = rows < count ? rows : count;
	first_row = inside_first(at, rows, count);
	first_column = inside_first(at, columns, count);
	draw_inputs(inspection, area, first_column, columns, width);
	for (size_t t = 0; t < rows; t++)
		draw_row(inspection, inside, area, (int)t + 1, first_row + t,
			first_column, columns, width);
	draw_legend(inspection, area, (int)rows + 1);
}

static int
wanted_columns(const struct app *app, int rows, int columns)
{
	const struct inspection *inspection =
		app == NULL ? NULL : inside_inspection(inside_of(app));
	int wanted = 24, max;

	(void)rows;
	if (inspection != NULL && inspection->config.connected < 40)
		wanted = CELL_COLUMNS * (int)inspection->config.connected +
			LABEL_COLUMNS + 2;
	if (wanted < 24)
		wanted = 24;
	max = app != NULL && app_is_text(app) ? columns / 5 : columns / 4;
	return wanted < max ? wanted : max;
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
		"with the input of step x (the norm of its derivative), "
		"relative to the largest in the row. On the diagonal is the "
		"input of the same step, to its left the earlier ones. "
		"Without memory only the diagonal is left.",
	.place = &place,
	.draw = draw,
};
