/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the panes stand, at every size there is: inside the screen, apart
 * from each other, the least worth gone first.
 */
#include "suite.h"
#include "tui/layout.h"

/* Checks by the million: Check itself takes its time over each. */
#define EXPECT(condition, ...)                     \
	do                                         \
		if (!(condition))                  \
			ck_abort_msg(__VA_ARGS__); \
	while (0)

enum { ROWS = 60, COLUMNS = 200, AREAS = 7 };

static const char *const names[AREAS] = {"notice", "title", "loss", "generated",
	"training", "message", "keys"};

static void
list(const struct layout *layout, struct area areas[AREAS])
{
	areas[0] = layout->notice;
	areas[1] = layout->title;
	areas[2] = layout->loss;
	areas[3] = layout->generated;
	areas[4] = layout->training;
	areas[5] = layout->message;
	areas[6] = layout->keys;
}

static bool
overlap(const struct area *a, const struct area *b)
{
	return a->row < b->row + b->rows && b->row < a->row + a->rows &&
		a->column < b->column + b->columns &&
		b->column < a->column + a->columns;
}

static void
expect_sound(const struct layout *layout, int rows, int columns)
{
	struct area areas[AREAS];
	bool any = false;

	list(layout, areas);
	for (int i = 0; i < AREAS; i++) {
		const struct area *area = &areas[i];

		if (area->rows == 0)
			continue;
		any = true;
		EXPECT(area->row >= 0 && area->column >= 0 && area->rows > 0 &&
				area->columns > 0 &&
				area->row + area->rows <= rows &&
				area->column + area->columns <= columns,
			"%d x %d: %s at %d, %d of %d x %d", columns, rows,
			names[i], area->row, area->column, area->columns,
			area->rows);
		for (int k = 0; k < i; k++)
			EXPECT(areas[k].rows == 0 || !overlap(area, &areas[k]),
				"%d x %d: %s over %s", columns, rows, names[i],
				names[k]);
	}
	EXPECT(any, "%d x %d: nothing at all", columns, rows);
}

START_TEST(panes_are_inside_and_apart_at_every_size)
{
	for (int rows = 1; rows <= ROWS; rows++)
		for (int columns = 1; columns <= COLUMNS; columns++) {
			struct layout layout = layout_compute(rows, columns,
				(enum layout_zoom)_i);

			expect_sound(&layout, rows, columns);
		}
}
END_TEST

/* A boxed pane has room for something inside its box. */
START_TEST(boxes_have_an_inside)
{
	for (int rows = 1; rows <= ROWS; rows++)
		for (int columns = 1; columns <= COLUMNS; columns++) {
			struct layout layout = layout_compute(rows, columns,
				(enum layout_zoom)_i);
			const struct area *panes[] = {&layout.loss,
				&layout.generated};

			for (int i = 0; i < 2; i++)
				EXPECT(!layout.has_boxes ||
						panes[i]->rows == 0 ||
						(panes[i]->rows >= 3 &&
							panes[i]->columns >= 3),
					"%d x %d", columns, rows);
			EXPECT(!layout.training_has_box ||
					layout.training.rows == 0 ||
					layout.training.rows >= 3,
				"%d x %d", columns, rows);
		}
}
END_TEST

START_TEST(usual_sizes_have_everything)
{
	static const int sizes[][2] = {{24, 80}, {30, 100}, {60, 200},
		{50, 132}, {24, 120}};

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct layout layout =
			layout_compute(sizes[i][0], sizes[i][1], LAYOUT_ALL);

		ck_assert_int_eq(layout.notice.rows, 0);
		ck_assert_int_gt(layout.title.rows, 0);
		ck_assert_int_gt(layout.loss.rows, 4);
		ck_assert_int_gt(layout.generated.rows, 4);
		ck_assert_int_gt(layout.training.rows, 2);
		ck_assert_int_gt(layout.message.rows, 0);
		ck_assert_int_gt(layout.keys.rows, 0);
		ck_assert(layout.has_boxes && layout.training_has_box);
	}
}
END_TEST

/* The last pane to go is the one that a zoom asks for. */
START_TEST(a_zoomed_pane_is_there_as_long_as_any)
{
	for (int rows = 1; rows <= ROWS; rows++)
		for (int columns = 1; columns <= COLUMNS; columns++) {
			struct layout all =
				layout_compute(rows, columns, LAYOUT_ALL);
			struct layout loss =
				layout_compute(rows, columns, LAYOUT_LOSS);
			struct layout generated =
				layout_compute(rows, columns, LAYOUT_GENERATED);

			EXPECT(loss.loss.rows >= all.loss.rows &&
					generated.generated.rows >=
						all.generated.rows &&
					loss.generated.rows == 0 &&
					generated.loss.rows == 0,
				"%d x %d", columns, rows);
		}
}
END_TEST

/* With more room nothing that was there goes. */
START_TEST(more_room_takes_nothing_away)
{
	for (int rows = 1; rows < ROWS; rows++)
		for (int columns = 1; columns < COLUMNS; columns++) {
			struct layout here =
				layout_compute(rows, columns, LAYOUT_ALL);
			struct layout taller =
				layout_compute(rows + 1, columns, LAYOUT_ALL);
			struct layout wider =
				layout_compute(rows, columns + 1, LAYOUT_ALL);
			struct area a[AREAS], b[AREAS], c[AREAS];

			list(&here, a);
			list(&taller, b);
			list(&wider, c);
			for (int i = 1; i < AREAS; i++)
				EXPECT(a[i].rows == 0 ||
						(b[i].rows > 0 &&
							c[i].rows > 0),
					"%d x %d: %s goes with more room",
					columns, rows, names[i]);
		}
}
END_TEST

static Suite *
layout_suite(void)
{
	Suite *suite = suite_create("layout");
	TCase *group = suite_group(suite, "layout", SUITE_SECONDS);

	tcase_add_loop_test(group, panes_are_inside_and_apart_at_every_size, 0,
		LAYOUT_ZOOMS);
	tcase_add_loop_test(group, boxes_have_an_inside, 0, LAYOUT_ZOOMS);
	tcase_add_test(group, usual_sizes_have_everything);
	tcase_add_test(group, a_zoomed_pane_is_there_as_long_as_any);
	tcase_add_test(group, more_room_takes_nothing_away);
	return suite;
}

int
main(void)
{
	return suite_run(layout_suite());
}
