/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/help_pages.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/translate.h"
#include "tui/action_find.h"
#include "tui/app.h"
#include "tui/words.h"

static int
list_keys(const struct app *app, struct help_entry entries[HELP_ENTRIES_MAX])
{
	int count = 0;

	for (int i = 0; app->actions[i] != NULL && count < HELP_ENTRIES_MAX;
		i++) {
		const struct action *action = app->actions[i];
		int key = action->key[0];

		/* of several actions of a key, list the one in effect */
		if (key != 0 && action_find(app->actions, app, key) != action)
			continue;
		entries[count++] =
			(struct help_entry){action->shown, _(action->help)};
	}
	return count;
}

/* The rows of the screen that are not in a box. */
static const struct help_entry bars[] = {
	{N_("Title"),
		N_("The first row: the task, the network, its parameters and, "
		   "if "
		   "some of them cannot learn, the number of those that can; "
		   "at "
		   "the right the state of the run.")},
	{N_("Messages"),
		N_("The row above the keys: what the last key did, or the "
		   "number "
		   "typed before a key. The next key clears it.")},
	{N_("Keys"),
		N_("The last row: the keys that work now, the most useful "
		   "first. "
		   "The page Keys lists all of them.")},
};

static struct help_entry
bar_entry(int number)
{
	return (struct help_entry){_(bars[number].label), _(bars[number].text)};
}

static int
list_panes(const struct app *app, struct help_entry entries[HELP_ENTRIES_MAX])
{
	const struct pane *panes[PANES_MAX + 1];
	int count = 0;

	app_shown_panes(app, panes);
	entries[count++] = bar_entry(0);
	for (int i = 0; panes[i] != NULL; i++) {
		const struct pane *pane = panes[i];

		if (pane->title != NULL && pane->help != NULL)
			entries[count++] = (struct help_entry){_(pane->title),
				pane->explanation != NULL ? _(pane->explanation)
							  : _(pane->help)};
	}
	entries[count++] = bar_entry(1);
	entries[count++] = bar_entry(2);
	return count;
}

static int
list_words(const struct app *app, struct help_entry entries[HELP_ENTRIES_MAX])
{
	int count = 0;

	(void)app;
	for (; word_list[count].name != NULL; count++)
		entries[count] = (struct help_entry){_(word_list[count].name),
			_(word_list[count].text)};
	return count;
}

const struct help_page help_page_list[HELP_PAGES] = {
	{N_("Keys"), list_keys},
	{N_("Screen"), list_panes},
	{N_("Words"), list_words},
};

/* Add the matches in one text; return the new count. */
static int
search_text(const char *text, const char *wanted, struct help_match match,
	struct help_match matches[HELP_MATCHES_MAX], int count)
{
	const char first[] = {(char)tolower((unsigned char)wanted[0]),
		(char)toupper((unsigned char)wanted[0]), '\0'};
	size_t length = strlen(wanted);

	for (size_t at = strcspn(text, first);
		text[at] != '\0' && count < HELP_MATCHES_MAX;
		at += 1 + strcspn(text + at + 1, first))
		if (strncasecmp(text + at, wanted, length) == 0) {
			match.at = at;
			matches[count++] = match;
		}
	return count;
}

int
help_search(const struct app *app, const char *wanted,
	struct help_match matches[HELP_MATCHES_MAX])
{
	struct help_entry entries[HELP_ENTRIES_MAX];
	int found = 0;

	if (wanted[0] == '\0')
		return 0;
	for (int page = 0; page < HELP_PAGES; page++) {
		int count = help_page_list[page].list(app, entries);

		for (int i = 0; i < count; i++) {
			found = search_text(entries[i].label, wanted,
				(struct help_match){.page = page,
					.entry = i,
					.is_in_label = true},
				matches, found);
			found = search_text(entries[i].text, wanted,
				(struct help_match){.page = page, .entry = i},
				matches, found);
		}
	}
	return found;
}
