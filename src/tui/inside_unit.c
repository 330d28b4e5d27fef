/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The unit under the cursor: the equation of its cell at the cursor's step with
 * its numbers, its memory over the steps, and all its values.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/app.h"
#include "tui/climb.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/screen.h"

enum {
	VALUE_COLUMNS = 7,
	WIDE_COLUMNS = 108,  /* of the formulas and their numbers */
	OUTPUT_COLUMNS = 27, /* of the numbers of h */
	LABEL_SIZE = 96
};

/* The values of one unit. */
struct unit {
	const struct inspection *inspection;
	size_t layer, unit;
};

static double
value(const struct unit *unit, const char *view, size_t step)
{
	const struct inspection *inspection = unit->inspection;

	return (double)inspection_values(inspection, unit->layer,
		inspection_view(inspection, view), step)[unit->unit];
}

/* The same at the step before; 0 if the step starts from zero state. */
static double
value_before(const struct unit *unit, const char *view, size_t step)
{
	return unit->inspection->step[step].from_zero
		? 0
		: value(unit, view, step - 1);
}

/* The view that is carried to the next step. */
static const char *
memory_of(const struct inspection *inspection)
{
	return inspection->model.shape.cell->has_cell_state ? "c" : "h";
}

static int
print_value(struct area area, int row, int column, enum screen_role role,
	double number)
{
	char text[NUMBER_TEXT_SIZE];

	return screen_print(area, row, column, role, "%s",
		number_fixed(text, number, 2));
}

/* Print "0.88 * 1.26"; return the next column. */
static int
print_product(struct area area, int row, int column, enum screen_role role,
	double factor, double other)
{
	column = print_value(area, row, column, role, factor);
	column = screen_print(area, row, column, ROLE_NORMAL, " %s ",
		screen_signs()->times_dot);
	return print_value(area, row, column, ROLE_NORMAL, other);
}

/* Print a formula, which is UTF-8: the letters of gates are marked. */
static int
print_formula(struct area area, int row, int column, const char *formula,
	const char *gates)
{
	while (*formula != '\0') {
		uint32_t character;
		size_t size = utf8_decode(formula, strlen(formula), &character);
		bool is_word = formula[size] >= 'a' && formula[size] <= 'z';
		bool is_gate = strchr(gates, *formula) != NULL && !is_word;

		if (*formula == '*')
			column = screen_print(area, row, column, ROLE_NORMAL,
				"%s", screen_signs()->times_dot);
		else
			column = screen_print(area, row, column,
				is_gate ? ROLE_GATE : ROLE_NORMAL, "%.*s",
				(int)size, formula);
		formula += size;
	}
	return column;
}

static int
print_result(struct area area, int row, int column, double result)
{
	column = screen_print(area, row, column, ROLE_NORMAL, " = ");
	return print_value(area, row, column, ROLE_MODEL, result);
}

static void
draw_lstm(const struct unit *unit, struct area area, size_t t)
{
	double c = value(unit, "c", t);
	int column = screen_print(area, 0, 1, ROLE_BRIGHT, "c");
	bool is_wide = area.columns >= WIDE_COLUMNS;

	column = is_wide ? print_formula(area, 0, column,
				   _(" = f * c before + i * g = "), "fi")
			 : print_formula(area, 0, column, " = ", "");
	column = print_product(area, 0, column, ROLE_GATE, value(unit, "f", t),
		value_before(unit, "c", t));
	column = screen_print(area, 0, column, ROLE_NORMAL, " + ");
	column = print_product(area, 0, column, ROLE_GATE, value(unit, "i", t),
		value(unit, "g", t));
	column = print_result(area, 0, column, c);
	if (column + OUTPUT_COLUMNS > area.columns)
		return;
	column = screen_print(area, 0, column + (is_wide ? 4 : 2), ROLE_BRIGHT,
		"h");
	column = is_wide
		? print_formula(area, 0, column, " = o * tanh c = ", "o")
		: print_formula(area, 0, column, " = ", "");
	column = print_product(area, 0, column, ROLE_GATE, value(unit, "o", t),
		tanh(c));
	print_result(area, 0, column, value(unit, "h", t));
}

static void
draw_gru(const struct unit *unit, struct area area, size_t t)
{
	double z = value(unit, "z", t);
	int column = screen_print(area, 0, 1, ROLE_BRIGHT, "h");

	if (area.columns >= 80)
		column = print_formula(area, 0, column,
			_(" = z * h before + (1 - z) * g"), "z");
	column = screen_print(area, 0, column, ROLE_NORMAL, " = ");
	column = print_product(area, 0, column, ROLE_GATE, z,
		value_before(unit, "h", t));
	column = screen_print(area, 0, column, ROLE_NORMAL, " + ");
	column = print_product(area, 0, column, ROLE_GATE, 1 - z,
		value(unit, "g", t));
	column = print_result(area, 0, column, value(unit, "h", t));
	column = screen_print(area, 0, column + 3, ROLE_GATE, "r");
	print_result(area, 0, column, value(unit, "r", t));
}

static void
draw_rnn(const struct unit *unit, struct area area, size_t t)
{
	double h = value(unit, "h", t);
	int column = screen_print(area, 0, 1, ROLE_BRIGHT, "h");

	if (area.columns >= 70)
		column = screen_print(area, 0, column, ROLE_NORMAL,
			_(" = tanh (x W + h before R + b)"));
	column = screen_print(area, 0, column, ROLE_NORMAL, _(" = tanh "));
	column = print_value(area, 0, column, ROLE_NORMAL, atanh(h));
	print_result(area, 0, column, h);
}

static void
draw_equation(const struct unit *unit, struct area area, size_t step)
{
	const struct cell *cell = unit->inspection->model.shape.cell;

	if (cell == &cell_lstm)
		draw_lstm(unit, area, step);
	else if (cell == &cell_gru)
		draw_gru(unit, area, step);
	else
		draw_rnn(unit, area, step);
}

/* The smallest change of a memory that climbs or falls at each step, or 0. */
static double
memory_step(const struct unit *unit)
{
	const struct inspection *inspection = unit->inspection;
	struct climb climb = {.count = 0};

	for (size_t t = 0; t < inspection->steps; t++) {
		if (t > 0 && inspection->step[t].from_zero)
			return 0;
		climb_add(&climb, value(unit, memory_of(inspection), t));
	}
	return climb_step(&climb);
}

/* What was measured of the unit's memory. */
static const char *
remark(const struct unit *unit, size_t step)
{
	const struct inspection *inspection = unit->inspection;

	if (inspection->step[step].from_zero && inspection->config.no_memory)
		return _("memory cut: it starts empty");
	if (inspection->step[step].from_zero)
		return _("starts empty: nothing to forget");
	if (memory_step(unit) > 0)
		return _("climbs at each step: it counts");
	if (memory_step(unit) < 0)
		return _("falls at each step: it counts");
	return "";
}

static int
draw_spark(const struct unit *unit, struct area area, int column, size_t first,
	size_t count)
{
	const char *view = memory_of(unit->inspection);
	double min = INFINITY, max = -INFINITY;

	for (size_t t = first; t < first + count; t++) {
		min = fmin(min, value(unit, view, t));
		max = fmax(max, value(unit, view, t));
	}
	for (size_t t = first; t < first + count && max > min; t++) {
		double part = (value(unit, view, t) - min) / (max - min);

		column = screen_print(area, 1, column, ROLE_MODEL, "%s",
			screen_signs()->level[number_int(part * 7)]);
	}
	return column;
}

/* Write "cell at steps 1-9". */
static void
write_label(const struct inspection *inspection, size_t first, size_t last,
	char label[LABEL_SIZE])
{
	snprintf(label, LABEL_SIZE, _("%s at steps %zu-%zu"),
		memory_of(inspection)[0] == 'c' ? _("cell") : "h", first, last);
}

/* The memory over the steps around the cursor, and what was measured. */
static void
draw_memory(const struct unit *unit, struct area area, size_t step)
{
	const struct inspection *inspection = unit->inspection;
	const char *view = memory_of(inspection), *text = remark(unit, step);
	size_t steps = inspection->steps, first, room;
	char label[LABEL_SIZE];
	int column;

	/* the widest label, so that the numbers have the same columns always */
	write_label(inspection, steps, steps, label);
	column = 3 + screen_width(label);

	/* a bar and a number for each step */
	room = area.columns > column + 2
		? (size_t)((area.columns - column - 2) / VALUE_COLUMNS)
		: 0;
	if (room > steps)
		room = steps;
	first = inside_first(step, room, steps);
	write_label(inspection, first + 1, first + room, label);
	screen_print(area, 1, 1, ROLE_DIM, "%s", label);
	column = draw_spark(unit, area, column, first, room) + 2;
	for (size_t t = first; t < first + room; t++)
		column = print_value(area, 1, column,
				 t == step ? ROLE_BRIGHT : ROLE_NORMAL,
				 value(unit, view, t)) +
			1;
	if (column + 2 + screen_width(text) <= area.columns)
		screen_print(area, 1, column + 2, ROLE_DIM, "%s", text);
	else if (area.rows > 2)
		screen_print(area, 2, 1, ROLE_DIM, "%s", text);
}

/* All values of the unit, a row for each view. */
static void
draw_values(const struct unit *unit, struct area area, size_t step)
{
	const struct inspection *inspection = unit->inspection;
	const struct cell_view *views = inspection->model.shape.cell->views;
	size_t steps = inspection->steps, first;
	size_t room = (size_t)((area.columns - 4) / VALUE_COLUMNS);

	if (room > steps)
		room = steps;
	first = inside_first(step, room, steps);
	screen_print(area, 0, 1, ROLE_DIM, _("step"));
	for (size_t t = first; t < first + room; t++)
		screen_print(area, 0, 5 + (int)(t - first) * VALUE_COLUMNS,
			t == step ? ROLE_SELECTED : ROLE_DIM, "%5zu", t + 1);
	for (size_t v = 0; v < inspection->views; v++) {
		int row = (int)v + 1;

		screen_print(area, row, 1, ROLE_BRIGHT, "%s", views[v].name);
		for (size_t t = first; t < first + room; t++) {
			char text[NUMBER_TEXT_SIZE];

			number_fixed(text, value(unit, views[v].name, t), 3);
			screen_print(area, row,
				4 + (int)(t - first) * VALUE_COLUMNS,
				views[v].of != CELL_GATE ? ROLE_MODEL
							 : ROLE_NORMAL,
				"%6s", text);
		}
	}
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct unit unit = {inside_inspection(inside), inside->layer,
		inside->unit};

	(void)own;
	if (unit.inspection == NULL)
		return;
	snprintf(note, PANE_NOTE_SIZE, _("unit %zu at step %zu"),
		inside->unit + 1, inside->step + 1);
	draw_equation(&unit, area, inside->step);
	if (area.rows > 1)
		draw_memory(&unit, area, inside->step);
	if (area.rows > 5) {
		area.row += 4;
		area.rows -= 4;
		draw_values(&unit, area, inside->step);
	}
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	(void)columns;
	return 4;
}

static const struct pane_place place = {
	.priority = 25,
	.screen_min = {16, 0},
	.min = {4, 30},
	.preferred = {4, 60},
	.rows = wanted_rows,
};

const struct pane inside_unit = {
	.title = N_("Unit"),
	.help = N_("the equation of the marked unit, in numbers."),
	.explanation =
		N_("The equation of the marked unit at the marked step with "
		   "its numbers, then its cell at the steps around it, as bars "
		   "from the least to the greatest and as numbers. Enter shows "
		   "all its values."),
	.place = &place,
	.draw = draw,
};

static bool
is_opened(const struct app *app)
{
	const char *zoom = app->view.zoom;

	return zoom != NULL && strcmp(zoom, inside_numbers.title) == 0;
}

static const struct pane_place numbers_place = {.min = {3, 16}};

/* The same, with all values; shown alone. */
const struct pane inside_numbers = {
	.title = N_("Numbers"),
	.help = N_("all values of the marked unit."),
	.place = &numbers_place,
	.is_shown = is_opened,
	.draw = draw,
};
