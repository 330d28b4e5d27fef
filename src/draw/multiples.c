/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/multiples.h"

#include <assert.h>
#include <string.h>

#include "base/translate.h"
#include "base/utf8.h"

enum { GAP = 1 /* columns between panels */ };

static size_t
panel_columns(const struct multiples_config *config)
{
	return 2 * config->panel_rows;
}

/* Return the columns of a panel with its title, without the gap. */
static size_t
slot_columns(const struct multiples *multiples,
	const struct multiples_config *config)
{
	size_t columns = panel_columns(config), title = 0;

	for (size_t i = 0; i < multiples->count; i++) {
		size_t own = utf8_columns(multiples->items[i].title);

		if (own > title)
			title = own;
	}
	if (title > config->title_columns)
		title = config->title_columns;
	if (title > config->width)
		title = config->width;
	return title > columns ? title : columns;
}

/* Return the panels in a row: as few rows as possible, of similar length. */
static size_t
panels_across(const struct multiples *multiples,
	const struct multiples_config *config)
{
	size_t max =
		(config->width + GAP) / (slot_columns(multiples, config) + GAP);
	size_t rows;

	if (max < 2 || multiples->count == 0)
		return 1;
	rows = (multiples->count + max - 1) / max;
	return (multiples->count + rows - 1) / rows;
}

size_t
multiples_rows(const struct multiples *multiples,
	const struct multiples_config *config)
{
	size_t across = panels_across(multiples, config);

	/* one line for each row's titles */
	return (multiples->count + across - 1) / across *
		(config->panel_rows + 1);
}

/* Set the range that holds all items, and the scales of the drawing. */
static void
fit(struct multiples *multiples)
{
	struct plane_range range = plane_empty_range();

	for (size_t i = 0; i < multiples->count; i++)
		if (multiples->items[i].points != NULL)
			plane_include(&range, &multiples->drawing,
				multiples->items[i].length,
				multiples->items[i].points);
	drawing_fit(&multiples->drawing, range.right - range.left,
		range.top - range.bottom);
	multiples->range = plane_with_margin(&range, &multiples->drawing);
}

struct multiples
multiples_make(const struct multiples_item *items, size_t count,
	const struct drawing *drawing, bool is_closed, bool is_unit)
{
	struct multiples multiples = {
		.title = "",
		.range = plane_unit_range,
		.drawing = *drawing,
		.is_closed = is_closed,
		.count = count,
		.items = items,
	};

	if (!is_unit)
		fit(&multiples);
	return multiples;
}

char *
multiples_describe(const struct multiples *multiples,
	char text[MULTIPLES_TEXT_SIZE])
{
	char numbers[DRAWING_TEXT_SIZE];

	drawing_describe(&multiples->drawing, "", "", numbers);
	snprintf(text, MULTIPLES_TEXT_SIZE, "%s%s%s", numbers,
		numbers[0] != '\0' && multiples->drawing.has_own_scales ? ", "
									: "",
		multiples->drawing.has_own_scales
			? _("each axis at its own scale")
			: "");
	return text;
}

/* Draw one panel on a canvas of its size. */
static bool
draw_panel(const struct multiples *multiples, size_t index,
	struct canvas *canvas, const struct multiples_config *config,
	struct error *error)
{
	const struct multiples_item *item = &multiples->items[index];
	struct plane plane;

	if (!canvas_begin(canvas, config->panel_rows, panel_columns(config),
		    config->tier, error))
		return false;
	if (item->points == NULL)
		return true;
	plane = plane_begin(canvas, &multiples->range, &multiples->drawing);
	plane_draw(&plane, &multiples->drawing, CANVAS_MODEL, item->length,
		item->points, multiples->is_closed);
	return true;
}

/*
 * Copy a panel's cells to a column of the row of panels, with its title, which
 * has room for so many columns.
 */
static void
copy_panel(const struct canvas *panel, const char *title, size_t room,
	struct canvas *row, size_t column)
{
	char cut[256];

	assert(panel->rows < row->rows);
	assert(column + panel->columns <= row->columns);
	snprintf(cut, sizeof cut, "%.*s", (int)utf8_fit(title, room), title);
	canvas_text(row, CANVAS_FRAME, 0, (long)column, cut);
	for (size_t r = 0; r < panel->rows; r++)
		memcpy(&row->cell[(r + 1) * row->columns + column],
			&panel->cell[r * panel->columns],
			panel->columns * sizeof *panel->cell);
}

bool
multiples_print(const struct multiples *multiples,
	const struct multiples_config *config, FILE *stream,
	struct error *error)
{
	struct canvas row = {0}, panel = {0};
	size_t across = panels_across(multiples, config);
	size_t slot = slot_columns(multiples, config), stride = slot + GAP;
	bool ok = true;

	for (size_t i = 0; ok && i < multiples->count; i++) {
		size_t column = i % across;

		if (column == 0)
			ok = canvas_begin(&row, config->panel_rows + 1,
				across * stride, config->tier, error);
		ok = ok && draw_panel(multiples, i, &panel, config, error);
		if (!ok)
			break;
		copy_panel(&panel, multiples->items[i].title, slot, &row,
			column * stride);
		if (column + 1 == across || i + 1 == multiples->count)
			canvas_print(&row, stream);
	}
	canvas_destroy(&row);
	canvas_destroy(&panel);
	return ok;
}
