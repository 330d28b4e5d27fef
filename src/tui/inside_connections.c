/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How strongly each output depends on each input: a heat map of the outputs'
 * steps by the inputs' steps. Each row is relative to its largest value.
 */
#include <stdio.h>

#include "base/translate.h"
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

/* The inputs that an output depends on most: a step, and its strength. */
struct strongest {
	size_t first, second;
	double first_value, second_value;
};

static struct strongest
find_strongest(const float *values, size_t count)
{
	struct strongest of = {0};

	for (size_t i = 0; i < count; i++) {
		double value = (double)values[i];

		if (value > of.first_value) {
			of.second = of.first;
			of.second_value = of.first_value;
			of.first = i;
			of.first_value = value;
		} else if (value > of.second_value) {
			of.second = i;
			of.second_value = value;
		}
	}
	return of;
}

enum { TITLE_SIZE = 256, TITLES = 3 };

/*
 * Say it of the output at the cursor, from the widest to the narrowest; false:
 * it depends on none.
 */
static bool
write_titles(const struct inspection *inspection, size_t at,
	char title[TITLES][TITLE_SIZE])
{
	size_t count = inspection->config.connected;
	size_t first = inspection->config.connected_first + 1;
	struct strongest of =
		find_strongest(inspection->connectivity + at * count, count);
	size_t y = first + at, x = first + of.first, then = first + of.second;

	if (of.first_value == 0)
		return false;
	if (of.second_value < of.first_value / 100) {
		snprintf(title[0], TITLE_SIZE,
			_("output y%zu depends on the input x%zu alone"), y, x);
		snprintf(title[1], TITLE_SIZE, _("y%zu depends on x%zu alone"),
			y, x);
		snprintf(title[2], TITLE_SIZE, _("y%zu: x%zu alone"), y, x);
		return true;
	}
	snprintf(title[0], TITLE_SIZE,
		_("output y%zu depends most on input x%zu, then on x%zu "
		  "(%.0f %%)"),
		y, x, then, 100 * of.second_value / of.first_value);
	snprintf(title[1], TITLE_SIZE, _("y%zu depends on x%zu, x%zu"), y, x,
		then);
	snprintf(title[2], TITLE_SIZE, "y%zu: x%zu, x%zu", y, x, then);
	return true;
}

/* Say what a row of the map says, in one line. */
static void
draw_title(const struct inspection *inspection, struct area area, size_t at)
{
	char title[TITLES][TITLE_SIZE];
	int i = 0;

	/* computed for other steps, or nothing depends on anything */
	if (at >= inspection->config.connected ||
		!write_titles(inspection, at, title)) {
		screen_print(area, 0, 1, ROLE_LEGEND, _("how y depends on x"));
		return;
	}
	while (i + 1 < TITLES && screen_width(title[i]) + 1 > area.columns)
		i++;
	screen_print(area, 0, 1, ROLE_LEGEND, "%s", title[i]);
}

/* In the free rows below: the scale, and what cannot be seen. */
static void
draw_legend(const struct inspection *inspection, struct area area, int row)
{
	bool carries = false;

	/* apart from the map, where there is room */
	row += row + 2 < area.rows;
	if (row < area.rows &&
		inside_scale_words(area, row, 1, _("none"), _("most in row")) ==
			1)
		inside_scale_words(area, row, 1, _("none"), _("most"));
	for (size_t i = 0; i < inspection->steps && !carries; i++)
		carries = !inspection->step[i].from_zero;
	if (row + 1 < area.rows && !carries)
		screen_print(area, row + 1, 1, ROLE_LEGEND,
			_("only on the same step"));
	else if (row + 1 < area.rows)
		screen_print(area, row + 1, 1, ROLE_LEGEND,
			_("left: earlier inputs"));
}

/* The part of the map that an area has room for. */
struct part {
	int top; /* the row of the inputs */
	int width;
	size_t at; /* the cursor, after connected_first */
	size_t rows, columns, first_row, first_column;
};

/* Return false if there is no map or no room for it. */
static bool
find_part(const struct inside *inside, struct area area, struct part *part)
{
	const struct inspection *inspection = inside_inspection(inside);
	size_t count, at;

	if (inspection == NULL || inspection->config.connected == 0 ||
		area.columns <= LABEL_COLUMNS || area.rows < 2)
		return false;
	count = inspection->config.connected;
	part->at = inside->step - inspection->config.connected_first;
	part->top = area.rows >= FROM_ROWS;
	part->width = CELL_COLUMNS;
	if ((size_t)(area.columns - LABEL_COLUMNS) < CELL_COLUMNS * count)
		part->width = 1;
	part->columns = (size_t)((area.columns - LABEL_COLUMNS) / part->width);
	part->columns = part->columns < count ? part->columns : count;
	part->rows = (size_t)(area.rows - part->top - 1);
	part->rows = part->rows < count ? part->rows : count;
	at = part->at < count ? part->at : 0; /* computed for other steps */
	part->first_row = inside_first(at, part->rows, count);
	part->first_column = inside_first(at, part->columns, count);
	return true;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct part part;

	(void)own;
	(void)note;
	if (!find_part(inside, area, &part))
		return;
	if (part.top > 0)
		draw_title(inspection, area, part.at);
	area.row += part.top;
	area.rows -= part.top;
	draw_inputs(inspection, area, part.first_column, part.columns,
		part.width);
	for (size_t t = 0; t < part.rows; t++)
		draw_row(inspection, inside, area, (int)t + 1,
			part.first_row + t, part.first_column, part.columns,
			part.width);
	draw_legend(inspection, area, (int)part.rows + 1);
}

/* A click on a row moves the cursor to its step. */
static bool
click(struct app *app, struct area area, int row, int column)
{
	struct inside *inside = inside_of(app);
	struct part part;
	size_t at, step;

	(void)column;
	if (!find_part(inside, area, &part) || row <= part.top ||
		(size_t)(row - part.top - 1) >= part.rows)
		return false;
	at = part.first_row + (size_t)(row - part.top - 1);
	step = inside_inspection(inside)->config.connected_first + at;
	inside_move_step(inside, (long)step - (long)inside->step);
	return true;
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
	.title = N_("Connections"),
	.help = N_("how far each output depends on each input."),
	.explanation =
		/* xgettext:no-c-format */
	N_("Row y, column x: how much the output of step y changes "
	   "with the input of step x (the norm of its derivative), "
	   "relative to the largest in the row. On the diagonal is the "
	   "input of the same step, to its left the earlier ones. "
	   "The line above names the two inputs that the output at the "
	   "cursor depends on most, or one alone if the others have "
	   "less than 1 % of it. "
	   "Without memory only the diagonal is left."),
	.place = &place,
	.draw = draw,
	.click = click,
};
