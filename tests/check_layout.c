/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the layout at every size of the screen: panes are inside the screen
 * and do not overlap, and the lowest priority is dropped first.
 */
#include <string.h>

#include "suite.h"
#include "tui/layout.h"
#include "tui/inside_panes.h"
#include "tui/microscope_panes.h"
#include "tui/panes.h"

enum { ROWS = 60, COLUMNS = 200, ZOOMS = 4 };

/* The panes of points and of a text, and more panes than the program has. */
static const struct pane *const of_points[] = {&bar_title, &bar_state,
	&pane_loss, &pane_shape, &pane_training, &bar_message, &bar_keys, NULL};
static const struct pane *const of_texts[] = {&bar_title, &bar_state,
	&pane_loss, &pane_text, &pane_training, &bar_message, &bar_keys, NULL};

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)columns;
	return rows / 4;
}

static const struct pane_place small_place = {
	.band = "details",
	.priority = 5,
	.screen_min = {30, 100},
	.min = {4, 20},
	.preferred = {8, 30},
	.rows = wanted_rows,
};
static const struct pane_place greedy_place = {
	.priority = 1,
	.min = {5, 10},
	.preferred = {5, 10},
};
static const struct pane first = {.title = "First", .place = &small_place};
static const struct pane second = {.title = "Second", .place = &small_place};
static const struct pane third = {.title = "Third", .place = &small_place};
static const struct pane fourth = {.title = "Fourth", .place = &greedy_place};
static int
three_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	(void)columns;
	return 3;
}

static const struct pane_place extra_place = {
	.priority = 5,
	.screen_min = {24, 60},
	.min = {3, 30},
	.preferred = {3, 30},
	.rows = three_rows,
};
static const struct pane extra = {.title = "Extra", .place = &extra_place};
static const struct pane *const of_many[] = {&bar_title, &bar_state, &pane_loss,
	&pane_shape, &first, &second, &third, &pane_training, &fourth,
	&bar_message, &bar_keys, NULL};

/* All panes of the inside view. */
static const struct pane *const of_inside[] = {&inside_title, &inside_steps,
	&inside_gates, &inside_connections, &inside_unit, &inside_weights,
	&inside_gradient, &inside_change, &inside_health, &inside_caption,
	&bar_keys, NULL};

/* All panes of the inside view of a text. */
static const struct pane *const of_microscope[] = {&microscope_title,
	&microscope_text, &microscope_units, &microscope_expected,
	&microscope_back, &microscope_caption, &bar_keys, NULL};

static const struct pane *const *const lists[] = {of_points, of_texts, of_many,
	of_inside, of_microscope};
static const char *const zooms[ZOOMS] = {NULL, "Loss", "Generated", "Training"};

enum { LISTS = sizeof lists / sizeof lists[0] };

static const char *
name(const struct pane *pane)
{
	return pane->title != NULL ? pane->title : "a bar";
}

static bool
overlap(const struct area *a, const struct area *b)
{
	return a->row < b->row + b->rows && b->row < a->row + a->rows &&
		a->column < b->column + b->columns &&
		b->column < a->column + a->columns;
}

static void
expect_sound(const struct pane *const *panes, const struct layout *layout,
	int rows, int columns)
{
	int seen = 0;

	for (int i = 0; panes[i] != NULL; i++) {
		const struct area *area = &layout->place[i].area;

		if (area->rows == 0)
			continue;
		seen++;
		EXPECT(area->row >= 0 && area->column >= 0 && area->rows > 0 &&
				area->columns > 0 &&
				area->row + area->rows <= rows &&
				area->column + area->columns <= columns,
			"%d x %d: %s at %d, %d of %d x %d", columns, rows,
			name(panes[i]), area->row, area->column, area->columns,
			area->rows);
		EXPECT(!layout->place[i].has_box ||
				(area->rows >= 3 && area->columns >= 3),
			"%d x %d: nothing in the box of %s", columns, rows,
			name(panes[i]));
		EXPECT(panes[i]->title != NULL ||
				(area->rows == 1 && !layout->place[i].has_box),
			"%d x %d: a bar of %d rows", columns, rows, area->rows);
		for (int k = 0; k < i; k++)
			EXPECT(layout->place[k].area.rows == 0 ||
					!overlap(area, &layout->place[k].area),
				"%d x %d: %s over %s", columns, rows,
				name(panes[i]), name(panes[k]));
	}
	EXPECT(seen >= (rows >= 4 && columns >= 16 ? 2 : 0),
		"%d x %d: %d panes", columns, rows, seen);
}

/* Assert that the panes, if there are any, cover all cells. */
static void
expect_filled(const struct pane *const *panes, const struct layout *layout,
	int rows, int columns)
{
	int cells = 0;

	for (int i = 0; panes[i] != NULL; i++)
		cells += layout->place[i].area.rows *
			layout->place[i].area.columns;
	EXPECT(cells == 0 || cells == rows * columns,
		"%d x %d: %d cells are covered", columns, rows, cells);
}

START_TEST(panes_are_inside_and_do_not_overlap_at_every_size)
{
	for (int list = 0; list < LISTS; list++)
		for (int rows = 1; rows <= ROWS; rows++)
			for (int columns = 1; columns <= COLUMNS; columns++) {
				struct layout layout;

				layout_compute(&layout, lists[list], zooms[_i],
					NULL, rows, columns);
				expect_sound(lists[list], &layout, rows,
					columns);
				expect_filled(lists[list], &layout, rows,
					columns);
			}
}
END_TEST

/* From top to bottom, and from left to right. */
START_TEST(panes_are_in_the_order_of_the_list)
{
	for (int rows = 1; rows <= ROWS; rows++)
		for (int columns = 1; columns <= COLUMNS; columns++) {
			struct layout layout;
			struct area last = {0, -1, 0, 0};

			layout_compute(&layout, of_many, NULL, NULL, rows,
				columns);
			for (int i = 0; of_many[i] != NULL; i++) {
				struct area area = layout.place[i].area;

				if (area.rows == 0)
					continue;
				EXPECT(area.row > last.row ||
						(area.row == last.row &&
							area.column >
								last.column),
					"%d x %d: %s", columns, rows,
					name(of_many[i]));
				last = area;
			}
		}
}
END_TEST

/* row, column, rows, columns of Loss, Generated and Training */
static const struct {
	int rows, columns;
	const char *zoom;
	struct area loss, generated, training;
	bool loss_has_box, training_has_box;
} known[] = {
	/* clang-format off */
	{24, 80, NULL, {1, 0, 17, 44}, {1, 44, 17, 36}, {18, 0, 4, 80},
		true, true},
	{40, 120, NULL, {1, 0, 31, 66}, {1, 66, 31, 54}, {32, 0, 6, 120},
		true, true},
	{23, 80, NULL, {1, 0, 16, 45}, {1, 45, 16, 35}, {17, 0, 4, 80},
		true, true},
	{17, 80, NULL, {1, 0, 13, 51}, {1, 51, 13, 29}, {14, 0, 1, 80},
		true, false},
	/* too narrow for two panes side by side: stacked, or nearly so */
	{24, 50, NULL, {1, 0, 8, 50}, {9, 0, 9, 50}, {18, 0, 4, 50},
		true, true},
	{40, 40, NULL, {1, 0, 14, 40}, {15, 0, 17, 40}, {32, 0, 6, 40},
		true, true},
	{20, 50, NULL, {1, 0, 13, 28}, {1, 28, 13, 22}, {14, 0, 4, 50},
		true, true},
	{20, 35, NULL, {0, 0, 0, 0}, {1, 0, 13, 35}, {14, 0, 4, 35},
		true, true},
	/* few rows */
	{11, 60, NULL, {1, 0, 10, 37}, {1, 37, 10, 23}, {0, 0, 0, 0},
		false, false},
	{11, 59, NULL, {0, 0, 0, 0}, {1, 0, 10, 59}, {0, 0, 0, 0},
		false, false},
	{24, 80, "Loss", {1, 0, 21, 80}, {0, 0, 0, 0}, {0, 0, 0, 0},
		true, false},
	{24, 80, "Training", {0, 0, 0, 0}, {0, 0, 0, 0}, {1, 0, 21, 80},
		false, true},
	{11, 80, "Training", {1, 0, 10, 57}, {1, 57, 10, 23}, {0, 0, 0, 0},
		false, false},
	/* clang-format on */
};

static void
expect_area(const struct area *area, const struct area *wanted, int at,
	const char *pane)
{
	EXPECT((area->rows == 0 && wanted->rows == 0) ||
			(area->row == wanted->row &&
				area->column == wanted->column &&
				area->rows == wanted->rows &&
				area->columns == wanted->columns),
		"%d x %d: %s at %d, %d of %d x %d", known[at].columns,
		known[at].rows, pane, area->row, area->column, area->rows,
		area->columns);
}

START_TEST(layouts_are_as_recorded)
{
	struct layout layout;

	layout_compute(&layout, of_points, known[_i].zoom, NULL, known[_i].rows,
		known[_i].columns);
	expect_area(&layout.place[2].area, &known[_i].loss, _i, "loss");
	expect_area(&layout.place[3].area, &known[_i].generated, _i, "shape");
	expect_area(&layout.place[4].area, &known[_i].training, _i, "training");
	ck_assert_int_eq(layout.place[4].has_box, known[_i].training_has_box);
	if (known[_i].loss.rows > 0)
		ck_assert_int_eq(layout.place[2].has_box,
			known[_i].loss_has_box);
	ck_assert_int_eq(layout.place[0].area.rows, known[_i].rows >= 12);
	ck_assert_int_eq(layout.place[1].area.rows, known[_i].rows < 12);
}
END_TEST

START_TEST(usual_sizes_show_every_pane)
{
	static const int sizes[][2] = {{24, 80}, {30, 100}, {60, 200},
		{50, 132}, {24, 120}};

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct layout layout;

		layout_compute(&layout, of_points, NULL, NULL, sizes[i][0],
			sizes[i][1]);
		for (int k = 0; of_points[k] != NULL; k++) {
			bool is_titled = of_points[k]->title != NULL;

			ck_assert_int_ge(layout.place[k].area.rows,
				is_titled                            ? 4
					: of_points[k] == &bar_state ? 0
								     : 1);
			ck_assert_int_eq(layout.place[k].has_box, is_titled);
		}
	}
}
END_TEST

/* The zoomed pane is shown at every size at which any pane is shown. */
START_TEST(a_zoomed_pane_is_shown_at_every_size)
{
	for (int rows = 1; rows <= ROWS; rows++)
		for (int columns = 1; columns <= COLUMNS; columns++) {
			struct layout all, loss, shape;

			layout_compute(&all, of_points, NULL, NULL, rows,
				columns);
			layout_compute(&loss, of_points, "Loss", NULL, rows,
				columns);
			layout_compute(&shape, of_points, "Generated", NULL,
				rows, columns);
			EXPECT(loss.place[2].area.rows >=
						all.place[2].area.rows &&
					shape.place[3].area.rows >=
						all.place[3].area.rows &&
					loss.place[3].area.rows == 0 &&
					shape.place[2].area.rows == 0,
				"%d x %d", columns, rows);
		}
}
END_TEST

/* A zoom to a pane that another run does not have shows all panes. */
START_TEST(an_unknown_zoom_is_ignored)
{
	for (int rows = 1; rows <= ROWS; rows++) {
		struct layout all, none;

		layout_compute(&all, of_many, NULL, NULL, rows, 120);
		layout_compute(&none, of_many, "No such", NULL, rows, 120);
		for (int i = 0; of_many[i] != NULL; i++)
			ck_assert_int_eq(memcmp(&all.place[i].area,
						 &none.place[i].area,
						 sizeof(struct area)),
				0);
	}
}
END_TEST

static void
expect_kept(const struct pane *const *panes, const struct layout *small,
	const struct layout *large, int rows, int columns)
{
	for (int i = 0; panes[i] != NULL; i++)
		EXPECT(small->place[i].area.rows == 0 ||
				large->place[i].area.rows > 0 ||
				panes[i]->place->screen_rows_below > 0,
			"%d x %d: %s goes with more room", columns, rows,
			name(panes[i]));
}

/* On a larger screen no pane disappears. */
START_TEST(a_larger_screen_drops_no_pane)
{
	const struct pane *const *panes = lists[_i];

	for (int rows = 1; rows < ROWS; rows++)
		for (int columns = 1; columns < COLUMNS; columns++) {
			struct layout here, taller, wider;

			layout_compute(&here, panes, NULL, NULL, rows, columns);
			layout_compute(&taller, panes, NULL, NULL, rows + 1,
				columns);
			layout_compute(&wider, panes, NULL, NULL, rows,
				columns + 1);
			expect_kept(panes, &here, &taller, rows, columns);
			expect_kept(panes, &here, &wider, rows, columns);
		}
}
END_TEST

/* On a screen of few rows only the pane of lowest priority is dropped. */
START_TEST(the_lowest_priority_is_dropped_first)
{
	struct layout layout;

	/* bars 3 rows, results 4, training 1, fourth 5: one row too many */
	layout_compute(&layout, of_many, NULL, NULL, 12, 90);
	ck_assert_int_gt(layout.place[2].area.rows, 0);
	ck_assert_int_gt(layout.place[7].area.rows, 0);
	ck_assert_int_ge(layout.place[8].area.rows, 5);
	ck_assert_int_eq(layout.place[4].area.rows, 0);
	/* the small panes have a higher priority than the fourth, and fit */
	layout_compute(&layout, of_many, NULL, NULL, 40, 100);
	ck_assert_int_eq(layout.place[4].area.columns, 33);
	ck_assert_int_eq(layout.place[5].area.columns, 33);
	ck_assert_int_eq(layout.place[6].area.columns, 34);
	ck_assert_int_eq(layout.place[4].area.rows, 37 / 4);
}
END_TEST

/* A new pane takes only rows that the other panes leave. */
START_TEST(a_new_pane_moves_no_other)
{
	static const struct pane *const with_extra[] = {&bar_title, &bar_state,
		&pane_loss, &pane_shape, &pane_training, &extra, &bar_message,
		&bar_keys, NULL};

	for (int rows = 1; rows <= 60; rows++)
		for (int columns = 1; columns <= 200; columns++) {
			struct layout before, after;

			layout_compute(&before, of_points, NULL, NULL, rows,
				columns);
			layout_compute(&after, with_extra, NULL, NULL, rows,
				columns);
			for (int i = 0; of_points[i] != NULL; i++) {
				int at = i + (i > 4);

				EXPECT((before.place[i].area.rows > 0) ==
						(after.place[at].area.rows > 0),
					"%d x %d: pane %d", columns, rows, i);
			}
			EXPECT(after.place[5].area.rows ==
					(rows >= 24 && columns >= 60 ? 3 : 0),
				"%d x %d: the new pane", columns, rows);
		}
}
END_TEST

static Suite *
layout_suite(void)
{
	Suite *suite = suite_create("layout");
	TCase *group = suite_group(suite, "layout", SUITE_SECONDS);

	suite_add_loop(group, panes_are_inside_and_do_not_overlap_at_every_size,
		0, ZOOMS);
	tcase_add_test(group, panes_are_in_the_order_of_the_list);
	suite_add_loop(group, layouts_are_as_recorded, 0,
		(int)(sizeof known / sizeof known[0]));
	tcase_add_test(group, usual_sizes_show_every_pane);
	tcase_add_test(group, a_zoomed_pane_is_shown_at_every_size);
	tcase_add_test(group, an_unknown_zoom_is_ignored);
	suite_add_loop(group, a_larger_screen_drops_no_pane, 0, LISTS);
	tcase_add_test(group, the_lowest_priority_is_dropped_first);
	tcase_add_test(group, a_new_pane_moves_no_other);
	return suite;
}

int
main(void)
{
	return suite_run(layout_suite());
}
