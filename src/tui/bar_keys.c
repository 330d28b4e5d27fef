/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/bar_keys.h"

#include <string.h>

#include "base/translate.h"
#include "tui/action_find.h"
#include "tui/app.h"
#include "tui/panes.h"
#include "tui/screen.h"

enum { ENTRIES_MAX = 64, GAP = 2 };

/* The entries that fit. */
struct bar {
	int count;
	struct entry {
		int column;
		const char *keys, *word;
	} entry[ENTRIES_MAX];
};

/* Whether the key has another action in the current view. */
static bool
is_hidden(const struct app *app, const struct action *action)
{
	return action->key[0] != 0 &&
		action_find(app->actions, app, action->key[0]) != action;
}

static bool
leads(const struct action *action, const struct app *app)
{
	return action->leads != NULL && action->leads(app);
}

/* Add an entry; return the next column, or -1 if it does not fit. */
static int
add(struct bar *bar, const char *keys, const char *word, int column,
	int columns)
{
	int end = column + screen_width(keys) + 1 + screen_width(word);

	if (end > columns || bar->count == ENTRIES_MAX)
		return -1;
	bar->entry[bar->count++] = (struct entry){column, keys, word};
	return end + GAP;
}

/* Add the actions that lead, or the others. */
static int
add_actions(struct bar *bar, const struct app *app, bool leading, int column,
	int columns)
{
	for (size_t i = 0; app->actions[i] != NULL && column >= 0; i++) {
		const struct action *action = app->actions[i];

		if (action->bar_keys != NULL && leads(action, app) == leading &&
			action_refusal(action, app) == NULL &&
			!is_hidden(app, action))
			column = add(bar, action->bar_keys,
				action->word != NULL ? _(action->word(app))
						     : _(action->bar_word),
				column, columns);
	}
	return column;
}

static void
lay_out(struct bar *bar, const struct app *app, int columns)
{
	const struct overlay *overlay = overlay_top(&app->overlays);
	int column = 1;

	bar->count = 0;
	if (overlay == NULL) {
		column = add_actions(bar, app, true, column, columns);
		if (column >= 0)
			add_actions(bar, app, false, column, columns);
		return;
	}
	for (int i = 0; column >= 0 && overlay->keys[i].keys != NULL; i++)
		column = add(bar, overlay->keys[i].keys,
			_(overlay->keys[i].word), column, columns);
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	struct bar bar;

	(void)own;
	(void)note;
	lay_out(&bar, app, area.columns);
	for (int i = 0; i < bar.count; i++) {
		const struct entry *entry = &bar.entry[i];
		int column = screen_print(area, 0, entry->column, ROLE_BRIGHT,
			"%s", entry->keys);

		screen_print(area, 0, column + 1, ROLE_DIM, "%s", entry->word);
	}
}

/* Return the first key of the action that is shown by this name. */
static int
key_of(const struct app *app, const char *shown, size_t length)
{
	for (size_t i = 0; app->actions[i] != NULL; i++) {
		const struct action *action = app->actions[i];

		if (strlen(action->shown) == length &&
			strncmp(action->shown, shown, length) == 0)
			return action->key[0];
	}
	return 0;
}

/* An entry may name two keys, "+ -": a click on its word presses the first. */
int
bar_keys_at(const struct app *app, struct area area, int column)
{
	struct bar bar;

	lay_out(&bar, app, area.columns);
	for (int i = 0; i < bar.count; i++) {
		const struct entry *entry = &bar.entry[i];
		int offset = column - entry->column;
		int keys = screen_width(entry->keys);
		const char *name = entry->keys;

		if (offset < 0 || offset > keys + screen_width(entry->word))
			continue;
		if (offset < keys)
			while (offset >= (int)strcspn(name, " ")) {
				size_t used = strcspn(name, " ") + 1;

				offset -= (int)used;
				name += used;
				if (offset < 0)
					return 0; /* between two keys */
			}
		return key_of(app, name, strcspn(name, " "));
	}
	return 0;
}

const struct pane bar_keys = {
	.place = &(const struct pane_place){.screen_min.rows = PANE_ROWS_LOW},
	.draw = draw,
};
