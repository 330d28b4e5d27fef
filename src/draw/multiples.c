/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/multiples.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

enum { GAP = 1 /* columns between panels */ };

static size_t
panel_columns(const struct multiples_config *config)
{
	return 2 * config->panel_rows;
}

/* As few rows as the width allows, and those about equally long. */
static size_t
panels_across(const struct multiples *multiples,
	const struct multiples_config *config)
{
	size_t max = (config->width + GAP) / (panel_columns(config) + GAP);
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

	/* each with its title */
	return (multiples->count + across - 1) / across *
		(config->panel_rows + 1);
}

struct plane_range
multiples_fit(const struct multiples *multiples)
{
	struct plane_range range = plane_empty_range();

	for (size_t i = 0; i < multiples->count; i++) {
		const struct multiples_item *item = &multiples->items[i];

		if (item->points != NULL)
			plane_include(&range, item->length, item->features,
				item->points);
	}
	return plane_with_margin(&range);
}

/* Draw one panel, its upper left corner in that column of the canvas. */
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
	plane = plane_begin(canvas, &multiples->range, item->features == 1);
	plane_draw(&plane, CANVAS_MODEL, item->length, item->features,
		item->points, multiples->is_closed);
	return true;
}

/* Copy the panel's cells into the row of panels, below its title. */
static void
place_panel(const struct canvas *panel, const char *title, struct canvas *row,
	size_t column)
{
	char cut[64];

	assert(panel->rows < row->rows);
	assert(column + panel->columns <= row->columns);
	snprintf(cut, sizeof cut, "%.*s", (int)utf8_fit(title, panel->columns),
		title);
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
	size_t stride = panel_columns(config) + GAP;
	bool good = true;

	for (size_t i = 0; good && i < multiples->count; i++) {
		size_t place = i % across;

		if (place == 0)
			good = canvas_begin(&row, config->panel_rows + 1,
				across * stride, config->tier, error);
		good = good && draw_panel(multiples, i, &panel, config, error);
		if (!good)
			break;
		place_panel(&panel, multiples->items[i].title, &row,
			place * stride);
		if (place + 1 == across || i + 1 == multiples->count)
			canvas_print(&row, stream);
	}
	canvas_destroy(&row);
	canvas_destroy(&panel);
	return good;
}
