/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Generated pane of a model of points: the shape that the model generates
 * now, over what it learnt from.
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/action_columns.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/pane_shape.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/shape_forecast.h"
#include "tui/shape_numbers.h"
#include "tui/shape_planes.h"

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
	NOTE_COLUMNS = 63,
	OWN_SCALES_COLUMNS = 44, /* for a long note in the title */
	AXES_ROWS = 6
};

#define OWN_SCALES N_("each axis at its own scale")

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
draw_seen(const struct app *app, const struct shape_planes *planes)
{
	const struct live_seen *seen = &app->seen;
	size_t count;
	const float *last = live_seen_last(seen, &count);

	for (size_t i = 1; i < seen->count && i <= EARLIER_MAX &&
		i * seen->longest <= EARLIER_POINTS;
		i++)
		shape_planes_dots(planes, CANVAS_SEEN, seen->lengths[i],
			seen->points + i * seen->stride);
	if (last != NULL)
		shape_planes_draw(planes, CANVAS_DATA, count, last,
			run_task(app->session->run)->is_closed);
}

static void
draw_shape(const struct app *app, const struct chosen *view, struct area area)
{
	const struct live_shape *shape = &app->shape;
	bool is_closed = run_task(app->session->run)->is_closed;
	size_t features = shape->features;
	const float *middle = live_seen_middle(&app->seen);
	struct canvas *canvas = screen_canvas(area.rows, area.columns);
	struct shape_planes planes;

	if (canvas == NULL)
		return;
	planes = shape_planes_begin(shape, shape->range, canvas, true);
	if (view->shows_cloud && shape->cloud != NULL)
		for (size_t i = 0; i < shape->cloud_count; i++)
			shape_planes_dots(&planes, CANVAS_SAMPLES,
				shape->length,
				shape->cloud + i * shape->length * features);
	else if (!view->hides_training)
		draw_seen(app, &planes);
	if (ghost_has_drawing(&app->ghost, features))
		shape_planes_draw(&planes, CANVAS_GHOST, app->ghost.length,
			app->ghost.points, app->ghost.settings.task->is_closed);
	shape_planes_draw(&planes, CANVAS_MODEL, shape->shown, shape->points,
		is_closed && shape->shown == shape->length);
	/* above the drawing, which comes to lie on it */
	if (middle != NULL && !view->hides_training &&
		shape->range[0].drawing.form != DRAWING_STROKES)
		shape_planes_signs(&planes, CANVAS_DATA, app->seen.longest,
			middle, screen_signs()->middle);
	screen_draw_canvas(area, canvas);
}

static void
skip_rows(struct area *area, int rows)
{
	area->row += rows;
	area->rows -= rows;
}

/*
 * Draw what is left out of the points, and what is unusual: in a row of the
 * area, or as a note in the title if it has no such row. `panels` are drawn.
 */
static void
draw_description(const struct app *app, struct area area, bool has_row,
	size_t panels, char note[PANE_NOTE_SIZE])
{
	const struct live_shape *shape = &app->shape;
	bool has_own = shape->range[0].drawing.has_own_scales;
	char text[DRAWING_TEXT_SIZE];

	shape_choice_describe(&shape->choice, shape->run, panels, text);
	if (app->cuts_memory)
		snprintf(note, PANE_NOTE_SIZE, _("without memory"));
	else if (shape->choice.is_forecast)
		snprintf(note, PANE_NOTE_SIZE, _("forecast"));
	else if (has_own)
		snprintf(note, PANE_NOTE_SIZE, "%s",
			area.columns < OWN_SCALES_COLUMNS ? _("own scales")
							  : _(OWN_SCALES));
	else if (!has_row)
		snprintf(note, PANE_NOTE_SIZE, "%.*s",
			(int)utf8_fit(text, NOTE_COLUMNS), text);
	if (!has_row || text[0] == '\0')
		return;
	screen_print(area, 0, 1, ROLE_NORMAL, "%s", text);
}

/* Whether the first row is of the error of the shape, or of a description. */
static bool
has_first_row(const struct app *app)
{
	const struct live_shape *shape = &app->shape;
	char text[DRAWING_TEXT_SIZE];

	shape_choice_describe(&shape->choice, shape->run, 0, text);
	return run_task(shape->run)->make != NULL || text[0] != '\0';
}

/* Draw the legend; return its rows. */
static int
draw_legend(const struct app *app, const struct chosen *view, struct area area,
	int rows)
{
	bool has_more =
		rows >= (app->ghost.is_kept ? GHOST_FROM_ROWS : MOST_FROM_ROWS);

	if (app->shape.choice.is_forecast)
		return shape_forecast_draw_legend(app, !view->hides_training,
			area, 2);
	return shape_numbers_draw_legend(app, !view->hides_training,
		view->shows_cloud && app->shape.cloud != NULL, area,
		has_more ? 3 : 2);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct chosen *view = own;
	const struct shape_choice *choice = &app->shape.choice;
	int rows = area.rows;
	bool has_row = rows >= NUMBERS_FROM_ROWS && has_first_row(app);
	struct area first = area;

	if (rows >= CAPTION_FROM_ROWS && choice->count == 1 &&
		!choice->is_forecast)
		area.rows -= shape_numbers_draw_caption(app, area,
			rows >= MOST_FROM_ROWS           ? CAPTION_ROWS_MAX
				: rows >= MORE_FROM_ROWS ? 2
							 : 1);
	if (has_row) {
		shape_numbers_draw(app, area);
		skip_rows(&area, 1);
	}
	if (rows >= LEGEND_FROM_ROWS)
		skip_rows(&area, draw_legend(app, view, area, rows));
	if (rows >= POINTS_FROM_ROWS && !choice->is_forecast)
		skip_rows(&area, draw_points(app, area, 0));
	if (choice->is_forecast)
		shape_forecast_draw(app, !view->hides_training, area);
	else
		draw_shape(app, view, area);
	draw_description(app, first, has_row,
		shape_planes_room(&app->shape, area.rows, true), note);
}

void
pane_shape_hold(struct app *app)
{
	struct live_shape *shape = &app->shape;
	const struct ghost *ghost = &app->ghost;

	for (size_t i = 0; i < shape->choice.count; i++) {
		const struct drawing *drawing = &shape->range[i].drawing;
		struct plane_range range = plane_empty_range();

		plane_include(&range, drawing, shape->length, shape->points);
		if (ghost_has_drawing(ghost, shape->features))
			plane_include(&range, drawing, ghost->length,
				ghost->points);
		shape_range_hold(&shape->range[i], &range);
	}
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
	if (app->shape.choice.is_forecast)
		is_drawing = shape_forecast_prepare(app, now);
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

	if (columns >= WIDE_COLUMNS && square < COLUMNS_LEAST)
		square = COLUMNS_LEAST;
	/* a series need not be square, and its index is long */
	if (app != NULL && app->shape.run != NULL &&
		drawing_has_own_scales(&app->shape.range[0].drawing))
		square = square * 3 / 2;
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
	.title = N_("Generated"),
	.help = N_("the shape that the network generates now."),
	.explanation =
		N_("The shape that the network draws by itself: it reads "
		   "each point that it has drawn and gives the next one. "
		   "Around it are the sequence that it learnt from last, "
		   "the points of some before, and crosses at the median "
		   "or mean of the last 1,000: since each drawing starts "
		   "at the same point, it can have only one answer, and "
		   "mae is least at the median. The error compares the "
		   "shape with an ideal one, relative to its size. The "
		   "dotted grey shape is that of the run before, until G "
		   "removes it. g draws the shape slowly, t hides what was "
		   "seen, f shows the film. Points from a file "
		   "may also be series: then the pane shows the end of "
		   "the data, what the network says of each point before "
		   "it has seen it, and beyond the end its forecast; y "
		   "changes what is drawn."),
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
	return app_is_text(app) ? _("texts have no shape") : NULL;
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
					: i == 1 ? _(" gives (")
						 : ", (",
				number_fixed(number,
					(double)shape->points[i * features + f],
					3),
				f + 1 == features ? ")" : "");
	app_say(app, ROLE_NORMAL, "%s", text);
}

/* A forecast gives way to the drawing from the start. */
static void
generate(struct app *app, uint64_t count)
{
	const struct chosen *view = app_pane_state(app, &pane_shape);

	(void)count;
	if (!action_columns_choose(app,
		    shape_choice_from_start(&app->shape.choice)))
		return;
	live_shape_begin(&app->shape, view->shows_cloud);
	say_points(app);
}

const struct action action_generate = {
	.name = "generate",
	.key = {'g'},
	.shown = "g",
	.help = N_("generate a shape, drawn point by point"),
	.bar_keys = "g",
	.bar_word = N_("generate"),
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
	.help = N_("show or hide what it learnt from"),
	.bar_keys = "t",
	.bar_word = N_("training"),
	.act = toggle_training,
};

static const char *
refuse_cloud(const struct app *app)
{
	if (app->shape.choice.is_forecast && app->shape.cloud != NULL)
		return _("the forecast shows its samples as a fan");
	return app->shape.cloud == NULL
		? _("many samples require --loss mixture")
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
	.help = N_("show many samples of a mixture, or one"),
	.refuse = refuse_cloud,
	.act = toggle_cloud,
};
