/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Loss pane: a plot of the loss over the updates, and its numbers. The
 * curve is the mean of the updates in each column, without lag.
 */
#include <stdio.h>

#include "base/translate.h"
#include "draw/plot.h"
#include "run/loss_plot.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/loss_marks.h"
#include "tui/loss_numbers.h"
#include "tui/panes.h"
#include "tui/past.h"
#include "tui/screen.h"

enum {
	COLUMNS_MAX = 4096, /* dots: a screen of 2,048 columns */
	/* min rows inside the box for one row of numbers, and for two */
	NUMBERS_FROM_ROWS = 3,
	MORE_FROM_ROWS = 10,
	/* rows above the plot where a click enlarges the pane */
	NUMBER_ROWS = 2
};

/* The losses of the run beside this one, if they are comparable. */
static const struct history *
history_of_other(const struct app *app)
{
	const struct run *other = app->other->session->run;

	return settings_have_same_loss(run_settings(app->session->run),
		       run_settings(other))
		? run_history(other)
		: NULL;
}

/* The losses of the grey curve: what comes after the past, or a former run. */
static const struct history *
ghost_of(const struct app *app)
{
	const struct settings *settings = run_settings(app->session->run);

	if (session_is_in_past(app->session))
		return &session_present(app->session)->history;
	if (app->other != NULL)
		return history_of_other(app);
	return ghost_has_curve(&app->ghost, settings) ? app->ghost.history
						      : NULL;
}

static void
fill_ghost(const struct app *app, const struct plot *plot,
	struct plot_column *columns)
{
	const struct history *ghost = ghost_of(app);
	struct history_bucket bucket;

	if (ghost == NULL)
		return;
	for (long i = 0; i < plot->columns; i++) {
		columns[i].has_ghost =
			loss_plot_column(plot, i, ghost, &bucket);
		if (columns[i].has_ghost)
			columns[i].ghost = bucket.mean;
	}
}

/* Choose the axes of the plot, which in the past reach the present. */
static void
make_plot(const struct app *app, const struct loss_plot_view *view,
	struct loss_plot *losses)
{
	struct loss_plot_view reaching = *view;

	reaching.reach = session_present_updates(app->session);
	if (app->other != NULL &&
		run_updates(app->other->session->run) > reaching.reach)
		reaching.reach = run_updates(app->other->session->run);
	loss_plot_make(losses, app->session->run, &reaching);
}

/* Draw the plot; return the scale of the y axis. */
static enum scale_kind
draw_plot(const struct app *app, const struct loss_plot_view *view,
	struct area area)
{
	struct plot_column columns[COLUMNS_MAX];
	struct loss_plot losses;
	struct area marks = loss_marks_place(app, &area);
	struct canvas *canvas = screen_canvas(area.rows,
		area.columns < COLUMNS_MAX / 2 ? area.columns
					       : COLUMNS_MAX / 2);
	struct plot plot;

	if (canvas == NULL)
		return SCALE_LINEAR;
	make_plot(app, view, &losses);
	plot = plot_begin(canvas, &losses.axes);
	loss_plot_fill(&plot, app->session->run, columns);
	fill_ghost(app, &plot, columns);
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	screen_draw_canvas(area, canvas);
	loss_marks_draw(app, &plot, marks);
	return plot.scale.kind;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	static const char *const scales[] = {
		[SCALE_LINEAR] = N_("linear y"),
		[SCALE_LOG] = N_("log y"),
		[SCALE_SYMMETRIC] = N_("symmetric log y"),
	};
	const struct loss_plot_view *view = own;
	enum scale_kind scale;

	if (area.rows >= NUMBERS_FROM_ROWS) {
		int used = loss_numbers_draw(app, area,
			area.rows >= MORE_FROM_ROWS ? 2 : 1);

		area.row += used;
		area.rows -= used;
	}
	scale = draw_plot(app, view, area);
	snprintf(note, PANE_NOTE_SIZE, "%s %s %s", _(scales[scale]),
		screen_signs()->separator,
		view->only_recent           ? _("recent")
			: view->log_updates ? _("whole run, log x")
					    : _("whole run"));
}

/* A click in the plot goes to the update at that column. */
static bool
click(struct app *app, struct area area, int row, int column)
{
	struct canvas *canvas = screen_canvas(area.rows, area.columns);
	uint64_t first, end, present = session_present_updates(app->session);
	struct loss_plot losses;
	struct plot plot;
	long dot;

	if (canvas == NULL || app->tour != NULL ||
		app->session->past.timeline.count < 2)
		return false;
	make_plot(app, app_pane_state(app, &pane_loss), &losses);
	plot = plot_begin(canvas, &losses.axes);
	dot = canvas_dots_across(canvas) * (column + 1L) - 1;
	/* the numbers above the plot, and the labels at its left */
	if (row < NUMBER_ROWS || dot < plot.left ||
		dot >= plot.left + plot.columns)
		return false;
	plot_column_span(&plot, dot - plot.left, &first, &end);
	end -= 1 + (uint64_t)losses.axes.is_log_x;
	past_visit(app, end < present ? end : present);
	return true;
}

static const struct pane_place place = {
	.band = "results",
	.priority = 10,
	.min = {3, 18},
	.preferred = {7, 30},
};

const struct pane pane_loss = {
	.title = N_("Loss"),
	.help = N_("the loss of each update: mean and range."),
	.explanation = N_(
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
		"axes. The dots below are the updates whose whole state is "
		"kept: the comma, a click in the plot, and here Left and Right "
		"go back to them. There the grey dots are what came later."),
	.place = &place,
	.state_size = sizeof(struct loss_plot_view),
	.click = click,
	.draw = draw,
};

static void
change_loss_axis(struct app *app, uint64_t count)
{
	struct loss_plot_view *view = app_pane_state(app, &pane_loss);

	(void)count;
	view->axis = loss_plot_has_log(app->session->run, view)
		? LOSS_PLOT_LINEAR
		: LOSS_PLOT_LOG;
}

const struct action action_loss_axis = {
	.name = "loss-axis",
	.key = {'l'},
	.shown = "l",
	.help = N_("switch the loss axis: logarithmic or linear"),
	.bar_keys = "l",
	.bar_word = N_("log"),
	.act = change_loss_axis,
};

/* Cycle: whole run, whole run on a logarithmic axis, recent part. */
static void
change_update_axis(struct app *app, uint64_t count)
{
	struct loss_plot_view *view = app_pane_state(app, &pane_loss);

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
	.help = N_("switch the update axis: whole run, log, recent part"),
	.bar_keys = "x",
	.bar_word = N_("axis"),
	.act = change_update_axis,
};

static const char *
refuse_without_ghost(const struct app *app)
{
	return app->ghost.is_kept ? NULL : _("no former run is shown");
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
	.help = N_("remove the grey curve and drawing of the run before"),
	.refuse = refuse_without_ghost,
	.act = forget_ghost,
};
