/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of a layer's cells as heat maps side by side, one for each view of
 * the cell: the units are the rows, the steps the columns.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/inside_scale.h"
#include "tui/screen.h"
#include "tui/step_text.h"

enum {
	LABEL_COLUMNS = 6, /* the number of a unit, and the cursor */
	MAPS_MAX = 8,
	WIDE_COLUMNS = 74,   /* of an area with a long note */
	SCALE_FROM_ROWS = 8, /* of an area with a row for the scales */
	AIR_FROM_ROWS = 45,  /* of a screen with a row below them */
	/* of a scale of which only the numbers fit */
	GATE_NUMBERS = 8,
	SIGNED_NUMBERS = 12,
	/* of a value */
	STEP_COLUMNS_MAX = 8,
	UNIT_ROWS_MAX = 3
};

/* A map: a view of a cell, and how it is named. */
struct map {
	const char *view, *name, *gloss;
};

/* The maps in the order of the weights, then the state and the output. */
static const struct {
	const struct cell *cell;
	struct map map[MAPS_MAX];
} maps_of_cells[] = {
	{&cell_lstm,
		{{"i", N_("i input"), N_("write")},
			{"f", N_("f forget"), N_("keep")},
			{"g", N_("g new"), ""},
			{"c", N_("c CELL"), N_("memory")},
			{"o", N_("o output"), N_("show")},
			{"h", N_("h OUT"), ""}}},
	{&cell_gru,
		{{"z", N_("z update"), N_("keep")},
			{"r", N_("r reset"), N_("use")}, {"g", N_("g new"), ""},
			{"h", N_("h OUT"), N_("memory")}}},
	{&cell_rnn, {{"h", N_("h OUT"), N_("memory")}}},
};

/* The sizes of the maps in an area. */
struct geometry {
	const struct map *maps;
	int count;
	int width;     /* of a map */
	int used;      /* columns of the steps */
	int unit_rows; /* of a value */
	/* titles, and what there is room for: scales, the steps' labels */
	int head_rows;
	bool has_scales, has_air; /* between the scales and the values */
	size_t units, steps;      /* shown */
	size_t first_unit, first; /* step */
};

static const struct map *
maps_of(const struct cell *cell, int *count)
{
	size_t i = 0;

	while (i + 1 < sizeof maps_of_cells / sizeof maps_of_cells[0] &&
		maps_of_cells[i].cell != cell)
		i++;
	*count = 0;
	while (maps_of_cells[i].map[*count].view != NULL)
		++*count;
	return maps_of_cells[i].map;
}

static void
measure(const struct app *app, const struct inspection *inspection,
	struct area area, struct geometry *geometry)
{
	const struct inside *inside = inside_of(app);
	size_t units = inspection->model.shape.units[inside->layer];
	int width;

	geometry->maps =
		maps_of(inspection->model.shape.cell, &geometry->count);
	assert(geometry->count > 0 && units > 0);
	/* a gap between two maps */
	width = (area.columns - LABEL_COLUMNS + 1) / geometry->count - 1;
	geometry->width = width > 1 ? width : 1;
	geometry->steps = inspection->steps < (size_t)geometry->width
		? inspection->steps
		: (size_t)geometry->width;
	geometry->used = geometry->width;
	if (geometry->steps < (size_t)geometry->width / STEP_COLUMNS_MAX)
		geometry->used = STEP_COLUMNS_MAX * (int)geometry->steps;
	geometry->has_scales = area.rows >= SCALE_FROM_ROWS;
	geometry->has_air = app_is_text(app);
	geometry->head_rows =
		1 + geometry->has_scales + (app_is_text(app) ? 1 : 0);
	/* a row between the scales and the values, if there is one more */
	if (geometry->has_scales && !app_is_text(app) &&
		area.rows > geometry->head_rows &&
		(size_t)(area.rows - geometry->head_rows) > units) {
		geometry->head_rows++;
		geometry->has_air = true;
	}
	geometry->units = area.rows > geometry->head_rows
		? (size_t)(area.rows - geometry->head_rows)
		: 1;
	if (geometry->units > units)
		geometry->units = units;
	geometry->unit_rows =
		(area.rows - geometry->head_rows) / (int)geometry->units;
	if (geometry->unit_rows > UNIT_ROWS_MAX)
		geometry->unit_rows = UNIT_ROWS_MAX;
	if (geometry->unit_rows < 1)
		geometry->unit_rows = 1;
	geometry->first_unit =
		inside_first(inside->unit, geometry->units, units);
	geometry->first =
		inside_first(inside->step, geometry->steps, inspection->steps);
}

/* The first column of the t-th shown step. */
static int
step_column(const struct geometry *geometry, size_t t)
{
	return (int)(t * (size_t)geometry->used / geometry->steps);
}

void
inside_gates_measure(const struct app *app, struct area area, size_t *units,
	size_t *steps)
{
	const struct inspection *inspection = inside_inspection(inside_of(app));
	struct geometry geometry;

	if (inspection == NULL)
		return;
	measure(app, inspection, area, &geometry);
	*units = geometry.units;
	*steps = geometry.steps;
}

/* The largest value of a view's scale; 0: a gate, from 0 to 1. */
static double
scale_of(const struct inside *inside, const struct inspection *inspection,
	size_t view)
{
	const struct cell_view *of = &inspection->model.shape.cell->views[view];

	/* g is a candidate from -1 to 1, not a gate */
	if (of->of == CELL_GATE && strcmp(of->name, "g") != 0)
		return 0;
	return of->of == CELL_STATE ? inside->cell_scale[inside->layer] : 1;
}

/* Print the characters that the steps read. */
static void
draw_tokens(const struct app *app, const struct inspection *inspection,
	const struct geometry *geometry, struct area area)
{
	for (size_t t = 0; t < geometry->steps; t++) {
		size_t step = geometry->first + t;
		char text[STEP_TEXT_SIZE];
		int at = step_column(geometry, t);
		struct area cell = area;

		step_text_token(text, app,
			inspection_input_token(inspection, step));
		text[strlen(text) - 1] = '\0';
		cell.columns = step_column(geometry, t + 1);
		screen_print(cell, geometry->head_rows - 1, at,
			step == inside_of(app)->step ? ROLE_SELECTED
						     : ROLE_DATA,
			"%s",
			text[1] == '\\' && cell.columns - at < 2 ? "_"
								 : text + 1);
	}
}

/* Shades that touch the values would look like values: then numbers alone. */
static void
draw_map_scale(const struct geometry *geometry, const struct map *map,
	double scale, struct area area)
{
	int max = scale > 0 ? SIGNED_NUMBERS : GATE_NUMBERS;

	if (!geometry->has_air && area.columns > max)
		area.columns = max;
	if (strcmp(map->view, "c") == 0)
		inside_scale_more(area, 1, 0, scale);
	else if (scale > 0)
		inside_scale_signed(area, 1, 0, scale);
	else
		inside_scale_gate(area, 1, 0);
}

static void
draw_head(const struct app *app, const struct inspection *inspection,
	const struct geometry *geometry, const struct map *map, double scale,
	struct area area)
{
	bool is_narrow = screen_width(_(map->name)) > area.columns;
	int column = screen_print(area, 0, 0, ROLE_BRIGHT, "%s",
		is_narrow ? map->view : _(map->name));

	if (!is_narrow && map->gloss[0] != '\0' &&
		column + 1 + screen_width(_(map->gloss)) <= area.columns)
		screen_print(area, 0, column + 1, ROLE_DIM, "%s",
			_(map->gloss));
	if (geometry->has_scales)
		draw_map_scale(geometry, map, scale, area);
	if (app_is_text(app))
		draw_tokens(app, inspection, geometry, area);
}

/* Draw a value in all its cells of the screen. */
static void
draw_value(struct area area, int row, int rows, int column, int width,
	bool is_marked, enum screen_role role)
{
	for (int i = 0; i < rows; i++)
		if (is_marked)
			screen_shade_marked(area, row + i, column, width, role);
		else
			screen_shade(area, row + i, column, width, role);
}

static void
draw_map(const struct app *app, const struct inspection *inspection,
	const struct geometry *geometry, const struct map *map,
	struct area area)
{
	const struct inside *inside = inside_of(app);
	size_t view = inspection_view(inspection, map->view);
	double scale = scale_of(inside, inspection, view);

	draw_head(app, inspection, geometry, map, scale, area);
	for (size_t t = 0; t < geometry->steps; t++) {
		size_t step = geometry->first + t;
		const float *values = inspection_values(inspection,
			inside->layer, view, step);
		int column = step_column(geometry, t);
		int width = step_column(geometry, t + 1) - column;

		for (size_t u = 0; u < geometry->units; u++) {
			size_t unit = geometry->first_unit + u;
			bool is_marked =
				step == inside->step && unit == inside->unit;
			int row = geometry->head_rows +
				(int)u * geometry->unit_rows;
			double value = (double)values[unit];

			draw_value(area, row, geometry->unit_rows, column,
				width, is_marked,
				scale > 0 ? theme_signed_role(value, scale)
					  : theme_gate_role(value));
		}
	}
}

static void
draw_labels(const struct inside *inside, const struct geometry *geometry,
	struct area area)
{
	for (size_t u = 0; u < geometry->units; u++) {
		size_t unit = geometry->first_unit + u;
		bool is_current = unit == inside->unit;
		int row = geometry->head_rows + (int)u * geometry->unit_rows;

		if (is_current)
			screen_print(area, row, 0, ROLE_MODEL, "%s",
				screen_signs()->more);
		screen_print(area, row, 1, is_current ? ROLE_BRIGHT : ROLE_DIM,
			"%4zu", unit + 1);
	}
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct geometry geometry;
	size_t units;

	(void)own;
	if (inspection == NULL)
		return;
	measure(app, inspection, area, &geometry);
	units = inspection->model.shape.units[inside->layer];
	snprintf(note, PANE_NOTE_SIZE,
		area.columns >= WIDE_COLUMNS
			? _("rows: units %zu-%zu of %zu, "
			    "columns: steps %zu-%zu of %zu")
			: _("units %zu-%zu of %zu, steps %zu-%zu of %zu"),
		geometry.first_unit + 1, geometry.first_unit + geometry.units,
		units, geometry.first + 1, geometry.first + geometry.steps,
		inspection->steps);
	draw_labels(inside, &geometry, area);
	for (int i = 0; i < geometry.count; i++) {
		struct area part = area;

		part.column += LABEL_COLUMNS + i * (geometry.width + 1);
		part.columns = geometry.width;
		draw_map(app, inspection, &geometry, &geometry.maps[i], part);
	}
}

/* Store the step in a column of the maps; false: there is none. */
static bool
find_step(const struct geometry *geometry, int column, size_t *step)
{
	int at = (column - LABEL_COLUMNS) % (geometry->width + 1);
	size_t t = 0;

	if (column < LABEL_COLUMNS ||
		column >=
			LABEL_COLUMNS + geometry->count * (geometry->width + 1))
		return false;
	while (t < geometry->steps && step_column(geometry, t + 1) <= at)
		t++;
	*step = geometry->first + t;
	return t < geometry->steps;
}

/* Move the cursor to a value, or to a unit. */
static bool
click(struct app *app, struct area area, int row, int column)
{
	struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct geometry geometry;
	size_t step, unit;

	if (inspection == NULL)
		return false;
	measure(app, inspection, area, &geometry);
	unit = (size_t)((row - geometry.head_rows) / geometry.unit_rows);
	if (row < geometry.head_rows || unit >= geometry.units)
		return false;
	unit += geometry.first_unit;
	if (find_step(&geometry, column, &step))
		inside_move_step(inside, (long)step - (long)inside->step);
	else if (column >= LABEL_COLUMNS)
		return false;
	inside_move_unit(inside, (long)unit - (long)inside->unit);
	return true;
}

/* Go through the units, or through the steps if all units are shown. */
static void
wheel(struct app *app, struct area area, int by)
{
	struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct geometry geometry;

	if (inspection == NULL)
		return;
	measure(app, inspection, area, &geometry);
	if (geometry.units < inspection->model.shape.units[inside->layer])
		inside_move_unit(inside, by);
	else
		inside_move_step(inside, by);
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	const struct inspection *inspection =
		app == NULL ? NULL : inside_inspection(inside_of(app));
	size_t units = 10, max = (size_t)(rows > 5 ? rows / 2 : 5);

	(void)columns;
	if (inspection != NULL)
		units = inspection->model.shape.units[inside_of(app)->layer];
	if (units > max)
		units = max;
	/* the box, the titles, the scales, and the steps' labels or air */
	return (int)units + 4 +
		(app != NULL && (app_is_text(app) || rows >= AIR_FROM_ROWS));
}

static const struct pane_place place = {
	.priority = 40,
	.band = "gates",
	.min = {3, 60},
	.preferred = {13, 60},
	.rows = wanted_rows,
};

const struct pane inside_gates = {
	.title = N_("Gates and cells"),
	.help = N_("units are rows, steps are columns."),
	.explanation =
		N_("Each row is a unit, each column a step. Forget, input "
		   "and output gates are brighter the more they are open; "
		   "the new value, the cell and the output have a colour for "
		   "each sign and are brighter the larger they are. The scale "
		   "of each map is above it; larger values have its last "
		   "shade. The brackets, or in a narrow cell a dot, are the "
		   "cursor."),
	.place = &place,
	.draw = draw,
	.click = click,
	.wheel = wheel,
};
