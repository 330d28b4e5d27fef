/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Generated pane of a model of points: the shape that the model generates
 * now, over what it learnt from.
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/pane_shape.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/shape_numbers.h"

enum {
	/* min rows inside the box for the lines of text */
	NUMBERS_FROM_ROWS = 6,
	CAPTION_FROM_ROWS = 9,
	LEGEND_FROM_ROWS = 11,
	MORE_FROM_ROWS = 13,
	MOST_FROM_ROWS = 17,
	/* for a legend of three rows if it also names the run before */
	GHOST_FROM_ROWS = 13,
	POINTS_FROM_ROWS = 17,
	POINTS_ROWS_MAX = 2,
	CAPTION_ROWS_MAX = 3,
	/* of the sequences before the last one: most sequences, and points */
	EARLIER_MAX = 20,
	EARLIER_POINTS = 80,
	/* cells around the plane: axis labels and box */
	AXES_COLUMNS = 7,
	/* on a wide screen the numbers have room */
	WIDE_COLUMNS = 100,
	COLUMNS_LEAST = 38,
	AXES_ROWS = 6
};

/* The view selected by the user. */
struct chosen {
	bool hides_training; /* what was seen, and its median */
	bool shows_cloud;
};

/* Print the coordinates of as many points as fit. Returns the rows used. */
static int
draw_points(const struct app *app, struct area area, int row)
{
	const struct live_shape *shape = &app->shape;
	size_t features = shape->features;
	int column = 1, used = 1;

	for (size_t i = 0; i < shape->shown; i++) {
		const float *point = shape->points + i * features;
		char text[256], number[NUMBER_TEXT_SIZE];
		size_t length = 0;

		for (size_t f = 0; f < features && f < 4; f++)
			length += (size_t)snprintf(text + length,
				sizeof text - length, "%s%s",
				f == 0 ? "(" : ", ",
				number_fixed(number, (double)point[f], 2));
		snprintf(text + length, sizeof text - length, ")  ");
		if (column > 1 &&
			column + screen_width(text) - 2 > area.columns) {
			if (used == POINTS_ROWS_MAX)
				return used;
			used++;
			column = 1;
		}
		column = screen_print(area, row + used - 1, column, ROLE_NORMAL,
			"%s", text);
	}
	return used;
}

/* Draw the last sequence learnt from, the points of some before it. */
static void
draw_seen(const struct app *app, const struct plane *plane)
{
	const struct live_seen *seen = &app->seen;
	const struct drawing *drawing = &app->shape.range.drawing;
	size_t count;
	const float *last = live_seen_last(seen, &count);

	for (size_t i = 1; i < seen->count && i <= EARLIER_MAX &&
		i * seen->longest <= EARLIER_POINTS;
		i++)
		plane_dots(plane, drawing, CANVAS_SEEN, seen->lengths[i],
			seen->points + i * seen->stride);
	if (last != NULL)
		plane_draw(plane, drawing, CANVAS_DATA, count, last,
			run_task(app->session->run)->is_closed);
}

static void
draw_shape(const struct app *app, const struct chosen *view, struct area area)
{
	const struct live_shape *shape = &app->shape;
	const struct drawing *drawing = &shape->range.drawing;
	bool is_closed = run_task(app->session->run)->is_closed;
	size_t features = shape->features;
	const float *middle = live_seen_middle(&app->seen);
	struct canvas *canvas = screen_canvas(area.rows, area.columns);
	struct plane plane;

	if (canvas == NULL)
		return;
	plane = plane_begin(canvas, &shape->range.shown, drawing);
	if (view->shows_cloud && shape->cloud != NULL)
		for (size_t i = 0; i < shape->cloud_count; i++)
			plane_dots(&plane, drawing, CANVAS_MODEL, shape->length,
				shape->cloud + i * shape->length * features);
	else if (!view->hides_training)
		draw_seen(app, &plane);
	if (ghost_has_drawing(&app->ghost, features))
		plane_draw(&plane, drawing, CANVAS_GHOST, app->ghost.length,
			app->ghost.points, app->ghost.settings.task->is_closed);
	plane_draw(&plane, drawing, CANVAS_MODEL, shape->shown, shape->points,
		is_closed && shape->shown == shape->length);
	/* above the drawing, which comes to lie on it */
	if (middle != NULL && !view->hides_training)
		plane_signs(&plane, drawing, CANVAS_DATA, app->seen.longest,
			middle, screen_signs()->middle);
	screen_draw_canvas(area, canvas);
}

static void
skip_rows(struct area *area, int rows)
{
	area->row += rows;
	area->rows -= rows;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct chosen *view = own;
	int rows = area.rows;

	if (app->cuts_memory)
		snprintf(note, PANE_NOTE_SIZE, "without memory");
	else if (app->shape.range.drawing.has_own_scales)
		snprintf(note, PANE_NOTE_SIZE, "each axis at its own scale");
	if (rows >= CAPTION_FROM_ROWS)
		area.rows -= shape_numbers_draw_caption(app, area,
			rows >= MOST_FROM_ROWS           ? CAPTION_ROWS_MAX
				: rows >= MORE_FROM_ROWS ? 2
							 : 1);
	if (rows >= NUMBERS_FROM_ROWS) {
		shape_numbers_draw(app, area);
		skip_rows(&area, 1);
	}
	if (rows >= LEGEND_FROM_ROWS)
		skip_rows(&area,
			shape_numbers_draw_legend(app, !view->hides_training,
				area,
				rows >= (app->ghost.is_kept ? GHOST_FROM_ROWS
							    : MOST_FROM_ROWS)
					? 3
					: 2));
	if (rows >= POINTS_FROM_ROWS)
		skip_rows(&area, draw_points(app, area, 0));
	draw_shape(app, view, area);
}

void
pane_shape_hold(struct app *app)
{
	struct live_shape *shape = &app->shape;
	const struct drawing *drawing = &shape->range.drawing;
	const struct ghost *ghost = &app->ghost;
	struct plane_range range = plane_empty_range();

	plane_include(&range, drawing, shape->length, shape->points);
	if (ghost_has_drawing(ghost, shape->features))
		plane_include(&range, drawing, ghost->length, ghost->points);
	shape_range_hold(&shape->range, &range);
}

static bool
prepare(struct app *app, void *own, double now)
{
	const struct chosen *view = own;
	bool is_drawing;

	live_seen_update(&app->seen, now, app->is_running);
	is_drawing = live_shape_update(&app->shape, now, app->is_running,
		view->shows_cloud);
	pane_shape_hold(app);
	return is_drawing;
}

bool
pane_shape_is_shape(const struct app *app)
{
	return !app_is_text(app) && !app->view.shows_film;
}

bool
pane_shape_is_text(const struct app *app)
{
	return app_is_text(app) && !app->view.shows_film;
}

/*
 * The columns of a square plane and its axes, at most 9/20 of the width; a cell
 * is about twice as high as wide.
 */
static int
wanted_columns(const struct app *app, int rows, int columns)
{
	int square = 2 * (rows - 2) + AXES_COLUMNS;

	(void)app;
	if (columns >= WIDE_COLUMNS && square < COLUMNS_LEAST)
		square = COLUMNS_LEAST;
	return square < columns * 9 / 20 ? square : columns * 9 / 20;
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	int square = columns / 2 + AXES_ROWS;

	(void)app;
	return square < rows * 11 / 20 ? square : rows * 11 / 20;
}

const struct pane_place pane_shape_place = {
	.band = "results",
	.priority = 30,
	.min = {3, 18},
	.preferred = {8, 30},
	.rows = wanted_rows,
	.columns = wanted_columns,
};

const struct pane pane_shape = {
	.title = "Generated",
	.help = "the shape that the network generates now.",
	.explanation = "The shape that the network draws by itself: it reads "
		       "each point that it has drawn and gives the next one. "
		       "Around it are the sequence that it learnt from last, "
		       "the points of some before, and crosses at the median "
		       "or mean of the last 1,000: since each drawing starts "
		       "at the same point, it can have only one answer, and "
		       "mae is least at the median. The error compares the "
		       "shape with an ideal one, relative to its size. The "
		       "dotted grey shape is that of the run before, until G "
		       "removes it. g draws the shape slowly, t hides what was "
		       "seen, f shows the film.",
	.place = &pane_shape_place,
	.is_shown = pane_shape_is_shape,
	.state_size = sizeof(struct chosen),
	.prepare = prepare,
	.draw = draw,
};

/* Refuse an action of shapes for a text. */
static const char *
refuse_text(const struct app *app)
{
	return app_is_text(app) ? "texts have no shape" : NULL;
}

/*
 * Show the points in the message line, as many as fit: "(0, 0) gives (0.5, 0),
 * (0.5, 0.5)".
 */
static void
say_points(struct app *app)
{
	const struct live_shape *shape = &app->shape;
	size_t features = shape->features, length = 0;
	char text[APP_MESSAGE_SIZE] = "", number[NUMBER_TEXT_SIZE];

	for (size_t i = 0; i < shape->length && length + 80 < sizeof text; i++)
		for (size_t f = 0; f < features && length + 40 < sizeof text;
			f++)
			length += (size_t)snprintf(text + length,
				sizeof text - length, "%s%s%s",
				f > 0            ? ", "
					: i == 0 ? "("
					: i == 1 ? " gives ("
						 : ", (",
				number_fixed(number,
					(double)shape->points[i * features + f],
					3),
				f + 1 == features ? ")" : "");
	app_say(app, ROLE_NORMAL, "%s", text);
}

static void
generate(struct app *app, uint64_t count)
{
	const struct chosen *view = app_pane_state(app, &pane_shape);

	(void)count;
	live_shape_begin(&app->shape, view->shows_cloud);
	say_points(app);
}

const struct action action_generate = {
	.name = "generate",
	.key = {'g'},
	.shown = "g",
	.help = "generate a shape, drawn point by point",
	.bar_keys = "g",
	.bar_word = "generate",
	.refuse = refuse_text,
	.act = generate,
};

static void
toggle_training(struct app *app, uint64_t count)
{
	struct chosen *view = app_pane_state(app, &pane_shape);

	(void)count;
	view->hides_training = !view->hides_training;
}

const struct action action_training = {
	.name = "training",
	.key = {'t'},
	.shown = "t",
	.help = "show or hide what it learnt from",
	.bar_keys = "t",
	.bar_word = "training",
	.act = toggle_training,
};

static const char *
refuse_cloud(const struct app *app)
{
	return app->shape.cloud == NULL ? "many samples require --loss mixture"
					: NULL;
}

static void
toggle_cloud(struct app *app, uint64_t count)
{
	struct chosen *view = app_pane_state(app, &pane_shape);

	(void)count;
	view->shows_cloud = !view->shows_cloud;
	app_say(app, ROLE_NORMAL,
		view->shows_cloud ? "showing %zu samples"
				  : "showing one sample",
		app->shape.cloud_count);
}

const struct action action_cloud = {
	.name = "cloud",
	.key = {'d'},
	.shown = "d",
	.help = "show many samples of a mixture, or one",
	.refuse = refuse_cloud,
	.act = toggle_cloud,
};
