/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/layout.h"

enum {
	/* below, a notice is all there is */
	ROWS_MIN = 4,
	COLUMNS_MIN = 16,
	/* below, the shape and one line of state */
	ROWS_FOR_BARS = 12,
	ROWS_FOR_TRAINING = 18,      /* as a box of two lines */
	ROWS_FOR_FULL_TRAINING = 24, /* of four */
	/* below, and with rows enough, the panes stand on each other */
	COLUMNS_FOR_PAIR = 60,
	ROWS_FOR_STACK = 24,
	COLUMNS_FOR_TINY_PAIR = 36,
	GENERATED_MIN = 18,
	/* "0.0" and the axis, its row and labels, the box */
	PLANE_EXTRA_COLUMNS = 7
};

static int
min(int a, int b)
{
	return a < b ? a : b;
}

static int
max(int a, int b)
{
	return a > b ? a : b;
}

/* Loss on the left and the shape, about square, on the right. */
static void
pair(struct layout *layout, struct area body)
{
	int width = 2 * (body.rows - 2) + PLANE_EXTRA_COLUMNS;

	width = min(width, body.columns * 9 / 20);
	width = max(width, GENERATED_MIN);
	layout->loss = body;
	layout->loss.columns = body.columns - width;
	layout->generated = body;
	layout->generated.column += layout->loss.columns;
	layout->generated.columns = width;
}

static void
stack(struct layout *layout, struct area body)
{
	int rows = min(body.rows * 11 / 20, body.columns / 2 + 6);

	layout->generated = body;
	layout->generated.rows = rows;
	layout->generated.row = body.row + body.rows - rows;
	layout->loss = body;
	layout->loss.rows = body.rows - rows;
}

static void
zoom_to(struct layout *layout, enum layout_zoom zoom, struct area body)
{
	if (zoom == LAYOUT_LOSS)
		layout->loss = body;
	else if (zoom == LAYOUT_GENERATED)
		layout->generated = body;
	else
		layout->training = body;
	layout->training_has_box = zoom == LAYOUT_TRAINING;
}

/* Few rows: the title as a line of state, and what fits under it. */
static struct layout
compute_low(struct area body, enum layout_zoom zoom)
{
	struct layout layout = {0};

	layout.title = (struct area){0, 0, 1, body.columns};
	body.row++;
	body.rows--;
	if (zoom != LAYOUT_ALL && zoom != LAYOUT_TRAINING)
		zoom_to(&layout, zoom, body);
	else if (body.columns >= COLUMNS_FOR_PAIR)
		pair(&layout, body);
	else
		layout.generated = body;
	return layout;
}

struct layout
layout_compute(int rows, int columns, enum layout_zoom zoom)
{
	struct layout layout = {.has_boxes = true};
	struct area body = {0, 0, rows, columns};

	if (rows < ROWS_MIN || columns < COLUMNS_MIN) {
		layout.notice = body;
		layout.has_boxes = false;
		return layout;
	}
	if (rows < ROWS_FOR_BARS)
		return compute_low(body, zoom);

	layout.title = (struct area){0, 0, 1, columns};
	layout.message = (struct area){rows - 2, 0, 1, columns};
	layout.keys = (struct area){rows - 1, 0, 1, columns};
	body.row = 1;
	body.rows = rows - 3;
	if (zoom != LAYOUT_ALL) {
		zoom_to(&layout, zoom, body);
		return layout;
	}
	layout.training = body;
	layout.training_has_box = rows >= ROWS_FOR_TRAINING;
	layout.training.rows = rows >= ROWS_FOR_FULL_TRAINING ? 6
		: rows >= ROWS_FOR_TRAINING                   ? 4
							      : 1;
	body.rows -= layout.training.rows;
	layout.training.row = body.row + body.rows;
	if (columns >= COLUMNS_FOR_PAIR ||
		(rows < ROWS_FOR_STACK && columns >= COLUMNS_FOR_TINY_PAIR))
		pair(&layout, body);
	else if (rows >= ROWS_FOR_STACK)
		stack(&layout, body);
	else
		layout.generated = body;
	return layout;
}
