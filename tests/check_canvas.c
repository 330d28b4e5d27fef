/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the canvas and of drawings on it: dots as braille and ASCII, shapes
 * at equal scale, the loss plot with its axes and guide lines.
 */
#include <math.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "draw/canvas.h"
#include "draw/plane.h"
#include "draw/plot.h"
#include "suite.h"

static struct canvas canvas;

static void
begin(size_t rows, size_t columns, enum canvas_tier tier)
{
	struct error error;

	ck_assert(canvas_begin(&canvas, rows, columns, tier, &error));
}

static void
release(void)
{
	canvas_destroy(&canvas);
	memset(&canvas, 0, sizeof canvas);
}

static const char *
glyph(size_t row, size_t column)
{
	static char text[CANVAS_GLYPH_SIZE];
	enum canvas_layer layer;

	return canvas_glyph(&canvas, row, column, text, &layer);
}

START_TEST(each_dot_is_its_bit_of_braille)
{
	/* Unicode's chart: dots 1 2 3 7 on the left, 4 5 6 8 on the right */
	static const char *const expected[4][2] = {{"⠁", "⠈"}, {"⠂", "⠐"},
		{"⠄", "⠠"}, {"⡀", "⢀"}};

	for (long y = 0; y < 4; y++)
		for (long x = 0; x < 2; x++) {
			begin(3, 3, CANVAS_BRAILLE);
			canvas_dot(&canvas, CANVAS_MODEL, 2 + x, 4 + y);
			ck_assert_str_eq(glyph(1, 1), expected[y][x]);
			ck_assert_str_eq(glyph(0, 0), " ");
			ck_assert_str_eq(glyph(2, 2), " ");
		}
	begin(1, 1, CANVAS_BRAILLE);
	for (long i = 0; i < 8; i++)
		canvas_dot(&canvas, CANVAS_DATA, i % 2, i / 2);
	ck_assert_str_eq(glyph(0, 0), "⣿");
	release();
}
END_TEST

START_TEST(the_ascii_canvas_prints_only_ascii)
{
	begin(10, 20, CANVAS_ASCII);
	for (int layer = 0; layer < CANVAS_LAYERS; layer++)
		canvas_line(&canvas, (enum canvas_layer)layer, 0, layer, 19,
			19 - layer);
	for (size_t row = 0; row < 10; row++)
		for (size_t column = 0; column < 20; column++) {
			const char *text = glyph(row, column);

			ck_assert_uint_eq(strlen(text), 1);
			ck_assert(text[0] >= ' ' && text[0] <= '~');
		}
	release();
}
END_TEST

START_TEST(the_front_layer_covers_the_others)
{
	char text[CANVAS_GLYPH_SIZE];
	enum canvas_layer layer;

	begin(1, 1, CANVAS_BRAILLE);
	canvas_dot(&canvas, CANVAS_DATA, 0, 0);
	canvas_dot(&canvas, CANVAS_MODEL, 1, 3);
	canvas_glyph(&canvas, 0, 0, text, &layer);
	ck_assert_int_eq(layer, CANVAS_MODEL);
	release();
}
END_TEST

/* The line in front of many samples keeps its shape. */
START_TEST(samples_do_not_thicken_a_line)
{
	char alone[CANVAS_GLYPH_SIZE], text[CANVAS_GLYPH_SIZE];
	enum canvas_layer layer;

	begin(1, 2, CANVAS_BRAILLE);
	canvas_dot(&canvas, CANVAS_MODEL, 1, 3);
	canvas_glyph(&canvas, 0, 0, alone, &layer);
	for (long x = 0; x < 4; x++)
		canvas_dot(&canvas, CANVAS_SAMPLES, x, 0);
	canvas_glyph(&canvas, 0, 0, text, &layer);
	ck_assert_int_eq(layer, CANVAS_MODEL);
	ck_assert_str_eq(text, alone);
	canvas_glyph(&canvas, 0, 1, text, &layer);
	ck_assert_int_eq(layer, CANVAS_SAMPLES);
	ck_assert_str_eq(text, "\u2809");
	release();
}
END_TEST

START_TEST(dots_outside_the_canvas_are_not_drawn)
{
	static const double far[] = {-1e300, -1e9, -1, 1e3, 1e9, 1e300,
		INFINITY, -INFINITY, NAN};
	enum { FAR = sizeof far / sizeof far[0] };

	for (size_t rows = 1; rows < 6; rows++)
		for (int i = 0; i < FAR * FAR; i++) {
			begin(rows, 7 - rows,
				i % 2 ? CANVAS_BRAILLE : CANVAS_ASCII);
			canvas_line(&canvas, CANVAS_MODEL, far[i % FAR],
				far[i / FAR], far[(i + 3) % FAR], 2);
			canvas_line(&canvas, CANVAS_MODEL, 2, 1, far[i % FAR],
				far[i / FAR]);
			canvas_dot(&canvas, CANVAS_MODEL, -1, 0);
			canvas_dot(&canvas, CANVAS_MODEL, 0, 1000);
			canvas_text(&canvas, CANVAS_FRAME, -1, 0, "above");
			canvas_text(&canvas, CANVAS_FRAME, 0, 3, "wide text");
			canvas_text(&canvas, CANVAS_FRAME, 0, -2, "left");
		}
	release();
}
END_TEST

START_TEST(lines_are_printed_without_trailing_blanks)
{
	char text[64] = "";
	FILE *stream = fmemopen(text, sizeof text, "w");

	ck_assert_ptr_nonnull(stream);
	begin(4, 6, CANVAS_BRAILLE);
	canvas_dot(&canvas, CANVAS_DATA, 0, 0);
	canvas_text(&canvas, CANVAS_FRAME, 1, 2, "a b");
	canvas_text(&canvas, CANVAS_FRAME, 3, 5, "z");
	canvas_print(&canvas, stream);
	fclose(stream);
	ck_assert_str_eq(text, "⠁\n  a b\n\n     z\n");
	release();
}
END_TEST

/* A line reaches both its ends and has no gap along its longer side. */
START_TEST(lines_have_no_gaps)
{
	begin(8, 16, CANVAS_BRAILLE);
	canvas_line(&canvas, CANVAS_MODEL, 0, 31, 31, 3);
	for (size_t column = 0; column < 16; column++) {
		bool any = false;

		for (size_t row = 0; row < 8; row++)
			any |= strcmp(glyph(row, column), " ") != 0;
		ck_assert_msg(any, "a gap in column %zu", column);
	}
	ck_assert_str_ne(glyph(7, 0), " ");
	ck_assert_str_ne(glyph(0, 15), " ");
	release();
}
END_TEST

START_TEST(the_plane_has_one_scale_for_both_directions)
{
	static const size_t sizes[][2] = {{10, 20}, {20, 20}, {5, 60}, {30, 70},
		{40, 12}};
	const struct drawing shape = drawing_of(2);

	for (int tier = 0; tier < 2; tier++)
		for (size_t i = 0; i < 5; i++) {
			struct plane plane;

			begin(sizes[i][0], sizes[i][1], (enum canvas_tier)tier);
			plane = plane_begin(&canvas, &plane_unit_range, &shape);
			/* dots are square in both tiers */
			ck_assert_double_eq_tol(plane.x_scale, -plane.y_scale,
				1e-9);
			/* the range -0.1 to 1.1 is completely visible */
			ck_assert_double_ge(plane.x_origin -
					0.1 * plane.x_scale,
				-0.5);
			ck_assert_double_le(plane.x_origin +
					1.1 * plane.x_scale,
				(double)canvas_width(&canvas) - 0.5);
			ck_assert_double_ge(plane.y_origin +
					1.1 * plane.y_scale,
				-0.5);
			ck_assert_double_le(plane.y_origin -
					0.1 * plane.y_scale,
				(double)canvas_height(&canvas) - 0.5);
		}
	release();
}
END_TEST

START_TEST(a_plots_columns_cover_all_updates_in_order)
{
	static const struct plot_axes axes[] = {
		{0, 25000, false, true, false, {1.0 / 12, NAN, NAN}, {NULL},
			NULL, 0, 0},
		{1, 1000000000, true, true, false, {NAN, NAN, NAN}, {NULL},
			NULL, 0, 0},
		{24000, 25000, false, false, false, {NAN, NAN, NAN}, {NULL},
			NULL, 0, 0},
		{1, 10, true, false, false, {NAN, NAN, NAN}, {NULL}, NULL, 0,
			0},
	};

	for (size_t i = 0; i < 4; i++)
		for (size_t columns = 10; columns < 200; columns += 31) {
			struct plot plot;
			uint64_t first, end, before = axes[i].first;

			begin(12, columns, CANVAS_BRAILLE);
			plot = plot_begin(&canvas, &axes[i]);
			for (long c = 0; c < plot.columns; c++) {
				plot_column_span(&plot, c, &first, &end);
				ck_assert(first <= before);
				ck_assert(end >= first);
				if (end > before)
					before = end;
			}
			ck_assert(before >= axes[i].end);
		}
	release();
}
END_TEST

/* Return the dots of a layer in a column: bit y is row y from the top. */
static uint64_t
dots_of(enum canvas_layer layer, long x)
{
	static const unsigned char bits[4][2] = {{0x01, 0x08}, {0x02, 0x10},
		{0x04, 0x20}, {0x40, 0x80}};
	uint64_t dots = 0;

	for (size_t y = 0; y < 4 * canvas.rows; y++)
		if (canvas.cell[y / 4 * canvas.columns + (size_t)x / 2]
				.dots[layer] &
			bits[y % 4][x % 2])
			dots |= UINT64_C(1) << y;
	return dots;
}

/* Return the bit of the dot of a value on a linear axis. */
static uint64_t
dot_at(const struct plot *plot, double value)
{
	double part = (value - plot->scale.low) /
		(plot->scale.high - plot->scale.low);

	return UINT64_C(1) << lround((1 - part) * (double)(plot->rows - 1));
}

/* Count the cells that are filled though they should not be, or the reverse. */
static int
wrong_fills(const struct plot *plot, double low, double high)
{
	double top = round(log2((double)dot_at(plot, high)));
	double bottom = round(log2((double)dot_at(plot, low)));
	int wrong = 0;

	for (size_t row = 0; row < canvas.rows; row++)
		for (size_t column = 0; column < canvas.columns; column++) {
			/* at least half of the cell is between the values */
			bool is_between = 4 * (double)row + 2 >= top &&
				4 * (double)row + 1 <= bottom;

			wrong += canvas_is_filled(&canvas, row, column) !=
				is_between;
		}
	return wrong;
}

/* A plot too small for axes shows the dots of each series. */
START_TEST(each_value_is_drawn_at_its_height)
{
	const struct plot_point validation[] = {{0, 0.35}, {1000, 0.35}};
	struct plot_axes axes = {0, 1000, false, false, false, {0.4, NAN, NAN},
		{NULL}, validation, 2, 2};
	const struct plot_column values = {true, 0.3f, 0.1f, 0.45f, true, 0.2f};
	struct plot_column columns[40];
	struct plot plot;

	begin(10, 20, CANVAS_BRAILLE);
	plot = plot_begin(&canvas, &axes);
	ck_assert_int_eq(plot.columns, 40);
	ck_assert_int_eq(plot.rows, 40);
	for (long c = 0; c < plot.columns; c++)
		columns[c] = values;
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	ck_assert_double_le(plot.scale.low, 0.1);
	ck_assert_double_ge(plot.scale.high, 0.45);
	for (long c = 0; c < plot.columns; c++) {
		ck_assert_uint_eq(dots_of(CANVAS_MODEL, c), dot_at(&plot, 0.3));
		ck_assert_uint_eq(dots_of(CANVAS_GHOST, c),
			c % 2 == 0 ? dot_at(&plot, 0.2) : 0);
		ck_assert_uint_eq(dots_of(CANVAS_VALIDATION, c),
			dot_at(&plot, 0.35));
		ck_assert_uint_eq(dots_of(CANVAS_GUIDE, c),
			c % 4 == 0 ? dot_at(&plot, 0.4) : 0);
	}
	ck_assert_int_eq(wrong_fills(&plot, 0.1, 0.45), 0);
	release();
}
END_TEST

/* Return the first row that holds a text; -1: none. */
static int
row_of(const char *text)
{
	for (size_t row = 0; row < canvas.rows; row++) {
		char line[1024] = "";

		for (size_t column = 0; column < canvas.columns; column++)
			strcat(line, glyph(row, column));
		if (strstr(line, text) != NULL)
			return (int)row;
	}
	return -1;
}

/* Count the cells of the line of losses that a text hides. */
static int
hidden_cells(void)
{
	int hidden = 0;

	for (size_t i = 0; i < canvas.rows * canvas.columns; i++)
		hidden += canvas.cell[i].dots[CANVAS_MODEL] != 0 &&
			canvas.cell[i].text[0] != '\0';
	return hidden;
}

/*
 * Draw losses that alternate between two values, and a guide at 0.5 of 0 to 1.
 * Return the row of the guide's name; -1: it has none.
 */
static int
row_of_name(float low, float high)
{
	struct plot_axes axes = {.end = 1000,
		.guide = {0.5, NAN, NAN},
		.guide_name = {"floor 0.5"}};
	struct plot_column columns[400] = {{.is_known = false}};
	struct plot plot;
	int row;

	begin(20, 60, CANVAS_BRAILLE);
	plot = plot_begin(&canvas, &axes);
	for (long c = 0; c < plot.columns; c++) {
		float mean = c == 0 ? 0 : c == 1 ? 1 : c % 2 == 0 ? low : high;

		columns[c] =
			(struct plot_column){true, mean, mean, mean, false, 0};
	}
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	ck_assert_int_eq(hidden_cells(), 0);
	row = row_of("floor 0.5");
	release();
	return row;
}

/*
 * A guide's name stands on its line; where the losses run, above or below it;
 * it never hides a loss.
 */
START_TEST(the_name_of_a_guide_hides_no_losses)
{
	int row = row_of_name(0.75f, 0.75f);

	ck_assert_int_gt(row, 0);
	ck_assert_int_eq(row_of_name(0.25f, 0.25f), row);
	ck_assert_int_eq(row_of_name(0.5f, 0.5f), row - 1);
	ck_assert_int_eq(row_of_name(0.5f, 0.75f), row + 1);
	ck_assert_int_eq(row_of_name(0.25f, 0.75f), -1);
}
END_TEST

START_TEST(a_ghost_is_dotted)
{
	begin(1, 4, CANVAS_BRAILLE);
	canvas_line(&canvas, CANVAS_GHOST, 0, 0, 7, 0);
	for (size_t column = 0; column < 4; column++)
		ck_assert_str_eq(glyph(0, column), "⠁");
	release();
}
END_TEST

/* A band is a ground: it shows where nothing else does. */
START_TEST(a_band_is_behind_all_dots)
{
	enum canvas_layer layer;
	char text[CANVAS_GLYPH_SIZE];

	begin(1, 3, CANVAS_BRAILLE);
	canvas_fill(&canvas, 0, 0);
	canvas_fill(&canvas, 0, 1);
	canvas_fill(&canvas, -1, 0);
	canvas_fill(&canvas, 0, 3);
	canvas_dot(&canvas, CANVAS_MODEL, 0, 3);
	canvas_glyph(&canvas, 0, 0, text, &layer);
	ck_assert_str_eq(text, "⡀");
	ck_assert_int_eq(layer, CANVAS_MODEL);
	canvas_glyph(&canvas, 0, 1, text, &layer);
	ck_assert_str_eq(text, "░");
	ck_assert_int_eq(layer, CANVAS_BAND);
	ck_assert_str_eq(glyph(0, 2), " ");
	ck_assert(canvas_is_filled(&canvas, 0, 1));
	ck_assert(!canvas_is_filled(&canvas, 0, 2));
	ck_assert(canvas_is_free(&canvas, 0, 1, 1));
	ck_assert(!canvas_is_free(&canvas, 0, 0, 1));
	release();
}
END_TEST

/* The best validation is marked, at its update and its height. */
START_TEST(the_best_validation_is_marked)
{
	const struct plot_point validation[] = {{100, 0.9}, {500, 0.2},
		{900, 0.8}};
	struct plot_axes axes = {0, 1000, false, false, false, {NAN, NAN, NAN},
		{NULL}, validation, 3, 1};
	struct plot_column columns[400] = {{.is_known = false}};
	struct plot plot;
	long row, column;

	begin(20, 60, CANVAS_BRAILLE);
	plot = plot_begin(&canvas, &axes);
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	column = (plot.left + plot.columns / 2) / 2;
	row = lround((1 -
			     (0.2 - plot.scale.low) /
				     (plot.scale.high - plot.scale.low)) *
		      (double)(plot.rows - 1)) /
		4;
	ck_assert_str_eq(glyph((size_t)row, (size_t)column), "◆");
	release();
}
END_TEST

START_TEST(the_floor_is_a_line_at_its_height)
{
	struct plot_axes axes = {0, 1000, false, false, false, {0.25, NAN, NAN},
		{NULL}, NULL, 0, 0};
	struct plot_column columns[400] = {{.is_known = false}};
	struct plot plot;
	bool any = false;

	begin(20, 60, CANVAS_BRAILLE);
	plot = plot_begin(&canvas, &axes);
	for (long c = 0; c < plot.columns; c++)
		columns[c] =
			(struct plot_column){true, 0.5f, 0.0f, 1.0f, false, 0};
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	for (size_t row = 0; row < 20; row++)
		for (size_t column = 0; column < 60; column++)
			any |= strcmp(glyph(row, column), "0") == 0;
	/* the left axis has labels */
	ck_assert(any);
	ck_assert_double_le(plot.scale.low, 0.25);
	ck_assert_double_ge(plot.scale.high, 0.5);
	release();
}
END_TEST

/*
 * Draw the axes of means from low to high and updates from 0 to end, with a
 * band far beyond both values.
 */
static struct plot
draw_range(size_t rows, double low, double high, bool is_log, uint64_t end)
{
	struct plot_axes axes = {0, end, false, is_log, false, {NAN, NAN, NAN},
		{NULL}, NULL, 0, 0};
	static struct plot_column columns[400];
	struct plot plot;

	begin(rows, 60, CANVAS_BRAILLE);
	plot = plot_begin(&canvas, &axes);
	for (long c = 0; c < plot.columns; c++)
		columns[c] = (struct plot_column){true,
			(float)(c % 2 == 0 ? low : high), (float)(low / 100),
			(float)(high * 100), false, 0};
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	return plot;
}

/* The number of the left axis in a row; NaN: none. */
static double
tick_of(size_t row)
{
	char text[64] = "";

	for (size_t column = 0; column < 5; column++)
		strcat(text, glyph(row, column));
	return strspn(text, " ") < strlen(text) ? strtod(text, NULL) : NAN;
}

/* From a plateau to six decades, at every height of a screen. */
START_TEST(a_logarithmic_axis_has_two_ticks_and_none_below)
{
	static const double low[] = {0.0833, 0.1, 0.013, 3.1, 2.0, 0.00099};
	static const double ratio[] = {1.01, 1.1, 1.24, 1.26, 1.6, 2, 2.5, 3,
		4.2, 5, 9.9, 10, 30, 100, 1e4, 1e6};
	char failure[128] = "";

	for (size_t rows = 5; rows < 60; rows += rows < 20 ? 1 : 7)
		for (size_t l = 0; l < 6; l++)
			for (size_t r = 0; r < 16; r++) {
				double high = low[l] * ratio[r];
				struct plot plot = draw_range(rows, low[l],
					high, true, 1000);
				int ticks = 0;

				for (size_t row = 0; row + 2 < rows; row++)
					ticks += !isnan(tick_of(row));
				/* shared digits need one of three rows */
				if (rows == 5 && plot.top > 0)
					continue;
				if (ticks < 2 || isnan(tick_of(rows - 3)) ||
					plot.scale.low > low[l] ||
					plot.scale.high < high)
					snprintf(failure, sizeof failure,
						"%zu rows, %g to %g: %d ticks",
						rows, low[l], high, ticks);
			}
	release();
	ck_assert_msg(failure[0] == '\0', "%s", failure);
}
END_TEST

static bool
row_holds(size_t row, const char *text)
{
	char line[1024] = "";

	for (size_t column = 0; column < canvas.columns; column++)
		strcat(line, glyph(row, column));
	return strstr(line, text) != NULL;
}

START_TEST(the_ticks_of_a_logarithmic_axis_are_as_recorded)
{
	static const struct {
		double low, high, tick[6]; /* from the top; 0: the end */
	} cases[] = {
		{0.0833, 0.25, {0.2, 0.1, 0.07}},
		{0.055, 0.4, {0.2, 0.1, 0.05}},
		{0.0011, 2.3, {1, 0.1, 0.01, 5e-4}},
		{0.101, 0.105, {0.105, 0.104, 0.103, 0.102, 0.101}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t found = 0;

		draw_range(12, cases[i].low, cases[i].high, true, 1000);
		for (size_t row = 0; row < 10; row++)
			if (!isnan(tick_of(row)))
				ck_assert_double_eq_tol(tick_of(row),
					cases[i].tick[found++], 1e-9);
		ck_assert_double_eq(cases[i].tick[found], 0);
	}
	release();
}
END_TEST

START_TEST(the_last_update_is_labelled_and_the_steps_are_equal)
{
	draw_range(12, 0.1, 0.5, true, 25000);
	ck_assert(row_holds(11, "0   "));
	ck_assert(row_holds(11, " 5,000 "));
	ck_assert(row_holds(11, " 10,000 "));
	ck_assert(row_holds(11, " 15,000 "));
	ck_assert(row_holds(11, " 25,000"));
	release();
}
END_TEST

/*
 * A line's name is on it, also where curves cover it. _i 0: the average covers
 * the whole line; 1: it does not; 2: it covers the right half.
 */
START_TEST(a_line_is_labelled_where_there_is_room)
{
	struct plot_axes axes = {0, 1000, false, false, false, {2.5, 1, NAN},
		{"letters", "pairs", NULL}, NULL, 0, 0};
	struct plot_column columns[400] = {{.is_known = false}};
	float average = _i == 1 ? 1.75f : 2.5f;
	struct plot plot;
	int letters = 0, pairs = 0, left = 0;

	begin(20, 60, CANVAS_BRAILLE);
	plot = plot_begin(&canvas, &axes);
	for (long c = _i == 2 ? plot.columns / 2 : 0; c < plot.columns; c++)
		columns[c] = (struct plot_column){true, average, average,
			average, false, 0};
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	for (size_t row = 0; row < 20; row++) {
		letters += row_holds(row, "letters");
		left += row_holds(row, "letters\u2809") ||
			row_holds(row, "letters\u2812") ||
			row_holds(row, "letters\u2824") ||
			row_holds(row, "letters\u28c0");
		pairs += row_holds(row, "pairs");
	}
	ck_assert_int_eq(letters, 1);
	ck_assert_int_eq(left, _i == 2 ? 1 : 0);
	ck_assert_int_eq(pairs, 1);
	release();
}
END_TEST

/* The axis ends at 1.05 to 1.6 times the largest value. */
START_TEST(the_axis_ends_near_the_values)
{
	static const float values[] = {0.09f, 0.35f, 0.9f, 1.4f, 4.17f, 6.6f,
		9.5f, 33, 720};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		struct plot_axes axes = {0, 100, false, false, false,
			{NAN, NAN, NAN}, {NULL}, NULL, 0, 0};
		struct plot_column columns[400] = {{.is_known = false}};
		struct plot plot;

		begin(20, 60, CANVAS_BRAILLE);
		plot = plot_begin(&canvas, &axes);
		columns[0] = (struct plot_column){true, values[i], values[i],
			values[i], false, 0};
		plot_fit(&plot, columns);
		plot_draw(&plot, columns);
		ck_assert_double_le(plot.scale.low, 0);
		ck_assert_double_ge(plot.scale.low, -0.05 * (double)values[i]);
		ck_assert_double_ge(plot.scale.high, 1.05 * (double)values[i]);
		ck_assert_double_le(plot.scale.high, 1.6 * (double)values[i]);
	}
	release();
}
END_TEST

/* The value that an axis shows at the centre of a row of cells. */
static double
value_at(const struct plot *plot, size_t row, bool is_log)
{
	double down = (double)canvas_dots_down(&canvas);
	double dots = (double)row * down + (down - 1) / 2;
	double part = 1 - (dots - (double)plot->top) / (double)(plot->rows - 1);
	double low = plot->scale.low, high = plot->scale.high;

	return is_log ? low * pow(high / low, part) : low + part * (high - low);
}

/* Count the labels of the left axis, and those in rows of other values. */
static void
check_ticks(const struct plot *plot, bool is_log, int *ticks, int *wrong)
{
	for (size_t row = 0; row + 2 < canvas.rows; row++) {
		char line[64] = "";
		double value = value_at(plot, row, is_log), difference;

		for (size_t column = 0; column < 6; column++)
			strcat(line, glyph(row, column));
		if (strpbrk(line, "0123456789") == NULL)
			continue;
		difference = is_log ? log(atof(line) / value) /
				log(value_at(plot, row, true) /
					value_at(plot, row + 1, true))
				    : (atof(line) - value) /
				(value_at(plot, row, false) -
					value_at(plot, row + 1, false));
		++*ticks;
		*wrong += !(fabs(difference) < (is_log ? 0.31 : 0.01));
	}
}

/* A label is in the row whose centre has its value, in a log axis nearly. */
START_TEST(ticks_are_proportional_to_their_values)
{
	int wrong = 0, ticks = 0, few = 0;
	bool is_log = _i == 1;

	for (int i = 0; i < 400; i++) {
		struct plot_axes axes = {0, 100, false, is_log, false,
			{NAN, NAN, NAN}, {NULL}, NULL, 0, 0};
		struct plot_column columns[400] = {{.is_known = false}};
		float high = 0.1f * (float)(i + 1), low = 0;
		struct plot plot;
		int before = ticks;

		if (is_log)
			low = high / (10 + (float)i);
		else if (i % 4 == 3)
			low = (float)(-i % 70);
		begin(7 + (size_t)i % 40, 60,
			i % 3 == 0 ? CANVAS_ASCII : CANVAS_BRAILLE);
		plot = plot_begin(&canvas, &axes);
		columns[0] =
			(struct plot_column){true, low, low, low, false, 0};
		columns[1] =
			(struct plot_column){true, high, high, high, false, 0};
		plot_fit(&plot, columns);
		plot_draw(&plot, columns);
		check_ticks(&plot, is_log, &ticks, &wrong);
		few += ticks - before < 2;
	}
	ck_assert_int_eq(wrong, 0);
	ck_assert_int_le(few, 0);
	ck_assert_int_gt(ticks, 1200);
	release();
}
END_TEST

/* Store the labels of the left axis from top to bottom, blanks between. */
static void
left_labels(char *text, size_t rows, size_t columns)
{
	text[0] = '\0';
	for (size_t row = 0; row < rows; row++) {
		size_t before = strlen(text);

		for (size_t column = 0; column < columns; column++)
			if (strcmp(glyph(row, column), " ") != 0)
				strcat(text, glyph(row, column));
		if (strlen(text) > before)
			strcat(text, " ");
	}
}

static const struct {
	float min, max;
	bool log_y;
	enum canvas_tier tier;
	const char *labels, *common;
} plateaus[] = {
	{11206, 11220, false, CANVAS_BRAILLE, "11220 11215 11210 ", ""},
	{11206, 11220, true, CANVAS_ASCII,
		"11220 11218 11216 11214 11212 11210 11208 11206 ", ""},
	{1300006, 1300020, false, CANVAS_ASCII, "10 5 0 ", "+1,300,010"},
	{1300006, 1300020, true, CANVAS_BRAILLE, "20 18 16 14 12 10 8 6 ",
		"+1,300,000"},
	{-6, 2, true, CANVAS_BRAILLE, "2 1 0 -1 -2 -5 ", ""},
	{-6, 2, false, CANVAS_BRAILLE, "2 0 -2 -4 -6 ", ""},
};

START_TEST(the_axis_tells_close_values_apart)
{
	struct plot_axes axes = {.end = 100,
		.is_log_y = plateaus[_i].log_y,
		.guide = {NAN, NAN, NAN}};
	struct plot_column columns[400] = {{.is_known = false}};
	float min = plateaus[_i].min, max = plateaus[_i].max;
	const char *common = plateaus[_i].common;
	char text[1024], first[64] = "";
	struct plot plot;

	begin(20, 60, plateaus[_i].tier);
	plot = plot_begin(&canvas, &axes);
	columns[0] = (struct plot_column){true, min, min, min, false, 0};
	columns[1] = (struct plot_column){true, max, max, max, false, 0};
	plot_fit(&plot, columns);
	plot_draw(&plot, columns);
	for (size_t column = 0; common[0] != '\0' && column < 10; column++)
		strcat(first, glyph(0, column));
	ck_assert_str_eq(first, common);
	left_labels(text, 18, 5);
	/* skip the start of the shared part, above the labels */
	ck_assert_str_eq(text + (common[0] == '\0' ? 0 : 6),
		plateaus[_i].labels);
	release();
}
END_TEST

/* Above 2⁵³, adding a step may not change a double. */
START_TEST(a_plot_of_any_updates_comes_to_an_end)
{
	static const uint64_t last[] = {1, 1000, UINT64_C(1) << 53,
		(UINT64_C(1) << 53) + 1, UINT64_C(1) << 62};
	struct plot_column columns[400] = {{true, 0.5f, 0.0f, 1.0f, false, 0}};

	for (size_t i = 0; i < sizeof last / sizeof last[0]; i++)
		for (uint64_t span = 1; span <= last[i] && span < 10000;
			span = 3 * span + 7) {
			struct plot_axes axes = {last[i] - span, last[i], false,
				false, false, {NAN, NAN, NAN}, {NULL}, NULL, 0,
				0};
			struct plot plot;

			begin(20, 60, CANVAS_BRAILLE);
			plot = plot_begin(&canvas, &axes);
			plot_fit(&plot, columns);
			plot_draw(&plot, columns);
		}
	release();
}
END_TEST

static Suite *
canvas_suite(void)
{
	Suite *suite = suite_create("canvas");
	TCase *group = suite_group(suite, "canvas", SUITE_SECONDS);

	tcase_add_test(group, each_dot_is_its_bit_of_braille);
	tcase_add_test(group, the_ascii_canvas_prints_only_ascii);
	tcase_add_test(group, the_front_layer_covers_the_others);
	tcase_add_test(group, samples_do_not_thicken_a_line);
	tcase_add_test(group, dots_outside_the_canvas_are_not_drawn);
	tcase_add_test(group, lines_are_printed_without_trailing_blanks);
	tcase_add_test(group, lines_have_no_gaps);

	group = suite_group(suite, "drawings", SUITE_SECONDS);
	tcase_add_test(group, the_plane_has_one_scale_for_both_directions);
	tcase_add_test(group, a_plots_columns_cover_all_updates_in_order);
	tcase_add_test(group, each_value_is_drawn_at_its_height);
	tcase_add_test(group, the_name_of_a_guide_hides_no_losses);
	tcase_add_test(group, a_ghost_is_dotted);
	tcase_add_test(group, a_band_is_behind_all_dots);
	tcase_add_test(group, the_best_validation_is_marked);
	tcase_add_test(group, a_logarithmic_axis_has_two_ticks_and_none_below);
	tcase_add_test(group, the_ticks_of_a_logarithmic_axis_are_as_recorded);
	tcase_add_test(group,
		the_last_update_is_labelled_and_the_steps_are_equal);
	tcase_add_test(group, the_floor_is_a_line_at_its_height);
	suite_add_loop(group, a_line_is_labelled_where_there_is_room, 0, 3);
	tcase_add_test(group, the_axis_ends_near_the_values);
	suite_add_loop(group, ticks_are_proportional_to_their_values, 0, 2);
	suite_add_loop(group, the_axis_tells_close_values_apart, 0,
		sizeof plateaus / sizeof plateaus[0]);
	tcase_add_test(group, a_plot_of_any_updates_comes_to_an_end);
	return suite;
}

int
main(void)
{
	return suite_run(canvas_suite());
}
