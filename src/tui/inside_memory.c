/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * With and without memory: what the same weights draw or write in both cases,
 * side by side or one above the other, with their errors.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "run/points_drawing.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/screen.h"
#include "tui/text_line.h"

enum {
	LABEL_SIZE = 160,
	HEAD_ROWS = 3, /* above a drawing: what the error is of, its caption */
	/* of the pane */
	COLUMNS_MIN = 26,
	TEXT_COLUMNS = 30
};

/* The names of the two sides, from the wide ones to the narrow ones. */
static const char *const names[MEMORY_SIDES][2] = {
	{N_("with memory"), N_("with")},
	{N_("without memory"), N_("without")},
};

/* How a caption is written, from the wide ones to the narrow ones. */
enum caption {
	CAPTION_FULL,  /* "with memory: shape error 0.012" */
	CAPTION_SHORT, /* "with: 0.012", below the name of the error */
	CAPTION_ROWS   /* "with" above "0.012" */
};

/* Whether the rest of the view shows this side. */
static bool
is_current(const struct app *app, const struct memory_pair *pair, int side)
{
	return !pair->is_same && (side == MEMORY_CUT) == app->cuts_memory;
}

/* The error of a side: of the shape or else of the steps; NaN if unknown. */
static double
error_of(const struct app *app, const struct memory_pair *pair, int side)
{
	return app_is_text(app) || isnan(pair->shape_error[side])
		? pair->step_error[side]
		: pair->shape_error[side];
}

static const char *
error_name(const struct app *app, const struct memory_pair *pair)
{
	return app_is_text(app) ? _("loss")
		: isnan(pair->shape_error[MEMORY_KEPT])
		? _("step error")
		: _(task_shape_error_label(run_task(app->session->run)));
}

/* Write "shape error 0.012", or the number alone; "" if it is unknown. */
static void
write_error(const struct app *app, const struct memory_pair *pair, int side,
	bool has_name, char text[LABEL_SIZE])
{
	double error = error_of(app, pair, side);
	char number[NUMBER_TEXT_SIZE];

	text[0] = '\0';
	if (!isnan(error))
		snprintf(text, LABEL_SIZE, "%s%s%s",
			has_name ? error_name(app, pair) : "",
			has_name ? " " : "", number_fixed(number, error, 3));
}

/* Choose the widest caption that fits for both sides. */
static enum caption
choose_caption(const struct app *app, const struct memory_pair *pair,
	int columns)
{
	enum caption caption = CAPTION_FULL;

	for (int side = 0; side < MEMORY_SIDES; side++)
		for (; caption < CAPTION_ROWS; caption++) {
			bool is_full = caption == CAPTION_FULL;
			char error[LABEL_SIZE];

			write_error(app, pair, side, is_full, error);
			if (screen_width(_(names[side][!is_full])) + 2 +
					screen_width(error) <=
				columns)
				break;
		}
	return caption;
}

/* Draw the name and the error of a side; return the rows used. */
static int
draw_head(const struct app *app, const struct memory_pair *pair, int side,
	struct area area)
{
	enum caption caption = choose_caption(app, pair, area.columns);
	bool is_full = caption == CAPTION_FULL || pair->is_same;
	enum screen_role role =
		is_current(app, pair, side) ? ROLE_BRIGHT : ROLE_NORMAL;
	char error[LABEL_SIZE];
	int row = 0, column;

	write_error(app, pair, side, is_full, error);
	if (pair->is_same) {
		screen_print(area, 0, 0, ROLE_MODEL, "%s", error);
		return 1;
	}
	/* what the errors are of, once for both */
	if (!is_full && error[0] != '\0')
		screen_print(area, row++, 0, ROLE_LEGEND, "%s",
			side == MEMORY_KEPT || app_is_text(app)
				? error_name(app, pair)
				: "");
	column = screen_print(area, row, 0, role, "%s",
		_(names[side][!is_full]));
	if (error[0] == '\0')
		return row + 1;
	if (caption == CAPTION_ROWS) {
		row++;
		column = 0;
	} else {
		column = screen_print(area, row, column, role, ": ");
	}
	screen_print(area, row, column, ROLE_MODEL, "%s", error);
	return row + 1;
}

static void
skip_rows(struct area *area, int rows)
{
	area->row += rows;
	area->rows -= rows;
}

/* Both drawings have the same scale. */
static struct plane_range
find_range(const struct memory_pair *pair, const struct drawing *drawing)
{
	struct plane_range range = plane_empty_range();

	for (int side = 0; side < MEMORY_SIDES; side++)
		plane_include(&range, drawing, pair->length,
			pair->points[side]);
	return plane_with_margin(&range, drawing);
}

static void
draw_shape(const struct app *app, const struct memory_pair *pair, int side,
	struct area area)
{
	const struct settings *settings = run_settings(app->session->run);
	struct drawing drawing = points_drawing(settings, pair->features);
	struct plane_range range = find_range(pair, &drawing);
	bool is_closed = run_task(app->session->run)->is_closed;
	struct canvas *canvas;
	struct plane plane;

	skip_rows(&area, draw_head(app, pair, side, area));
	canvas = screen_canvas(area.rows, area.columns);
	if (canvas == NULL)
		return;
	plane = plane_begin_bare(canvas, &range, &drawing);
	plane_draw(&plane, &drawing, CANVAS_MODEL, pair->length,
		pair->points[side], is_closed);
	screen_draw_canvas(area, canvas);
}

/* Draw the text, wrapped, as much as there is room for. */
static void
draw_text(const struct app *app, const struct memory_pair *pair, int side,
	struct area area)
{
	const char *text = pair->text[side];

	skip_rows(&area, draw_head(app, pair, side, area));
	for (int row = 0; row < area.rows && *text != '\0'; row++) {
		size_t line = strcspn(text, "\n"), length;
		char copy[MEMORY_PAIR_TEXT_SIZE];

		memcpy(copy, text, line);
		copy[line] = '\0';
		length = line > 0 ? text_line_wrap(copy, area.columns - 1) : 0;
		screen_print(area, row, 0, ROLE_MODEL, "%.*s", (int)length,
			text);
		text += length;
		text += strspn(text, " ");
		if (*text == '\n')
			text++;
	}
}

/* The part of the area for a side. */
static struct area
part_of(const struct app *app, const struct memory_pair *pair, struct area area,
	int side)
{
	int gap = 1;

	area.column++;
	area.columns--;
	if (pair->is_same)
		return area;
	if (app_is_text(app)) {
		int half = area.rows / 2;

		area.row += side == MEMORY_CUT ? half : 0;
		area.rows = side == MEMORY_CUT ? area.rows - half : half;
		return area;
	}
	area.columns = (area.columns - gap) / 2;
	area.column += side == MEMORY_CUT ? area.columns + gap : 0;
	return area;
}

/* Say why both are the same; return the rows used. */
static int
draw_reason(struct area area)
{
	const char *reason = _("the same: each step starts empty");
	size_t length = text_line_wrap(reason, area.columns - 1);

	screen_print(area, 0, 1, ROLE_NORMAL, "%.*s", (int)length, reason);
	if (reason[length] == '\0')
		return 1;
	if (reason[length] == ' ')
		length++;
	screen_print(area, 1, 1, ROLE_NORMAL, "%s", reason + length);
	return 2;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct memory_pair *pair = &inside->pair;
	int sides = MEMORY_SIDES;

	(void)own;
	if (inside_inspection(inside) == NULL || !pair->has_results)
		return;
	if (pair->is_same) {
		skip_rows(&area, draw_reason(area));
		sides = 1;
	} else {
		snprintf(note, PANE_NOTE_SIZE, "%s",
			app->cuts_memory ? _("m gives it back")
					 : _("m cuts it"));
	}
	for (int side = 0; side < sides; side++) {
		struct area part = part_of(app, pair, area, side);

		if (app_is_text(app))
			draw_text(app, pair, side, part);
		else
			draw_shape(app, pair, side, part);
	}
}

/* Room for two square drawings, or for a text. */
static int
wanted_columns(const struct app *app, int rows, int columns)
{
	int drawings = 2 * (2 * (rows - 2 - HEAD_ROWS)) + 5;
	int max = columns >= 160 ? columns / 3 : columns * 22 / 100;

	if (app != NULL && app_is_text(app))
		return max > TEXT_COLUMNS ? max : TEXT_COLUMNS;
	drawings = drawings < max ? drawings : max;
	return drawings < COLUMNS_MIN ? COLUMNS_MIN : drawings;
}

/* As few as the maps beside it want. */
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
	.priority = 16,
	.min = {6, COLUMNS_MIN},
	.preferred = {10, COLUMNS_MIN},
	.rows = wanted_rows,
	.columns = wanted_columns,
};

const struct pane inside_memory = {
	.title = N_("With/without memory"),
	.help = N_("what the same weights make of both."),
	.explanation = N_(
		"What the network draws or writes with its present weights, "
		"on the one side with its memory, on the other without it: "
		"then every step starts from an empty state, as after m. "
		"Beside each name is the error of the drawing's shape or, "
		"for a text, the mean loss of the sequence shown. Both texts "
		"are drawn with the same random numbers. Where the framing "
		"carries nothing from step to step, both are the same."),
	.place = &place,
	.draw = draw,
};
