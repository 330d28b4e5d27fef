/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/help_lines.h"

#include <string.h>

#include "base/utf8.h"
#include "tui/screen.h"
#include "tui/text_line.h"

enum {
	TEXT_COLUMNS_MIN = 12, /* narrower lines are cut off */
	INDENT_NARROW = 2,
	GAP = 2 /* between labels and text */
};

/* Return the column of the text; the labels take at most a third. */
static int
choose_indent(const struct help_lines *lines, int count, int columns)
{
	int indent = 0;

	for (int i = 0; i < count; i++) {
		int width = (int)utf8_columns(lines->entries[i].label) + GAP;

		indent = width > indent ? width : indent;
	}
	return indent <= columns / 3 ? indent : INDENT_NARROW;
}

static void
add_line(struct help_lines *lines, struct help_line line)
{
	if (lines->count < HELP_LINES_MAX)
		lines->line[lines->count++] = line;
}

static void
wrap_entry(struct help_lines *lines, int entry, int columns)
{
	const char *label = lines->entries[entry].label;
	const char *text = lines->entries[entry].text;
	struct help_line line = {.entry = entry, .has_label = true};

	if (columns < TEXT_COLUMNS_MIN)
		columns = TEXT_COLUMNS_MIN;
	if ((int)utf8_columns(label) + GAP > lines->indent) {
		add_line(lines, line);
		line.has_label = false;
	}
	while (text[line.from] != '\0') {
		size_t length = text_line_wrap(text + line.from, columns);

		line.until = line.from + length;
		add_line(lines, line);
		line.has_label = false;
		line.from = line.until + (text[line.until] == ' ');
	}
}

void
help_lines_wrap(struct help_lines *lines, const struct app *app, int page,
	int columns)
{
	int count = help_page_list[page].list(app, lines->entries);

	lines->count = 0;
	lines->indent = choose_indent(lines, count, columns);
	for (int i = 0; i < count; i++)
		wrap_entry(lines, i, columns - lines->indent);
}

int
help_lines_find(const struct help_lines *lines, const struct help_match *match)
{
	for (int i = 0; i < lines->count; i++) {
		const struct help_line *line = &lines->line[i];

		if (line->entry == match->entry &&
			(match->is_in_label || match->at < line->until))
			return i;
	}
	return 0;
}

/*
 * Print text[from, until), with text[selected_from, selected_until) selected.
 */
static void
print_part(struct area area, int row, int column, enum screen_role role,
	const char *text, size_t from, size_t until, size_t selected_from,
	size_t selected_until)
{
	const size_t ends[] = {selected_from, selected_until, until};

	for (int part = 0; part < 3; part++) {
		size_t end = ends[part] < until ? ends[part] : until;

		if (end <= from)
			continue;
		column = screen_print(area, row, column,
			part == 1 ? ROLE_SELECTED : role, "%.*s",
			(int)(end - from), text + from);
		from = end;
	}
}

void
help_lines_draw(const struct help_lines *lines, int number, struct area area,
	int row, const struct help_match *match, size_t length)
{
	const struct help_line *line = &lines->line[number];
	const struct help_entry *entry = &lines->entries[line->entry];
	size_t at = 0, end = 0, label_end = 0;

	if (match != NULL && match->entry == line->entry) {
		at = match->at;
		end = match->is_in_label ? 0 : at + length;
		label_end = match->is_in_label ? at + length : 0;
	}
	if (line->has_label)
		print_part(area, row, 0, ROLE_BRIGHT, entry->label, 0,
			strlen(entry->label), label_end > 0 ? at : 0,
			label_end);
	print_part(area, row, lines->indent, ROLE_NORMAL, entry->text,
		line->from, line->until, end > 0 ? at : 0, end);
}
