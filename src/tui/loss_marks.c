/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/loss_marks.h"

#include "tui/app.h"
#include "tui/screen.h"

/* Min rows of a plot and the line. */
enum { ROWS_MIN = 8 };

struct area
loss_marks_place(const struct app *app, struct area *plot)
{
	struct area area = *plot;

	area.rows = 0;
	if (plot->rows < ROWS_MIN || app->tour != NULL ||
		app->session->past.timeline.count < 2)
		return area;
	plot->rows--;
	area.row += plot->rows;
	area.rows = 1;
	return area;
}

/* Whether a state of the updates [first, end) is kept. */
static bool
is_kept(const struct timeline *timeline, uint64_t first, uint64_t end)
{
	for (size_t i = 0; i < timeline->count; i++)
		if (timeline->mark[i].update >= first &&
			timeline->mark[i].update < end)
			return true;
	return false;
}

void
loss_marks_draw(const struct app *app, const struct plot *plot,
	struct area area)
{
	const struct timeline *timeline = &app->session->past.timeline;
	const struct screen_signs *signs = screen_signs();
	uint64_t at = run_updates(app->session->run);
	bool is_in_past = session_is_in_past(app->session);
	long across = canvas_dots_across(plot->canvas);

	for (long i = 0; area.rows > 0 && i + across <= plot->columns;
		i += across) {
		int column = (int)((plot->left + i) / across);
		uint64_t first, end, ignored;

		plot_column_span(plot, i, &first, &ignored);
		plot_column_span(plot, i + across - 1, &ignored, &end);
		if (is_in_past && at >= first && at < end)
			screen_print(area, 0, column, ROLE_MODEL, "%s",
				signs->here);
		else if (is_kept(timeline, first, end))
			screen_print(area, 0, column, ROLE_DIM, "%s",
				signs->separator);
	}
}
