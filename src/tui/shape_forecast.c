/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/shape_forecast.h"

#include <stdio.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/screen.h"
#include "tui/shape_planes.h"

enum { GAP = 2, BAND_COLUMNS = 2 };

/* Include the predictions and the continuation in the range of a panel. */
static struct plane_range
range_of(const struct live_forecast *live, struct drawing drawing)
{
	const struct forecast *forecast = &live->forecast;
	struct plane_range range = plane_empty_range();

	if (!forecast->has_results)
		return range;
	plane_include(&range, &drawing, forecast->past,
		forecast->results.predicted);
	drawing.first += forecast->past - 1;
	plane_include(&range, &drawing, forecast->steps + 1, live->line);
	if (live_forecast_has_fan(live)) {
		plane_include(&range, &drawing, forecast->steps + 1, live->low);
		plane_include(&range, &drawing, forecast->steps + 1,
			live->high);
	}
	return range;
}

bool
shape_forecast_prepare(struct app *app, double now)
{
	struct live_shape *shape = &app->shape;
	bool is_busy = live_forecast_update(&shape->forecast, now,
		app->is_running, app->cuts_memory);

	for (size_t i = 0; i < shape->choice.count; i++) {
		struct shape_range *shown = &shape->forecast_range[i];
		struct plane_range range =
			range_of(&shape->forecast, shown->drawing);

		shape_range_hold(shown, &range);
	}
	/* while training runs there are frames anyway */
	return is_busy && !app->is_running;
}

static void
draw_panel(const struct live_forecast *live, const struct plane *plane,
	struct drawing drawing, bool has_data)
{
	const struct forecast *forecast = &live->forecast;
	size_t steps = forecast->steps + 1;
	struct drawing after = drawing;

	after.first += forecast->past - 1;
	if (forecast->has_results && live_forecast_has_fan(live))
		plane_fill(plane, &after, steps, live->low, live->high);
	if (has_data)
		plane_draw(plane, &drawing, CANVAS_DATA, forecast->past,
			forecast->actual, false);
	if (!forecast->has_results)
		return;
	plane_draw(plane, &drawing, CANVAS_AHEAD, forecast->past,
		forecast->results.predicted, false);
	plane_draw(plane, &after, CANVAS_MODEL, steps, live->line, false);
}

void
shape_forecast_draw(const struct app *app, bool has_data, struct area area)
{
	const struct live_shape *shape = &app->shape;
	const struct live_forecast *live = &shape->forecast;
	struct canvas *canvas = screen_canvas(area.rows, area.columns);
	struct shape_planes planes;

	if (canvas == NULL)
		return;
	planes = shape_planes_begin(shape, shape->forecast_range, canvas, true);
	for (size_t i = 0; i < planes.count; i++) {
		struct drawing drawing = shape->forecast_range[i].drawing;

		draw_panel(live, &planes.plane[i], drawing, has_data);
		plane_divide(&planes.plane[i],
			(double)(drawing.first + live->forecast.past) - 0.5,
			i == 0 ? _("end of data") : "");
	}
	screen_draw_canvas(area, canvas);
}

/* The legend, filled from the left. */
struct rows {
	struct area area;
	int count, row, column;
};

/* Print a sign and a name, in the next row if there is no room; layers. */
static void
add(struct rows *rows, enum canvas_layer layer, enum screen_role role,
	const char *name)
{
	int sign = layer == CANVAS_BAND ? BAND_COLUMNS : 1;
	int width = sign + 1 + screen_width(name);

	if (rows->column + width > rows->area.columns && rows->column > 1) {
		rows->row++;
		rows->column = 1;
	}
	if (rows->row >= rows->count)
		return;
	if (layer == CANVAS_BAND) {
		screen_band(rows->area, rows->row, rows->column, BAND_COLUMNS);
		rows->column += BAND_COLUMNS + 1;
	} else {
		rows->column = screen_print(rows->area, rows->row, rows->column,
			role, "%s ", canvas_sign(screen_tier(), layer));
	}
	rows->column = screen_print(rows->area, rows->row, rows->column,
			       ROLE_DIM, "%s", name) +
		GAP;
}

int
shape_forecast_draw_legend(const struct app *app, bool has_data,
	struct area area, int count)
{
	struct rows rows = {area, count, 0, 1};

	if (has_data)
		add(&rows, CANVAS_DATA, ROLE_DATA, _("data"));
	add(&rows, CANVAS_MODEL, ROLE_MODEL, _("1 step ahead, forecast"));
	if (live_forecast_has_fan(&app->shape.forecast))
		/* xgettext:no-c-format */
		add(&rows, CANVAS_BAND, ROLE_NORMAL, _("10-90 % of samples"));
	return rows.row < count ? rows.row + 1 : count;
}
