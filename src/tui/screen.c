/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/screen.h"

#include <curses.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/printable.h"
#include "base/utf8.h"
#include "tui/output.h"
#include "tui/terminal.h"

enum { TEXT_SIZE = 2048 }; /* bytes of one screen_print */

static struct {
	bool utf8, has_colors;
	attr_t attribute[ROLES];
	struct canvas canvas;
} screen;

/* clang-format off */
static const struct screen_signs utf8_signs = {
	.arrow = "→", .separator = "·", .times = "×",
	.running = "▶ running", .waiting = "‖ waiting",
	.paused = "‖ paused",
	.finished = "■ finished",
	.less = "◂", .more = "▸",
	.bar_full = "━", .bar_rest = "─",
	.cursor = "▏",
};
/* clang-format on */

/* clang-format off */
static const struct screen_signs ascii_signs = {
	.arrow = "->", .separator = "|", .times = "x",
	.running = "> running", .waiting = "= waiting",
	.paused = "= paused",
	.finished = "# finished",
	.less = "<", .more = ">",
	.bar_full = "#", .bar_rest = "-",
	.cursor = "_",
};
/* clang-format on */

/*
 * The colour scheme: for each role a colour of 256 (-1: default), a colour of
 * 8, and attributes with and without colours.
 */
static const struct {
	short color256, color8;
	attr_t with_color, without;
} scheme[ROLES] = {
	[ROLE_NORMAL] = {-1, -1, A_NORMAL, A_NORMAL},
	[ROLE_DIM] = {244, -1, A_NORMAL, A_DIM},
	[ROLE_BRIGHT] = {-1, -1, A_BOLD, A_BOLD},
	[ROLE_MODEL] = {208, COLOR_YELLOW, A_BOLD, A_BOLD},
	[ROLE_DATA] = {32, COLOR_CYAN, A_NORMAL, A_DIM},
	[ROLE_WARNING] = {196, COLOR_RED, A_BOLD, A_REVERSE},
	[ROLE_SELECTED] = {-1, -1, A_REVERSE, A_REVERSE},
};

static void
set_scheme(bool no_color)
{
	screen.has_colors = !no_color && has_colors() && start_color() == OK &&
		use_default_colors() == OK;
	for (int role = 0; role < ROLES; role++) {
		short color = scheme[role].color8;

		if (COLORS >= 256)
			color = scheme[role].color256;
		screen.attribute[role] = scheme[role].without;
		if (!screen.has_colors)
			continue;
		screen.attribute[role] = scheme[role].with_color;
		if (color >= 0) {
			init_pair((short)(role + 1), color, -1);
			screen.attribute[role] |= (attr_t)COLOR_PAIR(role + 1);
		} else if (role == ROLE_DIM) {
			screen.attribute[role] = A_DIM;
		}
	}
}

bool
screen_open(const struct screen_options *options, struct error *error)
{
	if (!terminal_open(error))
		return false;
	screen.utf8 = !options->ascii && utf8_is_locale();
	set_scheme(options->no_color);
	return true;
}

void
screen_close(void)
{
	terminal_close();
	canvas_destroy(&screen.canvas);
}

const struct screen_signs *
screen_signs(void)
{
	return screen.utf8 ? &utf8_signs : &ascii_signs;
}

enum canvas_tier
screen_tier(void)
{
	return screen.utf8 ? CANVAS_BRAILLE : CANVAS_ASCII;
}

void
screen_begin(void)
{
	erase();
}

void
screen_end(void)
{
	output_begin();
	refresh();
	output_send();
}

/*
 * Convert the first character of text[rest] to a displayable form, itself or
 * its number, *columns columns wide. Returns the bytes read.
 */
static size_t
next_character(const char *text, size_t rest, wchar_t shown[PRINTABLE_SIZE],
	int *columns)
{
	char bytes[PRINTABLE_SIZE];
	size_t used = printable_next(text, rest, bytes);

	*columns = (int)utf8_columns(bytes);
	/* curses uses the width that the C library gives */
	if ((!screen.utf8 && (unsigned char)bytes[0] >= 0x80) ||
		mbstowcs(shown, bytes, PRINTABLE_SIZE) == (size_t)-1 ||
		wcswidth(shown, PRINTABLE_SIZE) != *columns) {
		shown[0] = L'?';
		shown[1] = L'\0';
		*columns = 1;
	}
	return used;
}

int
screen_width(const char *text)
{
	size_t rest = strlen(text);
	int width = 0;

	while (rest > 0) {
		wchar_t shown[PRINTABLE_SIZE];
		int columns;
		size_t used = next_character(text, rest, shown, &columns);

		text += used;
		rest -= used;
		width += columns;
	}
	return width;
}

int
screen_print(struct area area, int row, int column, enum screen_role role,
	const char *format, ...)
{
	char buffer[TEXT_SIZE];
	const char *text = buffer;
	va_list arguments;
	size_t rest;

	va_start(arguments, format);
	vsnprintf(buffer, sizeof buffer, format, arguments);
	va_end(arguments);
	if (row < 0 || row >= area.rows || column < 0)
		return column;
	attrset((int)screen.attribute[role]);
	move(area.row + row, area.column + column);
	rest = strlen(text);
	while (rest > 0) {
		wchar_t shown[PRINTABLE_SIZE];
		int columns;
		size_t used = next_character(text, rest, shown, &columns);

		if (column + columns > area.columns)
			break;
		addwstr(shown);
		column += columns;
		text += used;
		rest -= used;
	}
	attrset(A_NORMAL);
	return column;
}

void
screen_clear(struct area area)
{
	attrset(A_NORMAL);
	for (int row = 0; row < area.rows; row++)
		mvhline(area.row + row, area.column, ' ', area.columns);
}

/* Draw a row of a box: its two ends and the cells between them. */
static void
box_row(struct area area, int row, enum screen_role role, const char *left,
	const char *middle, const char *right)
{
	screen_print(area, row, 0, role, "%s", left);
	for (int column = 1; column < area.columns - 1; column++)
		screen_print(area, row, column, role, "%s", middle);
	screen_print(area, row, area.columns - 1, role, "%s", right);
}

struct area
screen_box(struct area area, enum screen_role role, const char *title,
	const char *note)
{
	const char *level = screen.utf8 ? "─" : "-";
	const char *upright = screen.utf8 ? "│" : "|";
	struct area top = area;

	box_row(area, 0, role, screen.utf8 ? "┌" : "+", level,
		screen.utf8 ? "┐" : "+");
	for (int row = 1; row < area.rows - 1; row++) {
		screen_print(area, row, 0, role, "%s", upright);
		screen_print(area, row, area.columns - 1, role, "%s", upright);
	}
	box_row(area, area.rows - 1, role, screen.utf8 ? "└" : "+", level,
		screen.utf8 ? "┘" : "+");
	top.columns--; /* keep the corner */
	if (title != NULL)
		screen_print(top, 0, 1, ROLE_BRIGHT, " %s ", title);
	if (note != NULL && title != NULL &&
		screen_width(title) + screen_width(note) + 10 < area.columns)
		screen_print(top, 0, area.columns - screen_width(note) - 4,
			ROLE_DIM, " %s ", note);
	return (struct area){area.row + 1, area.column + 1, area.rows - 2,
		area.columns - 2};
}

struct canvas *
screen_canvas(int rows, int columns)
{
	struct error error;

	if (rows < 1 || columns < 1 ||
		!canvas_begin(&screen.canvas, (size_t)rows, (size_t)columns,
			screen_tier(), &error))
		return NULL;
	return &screen.canvas;
}

void
screen_draw_canvas(struct area area, const struct canvas *canvas)
{
	static const enum screen_role roles[] = {
		[CANVAS_FRAME] = ROLE_DIM,
		[CANVAS_DATA] = ROLE_DATA,
		[CANVAS_MODEL] = ROLE_MODEL,
	};

	for (size_t row = 0; row < canvas->rows; row++)
		for (size_t column = 0; column < canvas->columns; column++) {
			char glyph[CANVAS_GLYPH_SIZE];
			enum canvas_layer layer;

			canvas_glyph(canvas, row, column, glyph, &layer);
			if (glyph[0] != ' ')
				screen_print(area, (int)row, (int)column,
					roles[layer], "%s", glyph);
		}
}
