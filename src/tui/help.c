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
	KEY_COLUMNS = 11, /* of the names of the keys */
	LINES_MAX = 128
};

struct state {
	int scroll; /* lines */
};

/* A line of the help: a pane or an action. */
struct line {
	const struct pane *pane;
	const struct action *action;
};

/* List the shown panes, then the actions; return the count. */
static int
list_lines(const struct app *app, struct line lines[LINES_MAX])
{
	const struct pane *panes[PANES_MAX + 1];
	int count = 0;

	app_shown_panes(app, panes);
	for (int i = 0; panes[i] != NULL; i++)
		if (panes[i]->help != NULL)
			lines[count++].pane = panes[i];
	for (int i = 0; app->actions[i] != NULL && count < LINES_MAX; i++) {
		const struct action *action = app->actions[i];
		int key = action->key[0];

		/* if a key has several actions, list the one in effect */
		if (key != 0 && action_find(app->actions, app, key) != action)
			continue;
		lines[count++].action = action;
	}
	return count;
}

static bool
has_box(int rows, int columns)
{
	return rows >= BOX_ROWS_MIN && columns >= BOX_COLUMNS_MIN;
}

/* Return how many of `lines` lines do not fit on the screen. */
static int
count_hidden(int lines, int rows, int columns)
{
	int hidden = lines - rows + 2 * has_box(rows, columns);

	return hidden > 0 ? hidden : 0;
}

static void
take_key(struct app *app, void *state, int key)
{
	struct state *help = state;
	struct line lines[LINES_MAX] = {0};
	int rows, columns, hidden;

	terminal_size(&rows, &columns);
	hidden = count_hidden(list_lines(app, lines), rows, columns);
	switch (key) {
	case INPUT_ESCAPE:
	case '?':
	case INPUT_F1:
	case 'q':
	case INPUT_ENTER:
		overlay_close(&app->overlays);
		return;
	case INPUT_DOWN:
	case 'j':
	case ' ':
		help->scroll++;
		break;
	case INPUT_UP:
	case 'k':
		help->scroll--;
		break;
	default:
		break;
	}
	if (help->scroll > hidden)
		help->scroll = hidden;
	if (help->scroll < 0)
		help->scroll = 0;
}

static void
draw_line(const struct line *line, bool is_before_keys, struct area area,
	int row)
{
	if (line->pane != NULL) {
		screen_print(area, row, 1, ROLE_DIM, "%s: %s%s",
			line->pane->title, line->pane->help,
			is_before_keys ? " Keys:" : "");
		return;
	}
	if (line->action == NULL)
		return;
	screen_print(area, row, 1, ROLE_BRIGHT, "%s", line->action->shown);
	screen_print(area, row, KEY_COLUMNS, ROLE_NORMAL, "%s",
		line->action->help);
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct state *help = state;
	struct line lines[LINES_MAX + 1] = {0};
	int count = list_lines(app, lines), scroll = help->scroll;
	int hidden = count_hidden(count, rows, columns);
	struct area inside =
		overlay_area(rows, columns, count + 2, BOX_COLUMNS);

	if (has_box(rows, columns))
		inside = screen_box(inside, ROLE_NORMAL, "Help",
			hidden > 0 ? "Down, Up: scroll | Esc: close"
				   : "Esc: close");
	if (scroll > hidden)
		scroll = hidden;
	for (int row = 0; row < inside.rows && row + scroll < count; row++) {
		const struct line *line = &lines[row + scroll];

		draw_line(line, line[1].action != NULL, inside, row);
	}
}

const struct overlay help_overlay = {
	.state_size = sizeof(struct state),
	.key = take_key,
	.draw = draw,
};
