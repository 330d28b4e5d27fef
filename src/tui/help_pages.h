/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages of the help: the keys, the panes and the words. Each page is a list
 * of entries, a label with an explanation, from the tables of actions, panes
 * and words.
 */
#ifndef LSTMTUI_TUI_HELP_PAGES_H
#define LSTMTUI_TUI_HELP_PAGES_H

#include <stdbool.h>
#include <stddef.h>

struct app;

enum { HELP_PAGES = 3, HELP_ENTRIES_MAX = 128 };

struct help_entry {
	const char *label, *text;
};

struct help_page {
	const char *name; /* one word */
	/* List the entries for the current run; return the count. */
	int (*list)(const struct app *app,
		struct help_entry entries[HELP_ENTRIES_MAX]);
};

extern const struct help_page help_page_list[HELP_PAGES];

/* A match of a search: text[at] or label[at] of an entry. */
struct help_match {
	int page, entry;
	size_t at;
	bool is_in_label;
};

enum { HELP_MATCHES_MAX = 512 };

/*
 * Find all matches of a text, without regard to case, on all pages in their
 * order; return the count. An empty text has no match.
 */
int help_search(const struct app *app, const char *wanted,
	struct help_match matches[HELP_MATCHES_MAX]);

#endif
