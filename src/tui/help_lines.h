/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a page of the help: its entries, wrapped between words to a
 * number of columns.
 */
#ifndef LSTMTUI_TUI_HELP_LINES_H
#define LSTMTUI_TUI_HELP_LINES_H

#include "tui/area.h"
#include "tui/help_pages.h"

enum { HELP_LINES_MAX = 640 };

struct help_lines {
	struct help_entry entries[HELP_ENTRIES_MAX];
	int indent; /* column of the text */
	int count;
	struct help_line {
		int entry;
		bool has_label;     /* the label is on this line */
		size_t from, until; /* part of the text; equal: none */
	} line[HELP_LINES_MAX];
};

/* List the lines of a page. On narrow screens labels have lines of their own.
 */
void help_lines_wrap(struct help_lines *lines, const struct app *app, int page,
	int columns);

/* Return the line that contains a match of this page. */
int help_lines_find(const struct help_lines *lines,
	const struct help_match *match);

/*
 * Draw a line in a row of the area. match: the match to highlight, `length`
 * bytes long; NULL: none on this page.
 */
void help_lines_draw(const struct help_lines *lines, int number,
	struct area area, int row, const struct help_match *match,
	size_t length);

#endif
