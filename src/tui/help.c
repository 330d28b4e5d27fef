/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/help.h"

#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/help_lines.h"
#include "tui/help_pages.h"
#include "tui/input.h"
#include "tui/screen.h"
#include "tui/terminal.h"
#include "tui/text_line.h"

enum {
	BOX_ROWS_MIN = 3,
	BOX_COLUMNS_MIN = 20,
	BOX_COLUMNS = 80,
	MARGIN = 1,
	FOOT_COLUMNS = 62, /* for all keys and the lines below */
	NAMES_COLUMN = 8,  /* of the pages, after the title */
	WHEEL_LINES = 3,
	WANTED_SIZE = 64
};

/* A place to read: a page and its first visible line. */
struct place {
	int page, scroll;
};

struct state {
	struct place at;
	char wanted[WANTED_SIZE]; /* the text to find; "": no search */
	bool is_typing;           /* the text is being typed */
	struct place before;      /* where the search began */
	int match;                /* number of the current match */
};

/* The help on a screen of some size. */
struct sheet {
	struct help_lines lines;
	struct help_match matches[HELP_MATCHES_MAX];
	int match_count;
	bool has_box;
	int rows; /* of text */
};

static int
bounded(int value, int max)
{
	return value > max ? (max > 0 ? max : 0) : value < 0 ? 0 : value;
}

/* Lay out the present page. The box is as high as the screen. */
static void
lay_out(struct sheet *sheet, const struct app *app, const struct state *help,
	int rows, int columns)
{
	sheet->has_box = rows >= BOX_ROWS_MIN && columns >= BOX_COLUMNS_MIN;
	if (columns > BOX_COLUMNS)
		columns = BOX_COLUMNS;
	columns -= MARGIN + (sheet->has_box ? 2 + MARGIN : 0);
	help_lines_wrap(&sheet->lines, app, help->at.page, columns);
	sheet->rows = rows - 2 * sheet->has_box;
	/* without a box, the last row shows the text that is typed */
	if (!sheet->has_box && help->is_typing && sheet->rows > 1)
		sheet->rows--;
}

static void
find_matches(struct sheet *sheet, const struct app *app,
	const struct state *help)
{
	sheet->match_count = help_search(app, help->wanted, sheet->matches);
}

static int
scroll_max(const struct sheet *sheet)
{
	return sheet->lines.count - sheet->rows;
}

/* Lay out the help on the present screen. */
static void
lay_out_now(struct sheet *sheet, const struct app *app,
	const struct state *help)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	lay_out(sheet, app, help, rows, columns);
}

/* Turn to a match and scroll until its line is visible. */
static void
show_match(const struct app *app, struct state *help, int number)
{
	struct sheet sheet;
	int line;

	find_matches(&sheet, app, help);
	if (sheet.match_count == 0)
		return;
	lay_out_now(&sheet, app, help);
	help->match = (number + sheet.match_count) % sheet.match_count;
	if (sheet.matches[help->match].page != help->at.page) {
		help->at.page = sheet.matches[help->match].page;
		help->at.scroll = 0;
		lay_out_now(&sheet, app, help);
	}
	line = help_lines_find(&sheet.lines, &sheet.matches[help->match]);
	if (line < help->at.scroll || line >= help->at.scroll + sheet.rows)
		help->at.scroll =
			bounded(line - sheet.rows / 3, scroll_max(&sheet));
}

/* Go to the first match after the place where the search began. */
static void
search(const struct app *app, struct state *help)
{
	struct sheet sheet;
	int match = 0;

	help->at = help->before;
	lay_out_now(&sheet, app, help);
	find_matches(&sheet, app, help);
	while (match < sheet.match_count &&
		(sheet.matches[match].page < help->at.page ||
			(sheet.matches[match].page == help->at.page &&
				help_lines_find(&sheet.lines,
					&sheet.matches[match]) <
					help->at.scroll)))
		match++;
	show_match(app, help, match);
}

static void
begin_search(struct state *help)
{
	help->is_typing = true;
	help->wanted[0] = '\0';
	help->before = help->at;
}

static void
end_search(struct state *help)
{
	help->is_typing = false;
	help->wanted[0] = '\0';
}

static void
take_typed(const struct app *app, struct state *help, int key)
{
	switch (key) {
	case INPUT_ESCAPE:
		help->at = help->before;
		end_search(help);
		return;
	case INPUT_ENTER:
	case '\n':
		help->is_typing = false;
		return;
	case INPUT_BACKSPACE:
		if (help->wanted[0] == '\0') {
			end_search(help);
			return;
		}
		text_line_erase(help->wanted);
		break;
	case INPUT_CONTROL_U:
		help->wanted[0] = '\0';
		break;
	default:
		if (key < ' ' || strlen(help->wanted) == WANTED_SIZE - 1)
			return;
		text_line_type(help->wanted, sizeof help->wanted, key);
	}
	search(app, help);
}

static void
turn_to(struct state *help, int page)
{
	help->at = (struct place){(page + HELP_PAGES) % HELP_PAGES, 0};
}

/* Return by how many lines a key scrolls; 0: it does not scroll. */
static int
scroll_of(int key, int rows, int lines)
{
	int page = rows > 1 ? rows - 1 : 1;

	switch (key) {
	case INPUT_DOWN:
	case 'j':
		return 1;
	case INPUT_UP:
	case 'k':
		return -1;
	case INPUT_WHEEL_DOWN:
		return WHEEL_LINES;
	case INPUT_WHEEL_UP:
		return -WHEEL_LINES;
	case INPUT_PAGE_DOWN:
	case ' ':
		return page;
	case INPUT_PAGE_UP:
		return -page;
	case INPUT_END:
	case 'G':
		return lines;
	case INPUT_HOME:
	case 'g':
		return -lines;
	default:
		return 0;
	}
}

/* Handle the keys that move over the pages. */
static void
move(const struct app *app, struct state *help, int key)
{
	struct sheet sheet;

	switch (key) {
	case INPUT_RIGHT:
	case '\t':
		turn_to(help, help->at.page + 1);
		return;
	case INPUT_LEFT:
	case INPUT_BACKTAB:
		turn_to(help, help->at.page - 1);
		return;
	case 'n':
		show_match(app, help, help->match + 1);
		return;
	case 'N':
		show_match(app, help, help->match - 1);
		return;
	case '/':
	case INPUT_F3:
		begin_search(help);
		return;
	default:
		break;
	}
	if (key >= '1' && key < '1' + HELP_PAGES) {
		turn_to(help, key - '1');
		return;
	}
	lay_out_now(&sheet, app, help);
	help->at.scroll = bounded(bounded(help->at.scroll, scroll_max(&sheet)) +
			scroll_of(key, sheet.rows, sheet.lines.count),
		scroll_max(&sheet));
}

static void
take_key(struct app *app, void *state, int key)
{
	struct state *help = state;

	if (help->is_typing) {
		take_typed(app, help, key);
		return;
	}
	switch (key) {
	case INPUT_ESCAPE:
		if (help->wanted[0] != '\0') {
			end_search(help);
			return;
		}
		overlay_close(&app->overlays);
		return;
	case '?':
	case INPUT_F1:
	case 'q':
	case INPUT_ENTER:
		overlay_close(&app->overlays);
		return;
	default:
		move(app, help, key);
	}
}

/* Return the width of the name of a page in the top of the box. */
static int
name_width(int page)
{
	return screen_width(_(help_page_list[page].name)) + 4;
}

/* A click on the name of a page turns to it. */
static void
click(struct app *app, void *state, int rows, int columns, struct area cell)
{
	struct state *help = state;
	struct sheet sheet;
	struct area box;
	int column;

	lay_out(&sheet, app, help, rows, columns);
	box = overlay_place(rows, columns, rows, BOX_COLUMNS);
	column = box.column + NAMES_COLUMN;
	if (!sheet.has_box || cell.row != box.row)
		return;
	for (int page = 0; page < HELP_PAGES; page++) {
		if (cell.column >= column &&
			cell.column < column + name_width(page))
			turn_to(help, page);
		column += name_width(page);
	}
}

/* Draw the names of the pages over the top of the box. */
static void
draw_pages(const struct state *help, struct area top)
{
	int column = NAMES_COLUMN;

	top.columns--; /* keep the corner */
	for (int page = 0; page < HELP_PAGES; page++) {
		const char *name = _(help_page_list[page].name);

		column = screen_print(top, 0, column,
			page == help->at.page ? ROLE_SELECTED : ROLE_NORMAL,
			" %d %s ", page + 1, name);
	}
}

/* Write what the keys do, or the state of the search. */
static void
write_foot(const struct state *help, bool is_wide, char *text, size_t size)
{
	if (help->is_typing)
		snprintf(text, size, "/%s%s", help->wanted,
			screen_signs()->cursor);
	else if (help->wanted[0] != '\0')
		snprintf(text, size, _("/%s  n N: next"), help->wanted);
	else
		snprintf(text, size, "%s",
			is_wide ? _("Left Right: page  / search  Esc: close")
				: _("/ search  Esc: close"));
}

/* Write what is below, or which match is shown. */
static void
write_note(const struct sheet *sheet, const struct state *help, int scroll,
	char *text, size_t size)
{
	int below = sheet->lines.count - scroll - sheet->rows;

	text[0] = '\0';
	if (help->wanted[0] != '\0' && sheet->match_count == 0)
		snprintf(text, size, _("not found"));
	else if (help->wanted[0] != '\0')
		snprintf(text, size, _("%d of %d"), help->match + 1,
			sheet->match_count);
	else if (below > 0)
		snprintf(text, size, _("%d more below"), below);
}

/* Draw the last row: over the bottom of the box, or a row of its own. */
static void
draw_foot(const struct sheet *sheet, const struct state *help, int scroll,
	struct area bottom)
{
	char foot[WANTED_SIZE + 64], note[64];
	int column, width;

	write_foot(help, bottom.columns >= FOOT_COLUMNS, foot, sizeof foot);
	write_note(sheet, help, scroll, note, sizeof note);
	bottom.columns--;
	column = screen_print(bottom, 0, sheet->has_box,
		help->is_typing ? ROLE_MODEL : ROLE_DIM,
		sheet->has_box ? " %s " : "%s", foot);
	width = screen_width(note) + 2;
	if (note[0] != '\0' && column + width + 1 <= bottom.columns)
		screen_print(bottom, 0, bottom.columns - width - 1, ROLE_NORMAL,
			" %s ", note);
}

/* Return the current match if it is on the present page, or NULL. */
static const struct help_match *
current_match(const struct sheet *sheet, const struct state *help)
{
	const struct help_match *match = &sheet->matches[help->match];

	return help->match < sheet->match_count && match->page == help->at.page
		? match
		: NULL;
}

static void
draw(const struct app *app, const void *state, int rows, int columns)
{
	const struct state *help = state;
	struct area box, inside, bottom;
	struct sheet sheet;
	int scroll;

	lay_out(&sheet, app, help, rows, columns);
	scroll = bounded(help->at.scroll, scroll_max(&sheet));
	find_matches(&sheet, app, help);
	box = overlay_area(rows, columns, rows, BOX_COLUMNS);
	inside = box;
	if (sheet.has_box) {
		inside = screen_box(box, ROLE_NORMAL, _("Help"), NULL);
		draw_pages(help, box);
	}
	bottom = (struct area){box.row + box.rows - 1, box.column, 1,
		box.columns};
	inside.column += MARGIN;
	inside.columns -= MARGIN;
	for (int row = 0; row < sheet.rows && row + scroll < sheet.lines.count;
		row++)
		help_lines_draw(&sheet.lines, row + scroll, inside, row,
			current_match(&sheet, help), strlen(help->wanted));
	if (sheet.has_box || help->is_typing)
		draw_foot(&sheet, help, scroll, bottom);
}

void
help_open(struct app *app, bool searches)
{
	struct state *help = overlay_open(&app->overlays, &help_overlay);

	if (searches)
		begin_search(help);
}

static const struct overlay_keys bar[] = {
	{"Left Right", N_("page")},
	{"Up Down PgUp PgDn", N_("scroll")},
	{"/", N_("search")},
	{"Esc", N_("close")},
	{NULL, NULL},
};

const struct overlay help_overlay = {
	.keys = bar,
	.click = click,
	.state_size = sizeof(struct state),
	.key = take_key,
	.draw = draw,
};
