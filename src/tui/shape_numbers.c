/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/shape_numbers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "task/extent.h"
#include "tui/app.h"
#include "tui/loss_label.h"
#include "tui/screen.h"

enum { ROWS_MAX = 3, GAP = 2, SIZE_TEXT = 2 * NUMBER_TEXT_SIZE + 8 };

/* Print a label and a text if both fit. Returns the next column. */
static int
print_both(struct area area, int column, const char *label,
	enum screen_role role, const char *text)
{
	if (column + screen_width(label) + 1 + screen_width(text) >
		area.columns)
		return column;
	column = screen_print(area, 0, column, ROLE_DIM, "%s ", label);
	return screen_print(area, 0, column, role, "%s", text) + GAP;
}

/* The error to compare with: with memory if it is cut, or of the former run. */
static double
find_other_error(const struct app *app, const char **label)
{
	const struct ghost *ghost = &app->ghost;

	*label = app->cuts_memory ? _("with memory") : _("was");
	if (app->cuts_memory)
		return live_shape_memory_error(&app->shape);
	/* another loss aims at another shape */
	return ghost_has_drawing(ghost, run_features(app->session->run)) &&
			ghost_has_curve(ghost, run_settings(app->session->run))
		? ghost->shape_error
		: NAN;
}

void
shape_numbers_draw(const struct app *app, struct area area)
{
	const struct task *task = run_task(app->session->run);
	const struct live_shape *shape = &app->shape;
	const char *unit = _("of its size");
	/* "with memory" needs the columns */
	const char *name =
		app->cuts_memory ? _("error") : _(task_shape_error_label(task));
	const char *label;
	char text[LOSS_LABEL_SIZE];
	double other;
	int column = 1, after;

	if (task->shape_error == NULL || shape->shown < shape->length)
		return;
	after = print_both(area, column, name, ROLE_MODEL,
		loss_label(text,
			run_shape_error(app->session->run, shape->points)));
	if (after == column)
		return;
	column = after;
	other = find_other_error(app, &label);
	if (!isnan(other))
		column = print_both(area, column, label, ROLE_NORMAL,
			loss_label(text, other));
	if (run_is_degenerate(app->session->run,
		    extent_size(shape->points, shape->shown)))
		screen_print(area, 0, column, ROLE_WARNING, _("degenerate"));
	else if (column == after &&
		column - 1 + screen_width(unit) <= area.columns)
		screen_print(area, 0, column - 1, ROLE_DIM, "%s", unit);
}

/* The rows of the legend, filled from the left. */
struct rows {
	struct area area;
	int count, end[ROWS_MAX]; /* the first free column of each row */
};

/* Print an item in the first row with room for it; size: "" or a number. */
static void
add(struct rows *rows, const char *sign, enum screen_role role,
	const char *name, const char *size)
{
	int width = 2 + screen_width(name) +
		(size[0] == '\0' ? 0 : 1 + screen_width(size));

	for (int row = 0; row < rows->count; row++) {
		int column = rows->end[row];

		if (column + width > rows->area.columns)
			continue;
		column = screen_print(rows->area, row, column, role, "%s ",
			sign);
		column = screen_print(rows->area, row, column, ROLE_DIM,
			size[0] == '\0' ? "%s" : "%s ", name);
		column =
			screen_print(rows->area, row, column, role, "%s", size);
		rows->end[row] = column + GAP;
		return;
	}
}

/* Write the width and height of a shape, "" if the task has none. */
static const char *
size_of(const struct app *app, const float *points, char text[SIZE_TEXT])
{
	const struct task *task = run_task(app->session->run);
	char number[NUMBER_TEXT_SIZE], other[NUMBER_TEXT_SIZE];
	double width, height;

	text[0] = '\0';
	if (task->size == NULL)
		return text;
	task->size(points, &width, &height);
	snprintf(text, SIZE_TEXT, "%s %s %s", number_fixed(number, width, 2),
		screen_signs()->times, number_fixed(other, height, 2));
	return text;
}

static const char *
sign_of(enum canvas_layer layer)
{
	return canvas_sign(screen_tier(), layer);
}

static void
add_middle(struct rows *rows, const struct app *app)
{
	const struct live_seen *seen = &app->seen;
	const float *middle = live_seen_middle(seen);
	char size[SIZE_TEXT];

	if (middle != NULL)
		add(rows, screen_signs()->middle, ROLE_DATA,
			seen->kind == LIVE_SEEN_MEDIAN ? _("median")
						       : _("mean"),
			size_of(app, middle, size));
}

int
shape_numbers_draw_legend(const struct app *app, bool has_training,
	bool has_samples, struct area area, int count)
{
	const struct live_shape *shape = &app->shape;
	const struct ghost *ghost = &app->ghost;
	struct rows rows = {area, count < ROWS_MAX ? count : ROWS_MAX,
		{1, 1, 1}};
	char size[SIZE_TEXT];
	int used = 0;

	add(&rows, sign_of(CANVAS_MODEL), ROLE_MODEL, _("drawn"),
		shape->shown < shape->length
			? ""
			: size_of(app, shape->points, size));
	if (has_training)
		add_middle(&rows, app);
	if (has_samples)
		add(&rows, sign_of(CANVAS_SAMPLES), ROLE_DIM, _("samples"), "");
	else if (has_training && app->seen.count > 0)
		add(&rows, sign_of(CANVAS_DATA), ROLE_DATA, _("last seen"), "");
	if (ghost_has_drawing(ghost, run_features(app->session->run)))
		add(&rows, sign_of(CANVAS_GHOST), ROLE_GHOST, ghost->name, "");
	if (has_training && !has_samples && app->seen.count > 1)
		add(&rows, sign_of(CANVAS_SEEN), ROLE_SEEN, _("earlier"), "");
	while (used < rows.count && rows.end[used] > 1)
		used++;
	return used;
}

/* What the outputs of a loss aim at, in few words and in a sentence. */
static const struct caption {
	const struct loss *loss;
	const char *few, *all;
} captions[] = {
	{&loss_mae, N_("mae aims at the median"),
		N_("Same start, so one answer: mae aims at the median seen.")},
	{&loss_mse, N_("mse aims at the mean"),
		N_("Same start, so one answer: mse aims at the mean seen.")},
	{&loss_huber, N_("huber: between median and mean"),
		N_("Same start, so one answer: huber aims between the median "
		   "and "
		   "the mean seen.")},
	{&loss_rectangle, N_("crooked corners cost extra"),
		N_("Same start, so one answer: near the median seen; crooked "
		   "corners cost extra.")},
	{&loss_mixture, N_("a draw from the learnt density"),
		N_("Same start, yet many answers: a mixture draws one by lot, "
		   "g "
		   "another.")},
};

/* Where the starts differ, no caption is about one of them. */
static const struct caption caption_of_starts = {
	.few = N_("the end should be the start"),
	.all = N_("It should end where it began, which only a memory knows."),
};

/*
 * Break a text at spaces into at most `rows` rows, and print them from `row` on
 * if prints is true. Returns the rows; 0: they are too few.
 */
static int
wrap(const char *text, struct area area, int row, int rows, bool prints)
{
	int used = 1, column = 1;

	while (*text != '\0') {
		int length = (int)strcspn(text, " ");

		if (column > 1 && column + length > area.columns) {
			used++;
			column = 1;
		}
		if (used > rows || column + length > area.columns)
			return 0;
		if (prints)
			screen_print(area, row + used - 1, column, ROLE_NORMAL,
				"%.*s", length, text);
		column += length + 1;
		text += length;
		text += strspn(text, " ");
	}
	return used;
}

int
shape_numbers_draw_caption(const struct app *app, struct area area, int rows)
{
	const struct loss *loss = run_settings(app->session->run)->loss;
	bool has_many_starts = run_task(app->session->run)->has_many_starts;

	for (size_t i = 0; i < sizeof captions / sizeof captions[0]; i++) {
		const struct caption *caption =
			has_many_starts ? &caption_of_starts : &captions[i];
		const char *text = _(caption->all);
		int used;

		if (captions[i].loss != loss)
			continue;
		used = wrap(text, area, 0, rows, false);
		if (used == 0) {
			text = _(caption->few);
			used = wrap(text, area, 0, 1, false);
		}
		if (used > 0)
			wrap(text, area, area.rows - used, used, true);
		return used;
	}
	return 0;
}
