/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/question.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/screen.h"

enum {
	TEXT_SIZE = 1024,
	/* on a smaller screen, one line with only the keys of the answers */
	BOX_ROWS_MIN = 5,
	BOX_COLUMNS_MIN = 20
};

struct state {
	const struct question *question;
	char text[TEXT_SIZE];
};

void
question_ask(struct app *app, const struct question *question,
	const char *format, ...)
{
	struct state *state = overlay_open(&app->overlays, &question_overlay);
	va_list arguments;

	state->question = question;
	va_start(arguments, format);
	vsnprintf(state->text, sizeof state->text, translate(format),
		arguments);
	va_end(arguments);
}

bool
question_is_asked(struct app *app, const struct question *question)
{
	const struct state *state =
		overlay_state(&app->overlays, &question_overlay);

	return overlay_top(&app->overlays) == &question_overlay &&
		state->question == question;
}

static int
answer_count(const struct question *question)
{
	int count = 0;

	while (count < QUESTION_ANSWERS_MAX &&
		question->answer[count].label != NULL)
		count++;
	return count;
}

static void
take_key(struct app *app, void *state, int key)
{
	const struct question *question = ((struct state *)state)->question;
	int count = answer_count(question);

	if (key == INPUT_ESCAPE)
		key = question->answer[count - 1].key;
	for (int i = 0; i < count; i++)
		if (question->answer[i].key == key) {
			overlay_close(&app->overlays);
			if (question->answer[i].act != NULL)
				question->answer[i].act(app);
			return;
		}
}

/* The question on a screen of some size. */
struct sheet {
	struct area box, inside;
	bool has_box, has_labels;
	struct area answer[QUESTION_ANSWERS_MAX];
};

/* Place the answers side by side, or below each other. */
static void
place_answers(struct sheet *sheet, const struct question *question,
	bool in_column)
{
	int count = answer_count(question), column = sheet->has_box ? 1 : 0;
	int row = sheet->has_box ? 2 : 0;

	for (int i = 0; i < count; i++) {
		int label = sheet->has_labels
			? 1 + screen_width(_(question->answer[i].label))
			: 0;

		sheet->answer[i] = (struct area){sheet->inside.row + row,
			sheet->inside.column + column, 1, 1 + label};
		if (in_column)
			row++;
		else
			column += 1 + label + (sheet->has_labels ? 3 : 1);
	}
}

static void
lay_out(struct sheet *sheet, const struct state *asked, int rows, int columns)
{
	const struct question *question = asked->question;
	int count = answer_count(question), answers_width = 0;
	int width = screen_width(asked->text);
	bool in_column;

	for (int i = 0; i < count; i++)
		answers_width += screen_width(_(question->answer[i].label)) + 5;
	if (width < answers_width)
		width = answers_width;
	if (width < screen_width(_(question->title)) + 4)
		width = screen_width(_(question->title)) + 4;
	sheet->has_box = rows >= BOX_ROWS_MIN && columns >= BOX_COLUMNS_MIN;
	in_column = sheet->has_box && answers_width + 2 > columns &&
		rows >= 4 + count;
	if (!sheet->has_box)
		sheet->box = overlay_place(rows, columns, 1, columns);
	else
		sheet->box = overlay_place(rows, columns,
			in_column ? 4 + count : 5, width + 4);
	sheet->inside = sheet->box;
	if (sheet->has_box)
		sheet->inside =
			(struct area){sheet->box.row + 1, sheet->box.column + 1,
				sheet->box.rows - 2, sheet->box.columns - 2};
	sheet->has_labels = sheet->has_box &&
		(in_column || answers_width <= sheet->inside.columns);
	place_answers(sheet, question, in_column);
}

/* A click on an answer presses its key. */
static void
click(struct app *app, void *state, int rows, int columns, struct area cell)
{
	const struct question *question = ((struct state *)state)->question;
	struct sheet sheet;

	lay_out(&sheet, state, rows, columns);
	for (int i = 0; i < answer_count(question); i++)
		if (cell.row == sheet.answer[i].row &&
			cell.column >= sheet.answer[i].column &&
			cell.column < sheet.answer[i].column +
					sheet.answer[i].columns) {
			take_key(app, state, question->answer[i].key);
			return;
		}
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct state *asked = state;
	const struct question *question = asked->question;
	struct sheet sheet;

	(void)app;
	lay_out(&sheet, asked, rows, columns);
	screen_clear(sheet.box);
	if (sheet.has_box) {
		screen_box(sheet.box, ROLE_WARNING, _(question->title), NULL);
		screen_print(sheet.inside, 0, 1, ROLE_NORMAL, "%s",
			asked->text);
	}
	for (int i = 0; i < answer_count(question); i++) {
		int row = sheet.answer[i].row - sheet.inside.row;
		int column = sheet.answer[i].column - sheet.inside.column;

		column = screen_print(sheet.inside, row, column, ROLE_WARNING,
			"%c", question->answer[i].key);
		if (sheet.has_labels)
			screen_print(sheet.inside, row, column + 1, ROLE_NORMAL,
				"%s", _(question->answer[i].label));
	}
}

static const struct overlay_keys bar[] = {
	{"Esc", N_("cancel")},
	{NULL, NULL},
};

const struct overlay question_overlay = {
	.keys = bar,
	.click = click,
	.is_dialog = true,
	.stops_run = true,
	.state_size = sizeof(struct state),
	.key = take_key,
	.draw = draw,
};
