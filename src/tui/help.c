/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/help.h"

#include "tui/action.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/screen.h"
#include "tui/terminal.h"

enum {
	BOX_ROWS_MIN = 3,
	BOX_COLUMNS_MIN = 20,
	BOX_COLUMNS = 68,
	KEY_COLUMNS = 11 /* for the keys' names */
};

struct state {
	int scroll; /* lines */
};

/* What the help says before the keys. */
static const char *const introduction[] = {
	"Loss: how wrong each update's predictions were, and the average.",
	"Generated: the shape that the network draws by itself, now.",
	"Training: the run and its settings. Keys:",
};

enum { INTRODUCTION = sizeof introduction / sizeof introduction[0] };

static int
count_lines(const struct app *app)
{
	int count = INTRODUCTION;

	for (size_t i = 0; app->actions[i] != NULL; i++)
		count++;
	return count;
}

static bool
has_box(int rows, int columns)
{
	return rows >= BOX_ROWS_MIN && columns >= BOX_COLUMNS_MIN;
}

/* The lines that a screen of that size has no room for. */
static int
count_hidden(const struct app *app, int rows, int columns)
{
	int hidden = count_lines(app) - rows + 2 * has_box(rows, columns);

	return hidden > 0 ? hidden : 0;
}

static void
take_key(struct app *app, void *state, int key)
{
	struct state *help = state;
	int rows, columns, hidden;

	terminal_size(&rows, &columns);
	hidden = count_hidden(app, rows, columns);
	switch (key) {
	case INPUT_ESCAPE:
	case '?':
	case INPUT_F1:
	case 'q':
	case INPUT_ENTER:
		overlay_close(&app->overlays);
		break;
	case INPUT_DOWN:
	case 'j':
	case ' ':
		help->scroll += help->scroll < hidden;
		break;
	case INPUT_UP:
	case 'k':
		/* the screen may have become higher */
		if (help->scroll > hidden)
			help->scroll = hidden;
		help->scroll -= help->scroll > 0;
		break;
	default:
		break;
	}
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct state *help = state;
	int lines = count_lines(app), scroll = help->scroll;
	int hidden = count_hidden(app, rows, columns);
	struct area inside =
		overlay_area(rows, columns, lines + 2, BOX_COLUMNS);

	if (has_box(rows, columns))
		inside = screen_box(inside, ROLE_NORMAL, "Help",
			hidden > 0 ? "Down, Up: more | Esc: close"
				   : "Esc: close");
	if (scroll > hidden)
		scroll = hidden;
	for (int row = 0; row < inside.rows && row + scroll < lines; row++) {
		int line = row + scroll - INTRODUCTION;

		if (line < 0) {
			screen_print(inside, row, 1, ROLE_DIM, "%s",
				introduction[row + scroll]);
			continue;
		}
		screen_print(inside, row, 1, ROLE_BRIGHT, "%s",
			app->actions[line]->shown);
		screen_print(inside, row, KEY_COLUMNS, ROLE_NORMAL, "%s",
			app->actions[line]->help);
	}
}

const struct overlay help_overlay = {
	.state_size = sizeof(struct state),
	.key = take_key,
	.draw = draw,
};
