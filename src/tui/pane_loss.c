/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Loss pane: a plot of the loss over the updates, and its numbers. The
 * curve is the mean of the updates in each column, without lag.
 */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/plot.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/loss_numbers.h"
#include "tui/panes.h"
#include "tui/screen.h"

enum {
	COLUMNS_MAX = 4096, /* dots: a screen of 2,048 columns */
	/* min rows inside the box for one row of numbers, and for two */
	NUMBERS_FROM_ROWS = 3,
	MORE_FROM_ROWS = 10,
	GUIDE_SIZE = 32, /* the name of a line of reference */
	/* min range of the axis of updates */
	UPDATES_MIN = 100,
	/* the axis ends at the target if at most a part of it would be cut */
	TARGET_PART = 4
};

/* The axes selected by the user. */
struct chosen {
	enum {
		AXIS_OF_LOSS, /* linear for densities, or else logarithmic */
		AXIS_LINEAR,
		AXIS_LOG
	} axis;
	bool log_updates, only_recent; /* axis of updates */
};

static bool
has_log_axis(const struct app *app, const struct chosen *view)
{
	if (view->axis == AXIS_OF_LOSS)
		return !run_settings(app->session->run)->loss->is_density;
	return view->axis == AXIS_LOG;
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
 * plot rescales rarely, or the target when it is near.
 */
static struct plot_axes
choose_axes(const struct app *app, const struct chosen *view)
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
	}
	if (view->only_recent) {
		axes.is_close = true;
		axes.first = updates > recent ? updates - recent : 0;
		axes.end = axes.first + recent;
		return axes;
	}
	axes.end = round_count(updates > UPDATES_MIN ? updates : UPDATES_MIN);
	if (target >= updates && target > 1 &&
		axes.end >= target - target / TARGET_PART)
		axes.end = target;
	return axes;
}

/* Name the lines of reference, each with its value: "blind guess 3.71". */
static void
name_guides(const struct app *app, struct plot_axes *axes,
	char names[PLOT_GUIDES][GUIDE_SIZE])
{
	static const char *const names_of[2][PLOT_GUIDES] =
		{{"blind guess", "letter counts", "one letter back"},
			{"blind guess", "token counts", "one token back"}};
	const char *const *words =
		names_of[run_settings(app->session->run)->tokens->has_words];

	for (int i = 0; i < PLOT_GUIDES; i++) {
		snprintf(names[i], GUIDE_SIZE, "%s %.3g",
			app_is_text(app) ? words[i] : "floor", axes->guide[i]);
		axes->guide_name[i] = names[i];
	}
}

/* Get the losses of a column of dots from a history. */
static bool
find_losses(const struct plot *plot, long column, const struct history *history,
	struct history_bucket *bucket)
{
	uint64_t first, end, before = UINT64_MAX, ignored;

	plot_column_span(plot, column, &first, &end);
	if (column > 0)
		plot_column_span(plot, column - 1, &before, &ignored);
	/* an update that spans several columns is drawn in the first */
	if (first == before)
		return false;
	/* the logarithmic axis counts updates from 1 */
	first -= plot->axes.is_log_x;
	end -= plot->axes.is_log_x;
	return history_span(history, first, end, bucket);
}

static void
fill_columns(const struct app *app, const struct plot *plot,
	struct plot_column *columns)
{
	const struct run *run = app->session->run;
	const struct ghost *ghost = &app->ghost;
	bool has_ghost = ghost_has_curve(ghost, run_settings(run));

	for (long i = 0; i < plot->columns; i++) {
		struct history_bucket bucket;

		columns[i] = (struct plot_column){.is_known = false};
		if (find_losses(plot, i, run_history(run), &bucket))
			columns[i] = (struct plot_column){.is_known = true,
				.mean = bucket.mean,
				.min = bucket.min,
				.max = bucket.max};
		columns[i].has_ghost = has_ghost &&
			find_losses(plot, i, ghost->history, &bucket);
		if (columns[i].has_ghost)
			columns[i].ghost = bucket.mean;
	}
}

/* Store the losses of the validations in points; returns the count. */
static size_t
fill_validations(const struct run *run,
	struct plot_point points[VALIDATIONS_MAX], size_t *best)
{
	const struct validations *validations = run_validations(run);

	if (validations->count > 0)
		*best = validations_best(validations);
	for (size_t i = 0; i < validations->count; i++)
		points[i] = (struct plot_point){validations->at[i].update,
			validations->at[i].loss};
	return validations->count;
}

/* Draw the plot; return the scale of the y axis. */
static enum scale_kind
draw_plot(const struct app *app, const struct chosen *view, struct area area)
{
	struct plot_column columns[COLUMNS_MAX];
	struct plot_point validation[VALIDATIONS_MAX];
	struct plot_axes axes = choose_axes(app, view);
	char names[PLOT_GUIDES][GUIDE_SIZE];
	struct canvas *canvas = screen_canvas(area.rows,
		area.columns < COLUMNS_MAX / 2 ? area.columns
					       : COLUMNS_MAX / 2);
	struct plot plot;

	if (canvas == NULL)
		return SCALE_LINEAR;
	name_guides(app, &axes, names);
	axes.validation = validation;
	axes.validations =
		fill_validations(app->session->run, validation, &axes.best);
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
	const struct chosen *view = own;
	enum scale_kind scale;

	if (area.rows >= NUMBERS_FROM_ROWS) {
		int used = loss_numbers_draw(app, area,
			area.rows >= MORE_FROM_ROWS ? 2 : 1);

		area.row += used;
		area.rows -= used;
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
	.help = "the loss of each update: mean and range.",
	.explanation =
		"The bold line is the mean loss of the updates in each "
		"column, the grey ground behind it their range. The "
		"numbers above, each with the sign of its line, are the "
		"average over about 100 updates, the best average, the "
		"floor if it is known, and the loss of the last single "
		"update. If data are held out for validation, a second "
		"line shows the losses over them, with a mark "
		"at the best. Dotted lines with names are the floor, "
		"the lowest mean loss possible, below which an average "
		"of random updates may be a little by chance; or for a "
		"text the losses of a blind guess (uniform), of letter "
		"counts (unigram), and of one letter back (bigram). Grey dots "
		"are the run before, until G removes them. l and x change the "
		"axes.",
	.place = &place,
	.state_size = sizeof(struct chosen),
	.draw = draw,
};

static void
change_loss_axis(struct app *app, uint64_t count)
{
	struct chosen *view = app_pane_state(app, &pane_loss);

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
	struct chosen *view = app_pane_state(app, &pane_loss);

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

static const char *
refuse_without_ghost(const struct app *app)
{
	return app->ghost.is_kept ? NULL : "no former run is shown";
}

static void
forget_ghost(struct app *app, uint64_t count)
{
	(void)count;
	ghost_destroy(&app->ghost);
}

const struct action action_forget_ghost = {
	.name = "forget",
	.key = {'G'},
	.shown = "G",
	.help = "remove the grey curve and drawing of the run before",
	.refuse = refuse_without_ghost,
	.act = forget_ghost,
};
