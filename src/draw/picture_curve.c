/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/picture_curve.h"

#include "draw/picture_page.h"

#ifndef HAVE_CAIRO

bool
picture_curve_write(const struct picture_curve *curve,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error)
{
	(void)curve;
	(void)sink;
	return picture_check(format, error);
}

#else

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "draw/labels.h"
#include "draw/scale.h"

/* Sizes in points. */
enum {
	LEFT = 62, /* the label of the axis, and those of its ticks */
	RIGHT = 24,
	TOP = 68, /* title, subtitle, legend */
	BELOW = 46,
	PLOT_WIDTH = PICTURE_CURVE_COLUMNS,
	PLOT_HEIGHT = 300,
	WIDTH = LEFT + PLOT_WIDTH + RIGHT,
	HEIGHT = TOP + PLOT_HEIGHT + BELOW,
	SUBTITLE_AT = 41,
	LEGEND_AT = 60,
	TICK = 4,
	TICK_SPACE = 17, /* least distance of labels of the y axis */
	NAME_SPACE = 12, /* the same of names of guides */
	Y_TICKS = 6,
	X_TICKS = 5,
	LABEL_COLUMNS = 7,
	SIGN_WIDTH = 18, /* of the legend */
	LEGEND_GAP = 20
};

#define LINE_WIDTH 1.5
#define MARK_RADIUS 3.5
#define FULL_TURN 6.28318530717958647692

struct color {
	double red, green, blue;
};

static const struct color black = {0, 0, 0}, grey = {0.4, 0.4, 0.4},
			  light = {0.88, 0.88, 0.88}, blue = {0.13, 0.35, 0.72},
			  band = {0.76, 0.84, 0.95}, orange = {0.8, 0.33, 0};

/* A page while it is drawn. */
struct sheet {
	cairo_t *cairo;
	const struct picture_curve *curve;
	struct scale scale;
	double name_at[PLOT_GUIDES]; /* the names that are drawn */
	int names;
};

static void
set_color(cairo_t *cairo, struct color color)
{
	cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
}

static void
draw_segment(const struct sheet *sheet, double x0, double y0, double x1,
	double y1)
{
	cairo_move_to(sheet->cairo, x0, y0);
	cairo_line_to(sheet->cairo, x1, y1);
	cairo_stroke(sheet->cairo);
}

/* The place of a value, kept near the plot. */
static double
y_of(const struct sheet *sheet, double value)
{
	double position = scale_position(&sheet->scale, value);

	/* a logarithmic scale has no place for 0 and less, -inf or NaN */
	if (!(position > -1))
		position = -1;
	return TOP + PLOT_HEIGHT * (1 - fmin(position, 2));
}

static double
x_of(const struct sheet *sheet, double update)
{
	const struct plot_axes *axes = &sheet->curve->plot.axes;

	return LEFT +
		PLOT_WIDTH * (update - (double)axes->first) /
		(double)(axes->end - axes->first);
}

/* The middle of a column. */
static double
x_of_column(const struct sheet *sheet, long column)
{
	return LEFT +
		PLOT_WIDTH * ((double)column + 0.5) /
		(double)sheet->curve->plot.columns;
}

static int
compare_values(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Keep those ticks, the most important first, whose labels have room. */
static size_t
choose_ticks(const struct sheet *sheet, double ticks[LABELS_MAX])
{
	size_t count = scale_ticks(&sheet->scale, Y_TICKS, ticks, LABELS_MAX);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		bool has_room = true;

		for (size_t k = 0; k < kept; k++)
			has_room = has_room &&
				fabs(y_of(sheet, ticks[i]) -
					y_of(sheet, ticks[k])) >= TICK_SPACE;
		if (has_room)
			ticks[kept++] = ticks[i];
	}
	qsort(ticks, kept, sizeof *ticks, compare_values);
	return kept;
}

/* Draw the grid and the labels of the loss. */
static void
draw_y_axis(const struct sheet *sheet)
{
	cairo_t *cairo = sheet->cairo;
	double ticks[LABELS_MAX];
	size_t count = choose_ticks(sheet, ticks);
	struct labels labels = {0};
	bool has_labels = true;

	if (sheet->scale.kind == SCALE_LINEAR)
		has_labels =
			labels_make(&labels, ticks, count, LABEL_COLUMNS, true);
	else
		labels_make_log(&labels, ticks, count, LABEL_COLUMNS);
	for (size_t i = 0; i < count; i++) {
		double y = y_of(sheet, ticks[i]);

		set_color(cairo, light);
		draw_segment(sheet, LEFT, y, LEFT + PLOT_WIDTH, y);
		set_color(cairo, black);
		if (has_labels)
			picture_draw_text(cairo, LEFT - 2 * TICK, y + 3.5, 1,
				labels.text[i]);
	}
	picture_draw_text(cairo, LEFT, TOP - 6, 1, labels.common);
	cairo_save(cairo);
	cairo_translate(cairo, PICTURE_MARGIN + 4, TOP + PLOT_HEIGHT / 2.0);
	cairo_rotate(cairo, -FULL_TURN / 4);
	picture_draw_text(cairo, 0, 0, 0.5, sheet->curve->loss);
	cairo_restore(cairo);
}

static void
draw_x_axis(const struct sheet *sheet)
{
	const struct plot_axes *axes = &sheet->curve->plot.axes;
	const struct scale scale = {.kind = SCALE_LINEAR,
		.low = (double)axes->first,
		.high = (double)axes->end};
	double bottom = TOP + PLOT_HEIGHT, ticks[LABELS_MAX];
	size_t count = scale_ticks(&scale, X_TICKS, ticks, LABELS_MAX);
	char number[NUMBER_TEXT_SIZE];

	set_color(sheet->cairo, grey);
	draw_segment(sheet, LEFT, bottom, LEFT + PLOT_WIDTH, bottom);
	for (size_t i = 0; i < count; i++) {
		double x = x_of(sheet, ticks[i]);

		/* a step of a short axis may be a part of an update */
		if (ticks[i] != floor(ticks[i]))
			continue;
		set_color(sheet->cairo, grey);
		draw_segment(sheet, x, bottom, x, bottom + TICK);
		set_color(sheet->cairo, black);
		picture_draw_text(sheet->cairo, x,
			bottom + TICK + 1.2 * PICTURE_LABEL_FONT, 0.5,
			number_grouped(number, number_count(ticks[i])));
	}
	picture_draw_text(sheet->cairo, LEFT + PLOT_WIDTH / 2.0, HEIGHT - 10,
		0.5, "updates");
}

/* Fill the range between the minima and the maxima of the columns. */
static void
draw_band(const struct sheet *sheet)
{
	const struct plot_column *columns = sheet->curve->columns;
	double width = (double)PLOT_WIDTH / (double)sheet->curve->plot.columns;

	set_color(sheet->cairo, band);
	for (long i = 0; i < sheet->curve->plot.columns; i++) {
		double high, low;

		if (!columns[i].is_known)
			continue;
		high = y_of(sheet, columns[i].max);
		low = y_of(sheet, columns[i].min);
		cairo_rectangle(sheet->cairo, x_of_column(sheet, i) - width / 2,
			high, width, low - high);
	}
	cairo_fill(sheet->cairo);
}

static void
draw_means(const struct sheet *sheet)
{
	const struct plot_column *columns = sheet->curve->columns;

	set_color(sheet->cairo, blue);
	cairo_set_line_width(sheet->cairo, LINE_WIDTH);
	for (long i = 0; i < sheet->curve->plot.columns; i++)
		/* without a current point, cairo_line_to moves */
		if (columns[i].is_known && isfinite(columns[i].mean))
			cairo_line_to(sheet->cairo, x_of_column(sheet, i),
				y_of(sheet, columns[i].mean));
	/* a single column is a dot */
	cairo_rel_line_to(sheet->cairo, 0, 0);
	cairo_stroke(sheet->cairo);
}

/* Connect the losses of the validations, and mark the best one. */
static void
draw_validations(const struct sheet *sheet)
{
	const struct plot_axes *axes = &sheet->curve->plot.axes;
	const struct plot_point *best = axes->validation + axes->best;

	if (axes->validations == 0)
		return;
	set_color(sheet->cairo, orange);
	cairo_set_line_width(sheet->cairo, LINE_WIDTH);
	for (size_t i = 0; i < axes->validations; i++)
		if (isfinite(axes->validation[i].value))
			cairo_line_to(sheet->cairo,
				x_of(sheet, axes->validation[i].update),
				y_of(sheet, axes->validation[i].value));
	cairo_stroke(sheet->cairo);
	cairo_arc(sheet->cairo, x_of(sheet, best->update),
		y_of(sheet, best->value), MARK_RADIUS, 0, FULL_TURN);
	cairo_fill(sheet->cairo);
}

/* Write the name of a guide at its end, above its line or else below it. */
static void
draw_guide_name(struct sheet *sheet, const char *name, double y)
{
	double at = y - 4;
	cairo_text_extents_t extents;

	for (int i = 0; i < sheet->names; i++)
		if (fabs(at - sheet->name_at[i]) < NAME_SPACE)
			at = y + PICTURE_LABEL_FONT;
	sheet->name_at[sheet->names++] = at;
	/* the curve may be behind it */
	cairo_text_extents(sheet->cairo, name, &extents);
	cairo_set_source_rgba(sheet->cairo, 1, 1, 1, 0.75);
	cairo_rectangle(sheet->cairo, LEFT + PLOT_WIDTH - 6 - extents.x_advance,
		at - 0.8 * PICTURE_LABEL_FONT, extents.x_advance + 4,
		PICTURE_LABEL_FONT + 1);
	cairo_fill(sheet->cairo);
	set_color(sheet->cairo, grey);
	picture_draw_text(sheet->cairo, LEFT + PLOT_WIDTH - 4, at, 1, name);
}

static void
draw_guides(struct sheet *sheet)
{
	const struct plot_axes *axes = &sheet->curve->plot.axes;
	static const double dashes[] = {2, 3};

	for (int i = 0; i < PLOT_GUIDES; i++) {
		double y;

		if (!(axes->guide[i] > 0))
			continue;
		y = y_of(sheet, axes->guide[i]);
		set_color(sheet->cairo, grey);
		cairo_set_line_width(sheet->cairo, 1);
		cairo_set_dash(sheet->cairo, dashes, 2, 0);
		draw_segment(sheet, LEFT, y, LEFT + PLOT_WIDTH, y);
		cairo_set_dash(sheet->cairo, NULL, 0, 0);
		draw_guide_name(sheet, axes->guide_name[i], y);
	}
}

/* Draw a sign and its text; return where the next sign begins. */
static double
draw_sign(const struct sheet *sheet, double x, struct color color, double width,
	const char *text)
{
	cairo_text_extents_t extents;

	set_color(sheet->cairo, color);
	cairo_set_line_width(sheet->cairo, width);
	draw_segment(sheet, x, LEGEND_AT - 3.5, x + SIGN_WIDTH,
		LEGEND_AT - 3.5);
	set_color(sheet->cairo, black);
	cairo_text_extents(sheet->cairo, text, &extents);
	picture_draw_text(sheet->cairo, x + SIGN_WIDTH + 5, LEGEND_AT, 0, text);
	return x + SIGN_WIDTH + 5 + extents.x_advance + LEGEND_GAP;
}

static void
draw_legend(const struct sheet *sheet)
{
	const struct plot_axes *axes = &sheet->curve->plot.axes;
	double x = LEFT;

	x = draw_sign(sheet, x, blue, LINE_WIDTH, "loss, mean");
	x = draw_sign(sheet, x, band, 8, "lowest to highest");
	if (axes->validations > 0)
		draw_sign(sheet, x, orange, LINE_WIDTH,
			"validation, best marked");
}

static void
draw_curve(cairo_t *cairo, const struct picture_page *page)
{
	const struct picture_curve *curve = page->content;
	struct sheet sheet = {.cairo = cairo, .curve = curve};
	double low, high;

	plot_range(&curve->plot, curve->columns, &low, &high);
	sheet.scale = scale_fit(low, high, curve->plot.axes.is_log_y);
	picture_draw_title(cairo, page, curve->title);
	set_color(cairo, grey);
	picture_draw_fitted(cairo, SUBTITLE_AT, PICTURE_LABEL_FONT,
		WIDTH - 2 * PICTURE_MARGIN, curve->subtitle);
	cairo_set_font_size(cairo, PICTURE_LABEL_FONT);
	cairo_set_line_width(cairo, 0.75);
	draw_y_axis(&sheet);
	draw_legend(&sheet);
	cairo_save(cairo);
	cairo_rectangle(cairo, LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT);
	cairo_clip(cairo);
	cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
	cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
	draw_band(&sheet);
	draw_means(&sheet);
	draw_validations(&sheet);
	cairo_restore(cairo);
	draw_guides(&sheet);
	cairo_set_line_width(cairo, 0.75);
	draw_x_axis(&sheet);
}

bool
picture_curve_write(const struct picture_curve *curve,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error)
{
	const struct picture_page page = {
		.width = WIDTH,
		.height = HEIGHT,
		.draw = draw_curve,
		.content = curve,
	};

	return picture_page_write(&page, format, sink, error);
}

#endif
