/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/inside_parameters.h"

#include <assert.h>
#include <string.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_scale.h"
#include "tui/screen.h"

enum {
	LABELS = 3, /* of the rows */
	/* below the parameters, in an area of enough rows */
	LEGEND_ROWS = 2,
	LEGEND_FROM_ROWS = 8,
	/* columns between the gates and the dense layer, with a line */
	DENSE_GAP = 3,
	DENSE_GAP_MIN = 1,
	SCALE_COLUMNS = 22 /* of the scale behind its words */
};

/* The labels of the rows, from the widest set to the narrowest. */
static const struct labels {
	const char *input, *state, *bias;
	int columns;
} labels[LABELS] = {
	{N_("from input x"), N_("state before"), N_("bias"), 14},
	{N_("input x"), N_("state h"), N_("bias"), 9},
	{"x", "h", N_("bias"), 5},
};

/* A column of numbers to shade: `stride` floats from one row to the next. */
struct strip {
	const float *at;
	size_t stride, rows;
};

/* The rows of a layer that are shown. */
struct rows {
	size_t inputs, first_input;
	size_t units, first_unit; /* rows of the recurrent kernel */
	size_t biases;
	size_t columns, first_column; /* units of each gate */
	size_t stride;                /* columns from a gate to the next */
	const struct labels *labels;
};

static const char *const gate_names[][5] = {
	{N_("i input"), N_("f forget"), N_("g new"), N_("o output"), NULL},
	{N_("z update"), N_("r reset"), N_("g new"), NULL},
	{N_("h out"), NULL},
};

static const char *
gate_name(const struct cell *cell, size_t gate)
{
	return _(gate_names[cell == &cell_lstm ? 0
			: cell == &cell_gru    ? 1
					       : 2][gate]);
}

/* The tensor of a layer with this role; the dense layer has its own. */
static const struct tensor *
find_tensor(const struct model *model, size_t layer, enum tensor_role role)
{
	const struct tensor *tensor = model->parameters.tensor;
	const struct tensor *end = tensor + model->parameters.tensors;
	size_t seen = 0;

	while (tensor < end &&
		(tensor->role != role ||
			(role < TENSOR_DENSE_KERNEL && seen++ != layer)))
		tensor++;
	assert(tensor < end);
	return tensor;
}

static void
draw_one(const struct inside_values *values, struct area area, int row,
	int column, float value)
{
	if (values->has_hatches && value == 0.0f)
		screen_print(area, row, column, ROLE_DIM, "%s",
			screen_signs()->hatch);
	else
		screen_shade(area, row, column, 1,
			theme_signed_role((double)value, values->scale));
}

static void
draw_two(const struct inside_values *values, struct area area, int row,
	int column, float upper, float lower)
{
	if (values->has_hatches && upper == 0.0f && lower == 0.0f)
		screen_print(area, row, column, ROLE_DIM, "%s",
			screen_signs()->hatch);
	else
		screen_halves(area, row, column,
			theme_signed_role((double)upper, values->scale),
			theme_signed_role((double)lower, values->scale));
}

/* Draw a strip from a row of half cells, or of cells, on. */
static void
draw_strip(const struct inside_values *values, struct area area, size_t row,
	int column, const struct strip *strip)
{
	for (size_t i = 0; i < strip->rows;) {
		float value = strip->at[i * strip->stride];

		if (!screen_has_halves()) {
			draw_one(values, area, (int)(row + i), column, value);
			i++;
			continue;
		}
		draw_two(values, area, (int)(row + i) / 2, column, value,
			i + 1 < strip->rows ? strip->at[(i + 1) * strip->stride]
					    : value);
		i += 2;
	}
}

/* Rows of cells, or of half cells, of a strip; it begins at a whole cell. */
static size_t
room_of(size_t rows)
{
	return screen_has_halves() ? (rows + 1) / 2 * 2 : rows;
}

static size_t
min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Return the columns of the labels, which may be wider in other languages. */
static int
columns_of(const struct labels *set)
{
	const char *const texts[] = {set->input, set->state, set->bias};
	int columns = set->columns;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		int width = screen_width(_(texts[i])) + 1;

		columns = width > columns ? width : columns;
	}
	return columns;
}

/* Choose the widest labels that leave room for all parameters. */
static const struct labels *
choose_labels(const struct model *model, size_t layer, struct area area)
{
	size_t outputs = find_tensor(model, 0, TENSOR_DENSE_KERNEL)->rows + 2 +
		DENSE_GAP_MIN;
	size_t width = model->shape.units[layer] * model->shape.cell->gates;
	int i = 0;

	while (i + 1 < LABELS &&
		(size_t)columns_of(&labels[i]) + width + outputs >
			(size_t)area.columns)
		i++;
	return &labels[i];
}

/* Choose the rows and columns to show around the cursor. */
static void
choose_rows(const struct app *app, const struct inspection *inspection,
	struct area area, struct rows *rows)
{
	const struct inside *inside = inside_of(app);
	const struct model *model = &inspection->model;
	const struct cell *cell = model->shape.cell;
	size_t units = model->shape.units[inside->layer], width;
	size_t inputs = find_tensor(model, inside->layer, TENSOR_KERNEL)->rows;
	size_t room = (size_t)(area.rows > 1 ? area.rows - 1 : 0), token = 0;

	room *= screen_has_halves() ? 2 : 1;
	rows->biases = cell->bias_rows > 0 ? cell->bias_rows : 1;
	room -= min(room, room_of(rows->biases));
	rows->units = min(units, room - min(room, room_of(min(inputs, 4))));
	if (rows->units < units && rows->units % 2 == 1 && screen_has_halves())
		rows->units--;
	rows->inputs = min(inputs, room - min(room, room_of(rows->units)));
	if (inspection->tokens != NULL && inside->layer == 0)
		token = inspection_input_token(inspection, inside->step);
	rows->first_input = inside_first(token, rows->inputs, inputs);
	rows->first_unit = inside_first(inside->unit, rows->units, units);
	rows->labels = choose_labels(model, inside->layer, area);
	width = area.columns > columns_of(rows->labels)
		? (size_t)(area.columns - columns_of(rows->labels))
		: 0;
	rows->columns =
		width > cell->gates ? min(units, width / cell->gates) : 1;
	/* a gap between the gates, if it costs no units */
	rows->stride = rows->columns;
	if ((units + 1) * (cell->gates + 1) + 2 <= width)
		rows->stride++;
	rows->first_column = inside_first(inside->unit, rows->columns, units);
}

static void
draw_label(struct area area, size_t row, size_t rows, const char *label)
{
	int at = (int)(row + rows / 2);

	if (rows > 0)
		screen_print(area, screen_has_halves() ? at / 2 : at, 0,
			ROLE_DIM, "%s", label);
}

/* Draw a tensor of the layer, all gates; return the row after it. */
static size_t
draw_tensor(const struct inside_values *values, struct area area,
	const struct tensor *tensor, const struct rows *rows, size_t row,
	size_t first, size_t count)
{
	size_t units = tensor->columns > 0 ? tensor->columns / tensor->gates
					   : tensor->size / tensor->gates;
	size_t stride = units * tensor->gates;

	for (size_t gate = 0; gate < tensor->gates; gate++)
		for (size_t u = 0; u < rows->columns; u++) {
			struct strip strip = {values->at + tensor->offset +
					first * stride + gate * units +
					rows->first_column + u,
				stride, count};

			draw_strip(values, area, row,
				columns_of(rows->labels) +
					(int)(gate * rows->stride + u),
				&strip);
		}
	return row + room_of(count);
}

static void
draw_layer(const struct inside_values *values,
	const struct inspection *inspection, size_t layer,
	const struct rows *rows, struct area area)
{
	const struct model *model = &inspection->model;
	const struct cell *cell = model->shape.cell;
	struct area body = area;
	size_t row = 0, next;

	for (size_t gate = 0; gate < cell->gates; gate++) {
		const char *name = gate_name(cell, gate);

		/* in little room the letter alone */
		screen_print(area, 0,
			columns_of(rows->labels) + (int)(gate * rows->stride),
			ROLE_DIM, "%.*s",
			strlen(name) < rows->stride ? (int)strlen(name) : 1,
			name);
	}
	body.row++;
	body.rows--;
	next = draw_tensor(values, body,
		find_tensor(model, layer, TENSOR_KERNEL), rows, row,
		rows->first_input, rows->inputs);
	draw_label(body, row, rows->inputs, _(rows->labels->input));
	row = next;
	next = draw_tensor(values, body,
		find_tensor(model, layer, TENSOR_RECURRENT), rows, row,
		rows->first_unit, rows->units);
	draw_label(body, row, rows->units, _(rows->labels->state));
	draw_tensor(values, body, find_tensor(model, layer, TENSOR_BIAS), rows,
		next, 0, rows->biases);
	draw_label(body, next, rows->biases, _(rows->labels->bias));
}

/*
 * Draw the dense layer, transposed: an output is a row. A line separates it
 * from the gates, which end before the column.
 */
static void
draw_dense(const struct inside_values *values,
	const struct inspection *inspection, struct area area, int column)
{
	const struct model *model = &inspection->model;
	const struct tensor *kernel =
		find_tensor(model, 0, TENSOR_DENSE_KERNEL);
	const struct tensor *bias = find_tensor(model, 0, TENSOR_DENSE_BIAS);
	size_t room = (size_t)(area.rows > 1 ? area.rows - 1 : 0);
	size_t count =
		min(kernel->columns, room * (screen_has_halves() ? 2 : 1));
	static const char *const names[] = {N_("rows: y"), N_("columns: h"),
		N_("last: bias")};
	struct area body = area;
	int row, width = (int)kernel->rows + 2, gap = DENSE_GAP;

	if (column + gap + width > area.columns)
		gap = DENSE_GAP_MIN;
	if (column + gap + width > area.columns)
		return;
	for (int i = 0; i < area.rows; i++)
		screen_print(area, i, column + gap / 2, ROLE_DIM, "%s",
			screen_signs()->rule);
	column += gap;
	screen_print(area, 0, column, ROLE_DIM, "%s",
		column + screen_width(_("dense layer")) <= area.columns
			? _("dense layer")
			: _("dense"));
	body.row++;
	body.rows--;
	for (size_t u = 0; u < kernel->rows; u++) {
		struct strip strip = {values->at + kernel->offset +
				u * kernel->columns,
			1, count};

		draw_strip(values, body, 0, column + (int)u, &strip);
	}
	draw_strip(values, body, 0, column + (int)kernel->rows + 1,
		&(struct strip){values->at + bias->offset, 1, count});
	row = screen_has_halves() ? (int)(count + 1) / 2 : (int)count;
	for (int i = 0; i < 3 && row + i < body.rows &&
		column + screen_width(_(names[i])) <= area.columns;
		i++)
		screen_print(body, row + i, column, ROLE_DIM, "%s",
			_(names[i]));
}

/* Choose the longer words if they and `more` columns fit. */
static const char *
choose_words(const char *const words[2], int columns, int more)
{
	return words[screen_width(words[0]) + more > columns];
}

/* Say what the values are, with their scale, and what a hatch means. */
static void
draw_legend(const struct inside_values *values, struct area area, int row)
{
	int column = screen_print(area, row, 1, ROLE_LEGEND, "%s",
		choose_words(values->meaning, area.columns, SCALE_COLUMNS));

	inside_scale_signed(area, row, column + 2, values->scale);
	column = 1;
	if (values->has_hatches)
		column = screen_print(area, row + 1, column, ROLE_DIM, "%s ",
			screen_signs()->hatch);
	screen_print(area, row + 1, column, ROLE_LEGEND, "%s",
		choose_words(values->note, area.columns, column));
}

void
inside_parameters_draw(const struct app *app, struct area area,
	const struct inside_values *values)
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	size_t gates = inspection->model.shape.cell->gates;
	struct rows rows;

	if (area.rows < 3)
		return;
	if (area.rows >= LEGEND_FROM_ROWS) {
		area.rows -= LEGEND_ROWS;
		draw_legend(values,
			(struct area){area.row, area.column,
				area.rows + LEGEND_ROWS, area.columns},
			area.rows);
	}
	choose_rows(app, inspection, area, &rows);
	draw_layer(values, inspection, inside->layer, &rows, area);
	draw_dense(values, inspection, area,
		columns_of(rows.labels) + (int)(gates * rows.stride));
}

size_t
inside_parameters_rows(const struct model *model, size_t layer)
{
	size_t inputs = find_tensor(model, layer, TENSOR_KERNEL)->rows;
	size_t rows = room_of(inputs) + room_of(model->shape.units[layer]) +
		room_of(2);

	/* and the names of the gates */
	return (screen_has_halves() ? rows / 2 : rows) + 1 + LEGEND_ROWS;
}

bool
inside_parameters_click(struct app *app, struct area area, int row, int column)
{
	struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct rows rows;
	size_t at, unit;

	if (inspection == NULL || area.rows < 3)
		return false;
	if (area.rows >= LEGEND_FROM_ROWS)
		area.rows -= LEGEND_ROWS;
	choose_rows(app, inspection, area, &rows);
	if (row >= area.rows || column < columns_of(rows.labels))
		return false;
	at = (size_t)(column - columns_of(rows.labels));
	unit = rows.first_column + at % rows.stride;
	if (at / rows.stride >= inspection->model.shape.cell->gates ||
		at % rows.stride >= rows.columns)
		return false;
	inside_move_unit(inside, (long)unit - (long)inside->unit);
	return true;
}
