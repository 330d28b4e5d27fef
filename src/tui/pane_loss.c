/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Loss pane: a plot of the loss over the updates, and its numbers.
 */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/plot.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/loss_label.h"
#include "tui/panes.h"
#include "tui/screen.h"

enum {
	COLUMNS_MAX = 4096, /* dots: a screen of 2,048 columns */
	NUMBERS_FROM_ROWS = 3,
	NUMBERS_COLUMNS = 28, /* in fewer columns, only the average */
	/* min range of the axis of updates */
	UPDATES_MIN = 100
};

/* The axes selected by the user. */
struct view {
	enum {
		AXIS_OF_LOSS, /* linear for densities, or else logarithmic */
		AXIS_LINEAR,
		AXIS_LOG
	} axis;
	bool log_updates, only_recent; /* axis of updates */
};

static bool
has_log_axis(const struct app *app, const struct view *view)
{
	if (view->axis == AXIS_OF_LOSS)
		return !run_settings(app->session->run)->loss->is_density;
	return view->axis == AXIS_LOG;
}

/* Print a label and a number if both fit. Returns the next column. */
static int
print_number(struct area area, int column, enum screen_role role,
	const char *label, const char *number)
{
	if (column + screen_width(label) + 1 + screen_width(number) >
		area.columns)
		return column;
	column = screen_print(area, 0, column, ROLE_DIM, "%s ", label);
	return screen_print(area, 0, column, role, "%s", number) + 2;
}

static void
draw_numbers(const struct app *app, struct area area)
{
	const struct history *history = run_history(app->session->run);
	const struct task_floor *floor = run_floor(app->session->run);
	const struct validation *validation = run_validation(app->session->run);
	bool is_narrow = area.columns < NUMBERS_COLUMNS;
	char text[LOSS_LABEL_SIZE];
	int column = 1;

	if (!is_narrow)
		column = print_number(area, column, ROLE_DATA, "now",
			loss_label(text, history->last));
	column = print_number(area, column, ROLE_MODEL, "average",
		loss_label(text, history_average(history)));
	if (validation->epochs > 0)
		column = print_number(area, column, ROLE_BRIGHT, "validation",
			loss_label(text, validation->last));
	else if (!is_narrow)
		column = print_number(area, column, ROLE_NORMAL, "best",
			loss_label(text, history->best));
	if (floor != NULL)
		print_number(area, column, ROLE_DIM, "floor", floor->text);
}

/* Round a count, not 0, up to a nice number. */
static uint64_t
round_count(uint64_t count)
{
	uint64_t nice = number_count(number_nice_above((double)count));

	/* above 2⁵³ a double may be rounded to less than the count */
	return nice >= count
		? nice
		: number_count(number_nice_above(2.0 * (double)count));
}

/*
 * Choose the axes. The end of the axis of updates is a nice number, so that the
 * plot rescales rarely.
 */
static struct plot_axes
choose_axes(const struct app *app, const struct view *view)
{
	const struct run *run = app->session->run;
	const struct task_floor *floor = run_floor(run);
	uint64_t updates = run_updates(run), target = run_settings(run)->target;
	uint64_t recent =
		updates / 10 > UPDATES_MIN ? updates / 10 : UPDATES_MIN;
	struct plot_axes axes = {
		.is_log_x = view->log_updates,
		.is_log_y = has_log_axis(app, view),
		.first = view->log_updates ? 1 : 0,
		.guide = {floor != NULL ? floor->value : NAN, NAN, NAN},
	};

	if (app_is_text(app)) {
		axes.guide[0] = log((double)run_features(run));
		axes.guide[1] = run_unigram(run);
		axes.guide[2] = run_bigram(run);
		axes.guide_name[0] = "uniform";
		axes.guide_name[1] = "unigram";
		axes.guide_name[2] = "bigram";
	}

	if (view->only_recent) {
		axes.is_close = true;
		axes.first = updates > recent ? updates - recent : 0;
		axes.end = axes.first + recent;
		return axes;
	}
	axes.end = round_count(updates > UPDATES_MIN ? updates : UPDATES_MIN);
	if (target >= updates && target > 1 && axes.end > target)
		axes.end = target;
	return axes;
}

static void
fill_columns(const struct app *app, const struct plot *plot,
	struct plot_column *columns)
{
	const struct history *history = run_history(app->session->run);
	uint64_t shown_before = UINT64_MAX;

	for (long i = 0; i < plot->columns; i++) {
		struct history_bucket bucket;
		uint64_t first, end;

		plot_column_span(plot, i, &first, &end);
		/* the logarithmic axis counts updates from 1 */
		first -= plot->axes.is_log_x;
		end -= plot->axes.is_log_x;
		/* an update that spans several columns is drawn in the first */
		columns[i].is_known = first != shown_before &&
			history_span(history, first, end, &bucket);
		shown_before = first;
		if (columns[i].is_known)
			columns[i] = (struct plot_column){true, bucket.mean,
				bucket.min, bucket.max, bucket.average};
	}
}

/* Draw the plot; return the scale of the y axis. */
static enum scale_kind
draw_plot(const struct app *app, const struct view *view, struct area area)
{
	struct plot_column columns[COLUMNS_MAX];
	struct plot_axes axes = choose_axes(app, view);
	struct canvas *canvas = screen_canvas(area.rows,
		area.columns < COLUMNS_MAX / 2 ? area.columns
					       : COLUMNS_MAX / 2);
	struct plot plot;

	if (canvas == NULL)
		return SCALE_LINEAR;
	plot = plot_begin(canvas, &axes);
	fill_columns(app, &plot, columns);
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	screen_draw_canvas(area, canvas);
	return plot.scale.kind;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	static const char *const scales[] = {
		[SCALE_LINEAR] = "linear y",
		[SCALE_LOG] = "log y",
		[SCALE_SYMMETRIC] = "symmetric log y",
	};
	const struct view *view = own;
	enum scale_kind scale;

	if (area.rows >= NUMBERS_FROM_ROWS) {
		draw_numbers(app, area);
		area.row++;
		area.rows--;
	}
	scale = draw_plot(app, view, area);
	snprintf(note, PANE_NOTE_SIZE, "%s %s %s", scales[scale],
		screen_signs()->separator,
		view->only_recent           ? "recent"
			: view->log_updates ? "whole run, log x"
					    : "whole run");
}

static const struct pane_place place = {
	.band = "results",
	.priority = 10,
	.min = {3, 18},
	.preferred = {7, 30},
};

const struct pane pane_loss = {
	.title = "Loss",
	.help = "the loss of each update and its moving average.",
	.explanation = "The numbers above the plot are the loss of the last "
		       "update, the average over about 100 updates, the best "
		       "loss and, if it is known, the floor. The line is the "
		       "average, the dots are single updates or their range in "
		       "each column, the dotted lines are the floor and, for "
		       "texts, the losses of simple predictors. l and x change "
		       "the axes.",
	.place = &place,
	.state_size = sizeof(struct view),
	.draw = draw,
};

static void
change_loss_axis(struct app *app, uint64_t count)
{
	struct view *view = app_pane_state(app, &pane_loss);

	(void)count;
	view->axis = has_log_axis(app, view) ? AXIS_LINEAR : AXIS_LOG;
}

const struct action action_loss_axis = {
	.name = "loss-axis",
	.key = {'l'},
	.shown = "l",
	.help = "switch the loss axis: logarithmic or linear",
	.bar_keys = "l",
	.bar_word = "log",
	.act = change_loss_axis,
};

/* Cycle: whole run, whole run on a logarithmic axis, recent part. */
static void
change_update_axis(struct app *app, uint64_t count)
{
	struct view *view = app_pane_state(app, &pane_loss);

	(void)count;
	if (view->only_recent) {
		view->only_recent = false;
	} else if (view->log_updates) {
		view->log_updates = false;
		view->only_recent = true;
	} else {
		view->log_updates = true;
	}
}

const struct action action_update_axis = {
	.name = "update-axis",
	.key = {'x'},
	.shown = "x",
	.help = "switch the update axis: whole run, log, recent part",
	.bar_keys = "x",
	.bar_word = "axis",
	.act = change_update_axis,
};
