/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/panes.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "task/extent.h"
#include "tui/actions.h"

enum { ERROR_FROM_ROWS = 6, POINTS_FROM_ROWS = 18, POINTS_ROWS_MAX = 2 };

/* The last sequence that was trained on, or NULL before the first. */
static const float *
training_points(const struct app *app, size_t *count)
{
	const struct run *run = app->session->run;

	if (app->view.hides_training || run_updates(run) == 0)
		return NULL;
	return run_last_sequence(run, count);
}

/* How good the shape is, and what was trained on last. */
static void
draw_numbers(const struct app *app, struct area area)
{
	const struct run *run = app->session->run;
	const struct task *task = run_task(run);
	size_t count;
	const float *points = training_points(app, &count);
	char text[32], number[NUMBER_TEXT_SIZE], other[NUMBER_TEXT_SIZE];
	double width, height;
	int column = 1;

	if (task->shape_error != NULL && app->shape_points == run_length(run)) {
		column = screen_print(area, 0, column, ROLE_DIM, "error ");
		column = screen_print(area, 0, column, ROLE_MODEL, "%s  ",
			pane_format_loss(text, sizeof text,
				task->shape_error(app->shape)));
		if (extent_is_degenerate(
			    extent_size(app->shape, app->shape_points)))
			column = screen_print(area, 0, column, ROLE_WARNING,
				"degenerate  ");
	}
	if (points == NULL || run_features(run) != 2)
		return;
	if (task->size != NULL && column + 21 <= area.columns) {
		task->size(points, &width, &height);
		column = screen_print(area, 0, column, ROLE_DIM, "training ");
		screen_print(area, 0, column, ROLE_DATA, "%s %s %s",
			number_fixed(number, width, 2), screen_signs()->times,
			number_fixed(other, height, 2));
	}
}

/* The coordinates, as many points as fit. Returns the rows used. */
static int
draw_points(const struct app *app, struct area area, int row)
{
	size_t features = run_features(app->session->run);
	int column = 1, used = 1;

	for (size_t i = 0; i < app->shape_points; i++) {
		const float *point = app->shape + i * features;
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

static void
draw_shape(const struct app *app, struct area area)
{
	const struct run *run = app->session->run;
	bool is_closed = run_task(run)->is_closed;
	size_t features = run_features(run), count;
	const float *points = training_points(app, &count);
	struct canvas *canvas = screen_canvas(area.rows, area.columns);
	struct plane plane;

	if (canvas == NULL)
		return;
	plane = plane_begin(canvas, &app->range, features == 1);
	if (app->view.shows_cloud && app->cloud != NULL)
		for (size_t i = 0; i < app->cloud_count; i++)
			plane_dots(&plane, CANVAS_DATA, run_length(run),
				features,
				app->cloud + i * run_length(run) * features);
	else if (points != NULL)
		plane_draw(&plane, CANVAS_DATA, count, features, points,
			is_closed);
	plane_draw(&plane, CANVAS_MODEL, app->shape_points, features,
		app->shape, is_closed && app->shape_points == run_length(run));
	screen_draw_canvas(area, canvas);
}

void
pane_generated_draw(const struct app *app, struct area area, bool has_box)
{
	bool has_points = area.rows >= POINTS_FROM_ROWS;

	if (app_is_text(app)) {
		pane_text_draw(app, area, has_box);
		return;
	}
	if (has_box)
		area = screen_box(area, ROLE_DIM, "Generated",
			app->view.shows_film ? "film strip" : NULL);
	if (app->view.shows_film) {
		pane_film_draw(app, area);
		return;
	}
	if (area.rows >= ERROR_FROM_ROWS) {
		draw_numbers(app, area);
		area.row++;
		area.rows--;
	}
	if (has_points) {
		int used = draw_points(app, area, 0);

		area.row += used;
		area.rows -= used;
	}
	draw_shape(app, area);
}

/* Draw the shape point by point, and say its points. */
static void
generate(struct app *app, uint64_t count)
{
	const struct run *run = app->session->run;
	size_t features = run_features(run), length = 0;
	char text[APP_MESSAGE_SIZE] = "", number[NUMBER_TEXT_SIZE];

	(void)count;
	if (app_is_text(app)) {
		app_write_anew(app);
		return;
	}
	app->drawing_since = -1;
	app->drawing++;
	app_update_shape(app, clock_seconds());
	app->drawing_since = clock_seconds();
	for (size_t i = 0; i < run_length(run) && length + 80 < sizeof text;
		i++)
		for (size_t f = 0; f < features && length + 40 < sizeof text;
			f++)
			length += (size_t)snprintf(text + length,
				sizeof text - length, "%s%s%s",
				f > 0            ? ", "
					: i == 0 ? "("
					: i == 1 ? " gives ("
						 : ", (",
				number_fixed(number,
					(double)app->shape[i * features + f],
					3),
				f + 1 == features ? ")" : "");
	app_say(app, ROLE_NORMAL, "%s", text);
}

const struct action action_generate = {
	.key = {'g'},
	.shown = "g",
	.help = "let the model draw, point by point",
	.bar_keys = "g",
	.bar_word = "generate",
	.act = generate,
};

static void
toggle_training(struct app *app, uint64_t count)
{
	(void)count;
	app->view.hides_training = !app->view.hides_training;
}

const struct action action_training = {
	.key = {'t'},
	.shown = "t",
	.help = "show or hide what is learnt from",
	.bar_keys = "t",
	.bar_word = "training",
	.act = toggle_training,
};

static const char *
refuse_cloud(const struct app *app)
{
	return app->cloud == NULL
		? "many drawings at once are of --loss mixture"
		: NULL;
}

static void
toggle_cloud(struct app *app, uint64_t count)
{
	(void)count;
	app->view.shows_cloud = !app->view.shows_cloud;
	app_say(app, ROLE_NORMAL,
		app->view.shows_cloud ? "%zu drawings at once" : "one drawing",
		app->cloud_count);
}

const struct action action_cloud = {
	.key = {'d'},
	.shown = "d",
	.help = "many drawings of a mixture at once",
	.refuse = refuse_cloud,
	.act = toggle_cloud,
};
