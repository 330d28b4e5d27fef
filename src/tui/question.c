/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/question.h"

#include <stdarg.h>
#include <stdio.h>

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
	vsnprintf(state->text, sizeof state->text, format, arguments);
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

/* Draw the answers side by side, or only their keys. */
static int
draw_answers(const struct question *question, struct area area, int row,
	bool only_keys)
{
	int count = answer_count(question), column = only_keys ? 0 : 1;

	for (int i = 0; i < count; i++) {
		column = screen_print(area, row, column, ROLE_WARNING, "%c",
			question->answer[i].key);
		if (!only_keys)
			column =
				screen_print(area, row, column + 1, ROLE_NORMAL,
					"%s", question->answer[i].label) +
				2;
		column++;
	}
	return column;
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct state *asked = state;
	const struct question *question = asked->question;
	int count = answer_count(question);
	int width = screen_width(asked->text);
	bool in_column,
		is_line = rows < BOX_ROWS_MIN || columns < BOX_COLUMNS_MIN;
	int answers_width = 0;
	struct area area;

	(void)app;
	for (int i = 0; i < count; i++)
		answers_width += screen_width(question->answer[i].label) + 5;
	if (width < answers_width)
		width = answers_width;
	if (width < screen_width(question->title) + 4)
		width = screen_width(question->title) + 4;
	if (is_line) {
		area = overlay_area(rows, columns, 1, columns);
		draw_answers(question, area, 0, true);
		return;
	}
	in_column = answers_width + 2 > columns && rows >= 4 + count;
	area = overlay_area(rows, columns, in_column ? 4 + count : 5,
		width + 4);
	area = screen_box(area, ROLE_WARNING, question->title, NULL);
	screen_print(area, 0, 1, ROLE_NORMAL, "%s", asked->text);
	if (!in_column) {
		draw_answers(question, area, 2, answers_width > area.columns);
		return;
	}
	for (int i = 0; i < count; i++) {
		screen_print(area, 2 + i, 1, ROLE_WARNING, "%c",
			question->answer[i].key);
		screen_print(area, 2 + i, 3, ROLE_NORMAL, "%s",
			question->answer[i].label);
	}
}

const struct overlay question_overlay = {
	.is_dialog = true,
	.stops_run = true,
	.state_size = sizeof(struct state),
	.key = take_key,
	.draw = draw,
};
