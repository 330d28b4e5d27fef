/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/loss_plot.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"

enum {
	/* min range of the axis of updates */
	UPDATES_MIN = 100,
	/* the axis ends at the target if at most a part of it would be cut */
	TARGET_PART = 4
};

bool
loss_plot_has_log(const struct run *run, const struct loss_plot_view *view)
{
	if (view->axis == LOSS_PLOT_AXIS_OF_LOSS)
		return !run_settings(run)->loss->is_density;
	return view->axis == LOSS_PLOT_LOG;
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

/* Choose the updates that the axis shows. */
static void
choose_span(struct plot_axes *axes, const struct run *run,
	const struct loss_plot_view *view)
{
	uint64_t updates = run_updates(run), target = run_settings(run)->target;
	uint64_t recent;

	if (updates < view->reach)
		updates = view->reach;
	recent = updates / 10 > UPDATES_MIN ? updates / 10 : UPDATES_MIN;
	if (view->only_recent) {
		axes->is_close = true;
		axes->first = updates > recent ? updates - recent : 0;
		axes->end = axes->first + recent;
		return;
	}
	axes->first = view->log_updates ? 1 : 0;
	axes->end = round_count(updates > UPDATES_MIN ? updates : UPDATES_MIN);
	if (target >= updates && target > 1 &&
		axes->end >= target - target / TARGET_PART)
		axes->end = target;
}

/* Choose the lines of reference, each with its value: "blind guess 3.71". */
static void
choose_guides(struct loss_plot *plot, const struct run *run, bool is_english)
{
	static const char *const names_of[2][PLOT_GUIDES] =
		{{N_("blind guess"), N_("letter counts"),
			 N_("one letter back")},
			{N_("blind guess"), N_("token counts"),
				N_("one token back")}};
	bool is_text = run_task(run)->is_text;
	const char *const *words =
		names_of[run_settings(run)->tokens->has_words];
	const struct task_floor *floor = run_floor(run);
	const char *floor_name =
		run_floor_is_passed(run) ? N_("no memory") : N_("floor");
	double *guide = plot->axes.guide;

	guide[0] = floor != NULL ? run_floor_value(run) : NAN;
	guide[1] = guide[2] = NAN;
	if (is_text) {
		guide[0] = log((double)run_features(run));
		guide[1] = run_unigram(run);
		guide[2] = run_bigram(run);
	}
	for (int i = 0; i < PLOT_GUIDES; i++) {
		const char *name = is_text ? words[i] : floor_name;

		snprintf(plot->names[i], sizeof plot->names[i], "%s %.3g",
			is_english ? name : _(name), guide[i]);
		plot->axes.guide_name[i] = plot->names[i];
	}
}

void
loss_plot_make(struct loss_plot *plot, const struct run *run,
	const struct loss_plot_view *view)
{
	const struct validations *validations = run_validations(run);

	plot->axes = (struct plot_axes){
		.is_log_x = view->log_updates,
		.is_log_y = loss_plot_has_log(run, view),
		.validation = plot->validation,
		.validations = validations->count,
	};
	choose_span(&plot->axes, run, view);
	choose_guides(plot, run, view->is_english);
	if (validations->count > 0)
		plot->axes.best = validations_best(validations);
	for (size_t i = 0; i < validations->count; i++)
		plot->validation[i] =
			(struct plot_point){validations->at[i].update,
				validations->at[i].loss};
}

bool
loss_plot_column(const struct plot *plot, long column,
	const struct history *history, struct history_bucket *bucket)
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

void
loss_plot_fill(const struct plot *plot, const struct run *run,
	struct plot_column *columns)
{
	for (long i = 0; i < plot->columns; i++) {
		struct history_bucket bucket;

		columns[i] = (struct plot_column){.is_known = false};
		if (loss_plot_column(plot, i, run_history(run), &bucket))
			columns[i] = (struct plot_column){.is_known = true,
				.mean = bucket.mean,
				.min = bucket.min,
				.max = bucket.max};
	}
}
