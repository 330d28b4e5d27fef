/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key bar: the keys of the actions, in one row.
 */
#include <string.h>

#include "tui/action.h"
#include "tui/app.h"
#include "tui/panes.h"
#include "tui/screen.h"

/* Whether the key has another action in the current view. */
static bool
is_hidden(const struct app *app, const struct action *action)
{
	return action->key[0] != 0 &&
		action_find(app->actions, app, action->key[0]) != action;
}

/* Draw the keys that have an effect, as many as fit. */
static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	int column = 1;

	(void)own;
	(void)note;
	for (size_t i = 0; app->actions[i] != NULL; i++) {
		const struct action *action = app->actions[i];
		const char *keys = action->bar_keys, *word = action->bar_word;

		if (keys == NULL || action_refusal(action, app) != NULL ||
			is_hidden(app, action))
			continue;
		if (action->word != NULL)
			word = action->word(app);
		if (column + (int)strlen(keys) + (int)strlen(word) + 1 >
			area.columns)
			break;
		column = screen_print(area, 0, column, ROLE_BRIGHT, "%s", keys);
		column = screen_print(area, 0, column + 1, ROLE_DIM, "%s",
				 word) +
			2;
	}
}

const struct pane bar_keys = {
	.place = &(const struct pane_place){.screen_min.rows = PANE_ROWS_LOW},
	.draw = draw,
};
