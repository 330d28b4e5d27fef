/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/prompt.h"

#include <stdio.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/completion.h"
#include "tui/input.h"
#include "tui/screen.h"
#include "tui/text_line.h"

enum {
	/* on a smaller screen, one line with only the typed text */
	BOX_ROWS_MIN = 5,
	BOX_COLUMNS_MIN = 20,
	BOX_COLUMNS = 60
};

struct state {
	const struct prompt *prompt;
	char typed[PROMPT_SIZE];
	bool is_edited;
};

void
prompt_open(struct app *app, const struct prompt *prompt, const char *proposal)
{
	struct state *state = overlay_open(&app->overlays, &prompt_overlay);

	state->prompt = prompt;
	snprintf(state->typed, sizeof state->typed, "%s", proposal);
}

static void
type_character(struct state *state, int key)
{
	if (!state->is_edited)
		state->typed[0] = '\0';
	state->is_edited = true;
	text_line_type(state->typed, sizeof state->typed, key);
}

static void
complete(struct state *state)
{
	struct completion completion;

	completion_extend(&completion, state->typed, sizeof state->typed);
	state->is_edited = true;
}

static void
take_key(struct app *app, void *state, int key)
{
	struct state *asked = state;
	const struct state copy = *asked;

	switch (key) {
	case INPUT_ESCAPE:
		overlay_close(&app->overlays);
		break;
	case INPUT_ENTER:
	case '\n':
		overlay_close(&app->overlays);
		copy.prompt->accept(app, copy.typed);
		break;
	case INPUT_BACKSPACE:
		text_line_erase(asked->typed);
		asked->is_edited = true;
		break;
	case INPUT_CONTROL_U:
		asked->typed[0] = '\0';
		asked->is_edited = true;
		break;
	case '\t':
		if (asked->prompt->is_path)
			complete(asked);
		break;
	default:
		if (key >= ' ')
			type_character(asked, key);
	}
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct state *asked = state;
	const struct prompt *prompt = asked->prompt;
	struct area area;
	int row = 0, column = 0;

	(void)app;
	if (rows < BOX_ROWS_MIN || columns < BOX_COLUMNS_MIN) {
		area = overlay_area(rows, columns, 1, columns);
	} else {
		area = overlay_area(rows, columns, 5, BOX_COLUMNS);
		area = screen_box(area, ROLE_WARNING, _(prompt->title), NULL);
		screen_print(area, 0, 1, ROLE_NORMAL, "%s", _(prompt->text));
		screen_print(area, 2, 1, ROLE_DIM,
			_("Enter accepts, Esc cancels"));
		row = 1;
		column = 1;
	}
	column = screen_print(area, row, column,
		asked->is_edited ? ROLE_BRIGHT : ROLE_SELECTED, "%s",
		text_line_end(asked->typed, area.columns - column - 1));
	screen_print(area, row, column, ROLE_MODEL, "%s",
		screen_signs()->cursor);
}

static const struct overlay_keys bar[] = {
	{"Enter", N_("accept")},
	{"Esc", N_("cancel")},
	{NULL, NULL},
};

const struct overlay prompt_overlay = {
	.keys = bar,
	.is_dialog = true,
	.stops_run = true,
	.takes_text = true,
	.state_size = sizeof(struct state),
	.key = take_key,
	.draw = draw,
};
