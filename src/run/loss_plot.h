/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plot of a run's losses: its axes, the lines of reference with their
 * names, the losses of columns, and the validations. The pane and the pictures
 * both draw it.
 */
#ifndef LSTMTUI_RUN_LOSS_PLOT_H
#define LSTMTUI_RUN_LOSS_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/plot.h"
#include "run/history.h"
#include "run/run_view.h"

/* The part of the run, and its axes. */
struct loss_plot_view {
	enum {
		LOSS_PLOT_AXIS_OF_LOSS, /* linear for densities, or else log */
		LOSS_PLOT_LINEAR,
		LOSS_PLOT_LOG
	} axis;
	bool log_updates, only_recent; /* axis of updates */
	/* the axis reaches so many updates at least, more than the run has */
	uint64_t reach;
	bool is_english; /* the names of the lines are not translated */
};

enum { LOSS_PLOT_NAME_SIZE = 64 }; /* of a line of reference */

/* The axes point into the struct: do not copy it. */
struct loss_plot {
	struct plot_axes axes;
	char names[PLOT_GUIDES][LOSS_PLOT_NAME_SIZE];
	struct plot_point validation[VALIDATIONS_MAX];
};

/* Whether the axis of the loss is logarithmic. */
bool loss_plot_has_log(const struct run *run,
	const struct loss_plot_view *view);

/*
 * Choose the axes. The end of the axis of updates is a nice number, so that the
 * plot rescales rarely, or the target when it is near.
 */
void loss_plot_make(struct loss_plot *plot, const struct run *run,
	const struct loss_plot_view *view);

/* Get the losses of a column of dots from a history; false: none. */
bool loss_plot_column(const struct plot *plot, long column,
	const struct history *history, struct history_bucket *bucket);

/* Store the losses of the run in columns[plot->columns], without a ghost. */
void loss_plot_fill(const struct plot *plot, const struct run *run,
	struct plot_column *columns);

#endif
