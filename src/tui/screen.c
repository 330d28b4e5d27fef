/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/screen.h"

#include <curses.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/printable.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "tui/output.h"
#include "tui/terminal.h"

enum {
	TEXT_SIZE = 2048, /* bytes of one screen_print */
	LINKS_MAX = 32
};

static struct {
	bool utf8, has_levels;
	bool has_small_font; /* no braille, and only few signs */
	struct {
		attr_t attributes;
		int color; /* of curses; -1: the terminal's */
		int pair;
		bool is_block; /* its ground differs from the terminal's */
		int ink;       /* colour of text on `color` as a ground */
	} style[ROLES];
	struct canvas canvas;
	struct {
		int row, column, columns;
		const void *target;
	} link[LINKS_MAX];
	int links;
} screen;

static attr_t
curses_attributes(int attributes)
{
	attr_t result = A_NORMAL;

	if (attributes & THEME_BOLD)
		result |= A_BOLD;
	if (attributes & THEME_DIM)
		result |= A_DIM;
	if (attributes & THEME_REVERSE)
		result |= A_REVERSE;
	return result;
}

static enum theme_depth
color_depth(void)
{
	if (terminal_has_direct_color())
		return THEME_DIRECT;
	/* colours of other numbers of bits: the first 8 are the palette's */
	if (COLORS > 256)
		return THEME_8;
	return COLORS == 256 ? THEME_256 : COLORS >= 16 ? THEME_16 : THEME_8;
}

/* Set the attributes and the colour of each role. */
static void
set_theme(const struct theme *theme, enum theme_depth depth)
{
	screen.has_levels = theme_has_levels(theme, depth);
	for (int i = 0; i < ROLES; i++) {
		enum screen_role role = (enum screen_role)i;
		int color = theme_color(theme, role, depth);
		int ground = depth == THEME_8 && !theme->is_mono &&
				theme->styles[role].ground8 > 0
			? theme->styles[role].ground8
			: -1;

		screen.style[role].attributes =
			curses_attributes(theme_attributes(theme, role, depth));
		screen.style[role].color = color;
		screen.style[role].ink =
			screen.has_levels && role >= ROLE_POSITIVE_1
			? theme_text_on(theme, role, depth)
			: -1;
		screen.style[role].is_block = ground >= 0 ||
			(screen.style[role].attributes & A_REVERSE) != 0;
		screen.style[role].pair = color >= 0 || ground >= 0
			? alloc_pair(color, ground)
			: 0;
	}
}

static void
choose_theme(const struct screen_options *options)
{
	const struct theme *theme = options->theme;

	if (options->no_color || theme->is_mono || !has_colors() ||
		start_color() != OK || use_default_colors() != OK) {
		set_theme(&theme_mono, THEME_8);
		return;
	}
	if (theme->on_light != NULL &&
		terminal_background() == BACKGROUND_LIGHT)
		theme = theme->on_light;
	set_theme(theme, color_depth());
}

bool
screen_open(const struct screen_options *options, struct error *error)
{
	if (!terminal_set_up(error))
		return false;
	screen.utf8 = !options->ascii && utf8_is_locale();
	screen.has_small_font = tty_has_small_font();
	choose_theme(options);
	return true;
}

void
screen_close(void)
{
	terminal_restore();
	canvas_destroy(&screen.canvas);
}

/* Whether the terminal shows all signs of the screen. */
static bool
has_signs(void)
{
	return screen.utf8 && !screen.has_small_font;
}

const struct screen_signs *
screen_signs(void)
{
	return has_signs() ? &screen_signs_utf8 : &screen_signs_ascii;
}

enum canvas_tier
screen_tier(void)
{
	return has_signs() ? CANVAS_BRAILLE : CANVAS_ASCII;
}

void
screen_begin(void)
{
	erase();
	screen.links = 0;
}

void
screen_link(struct area area, int row, int column, int columns,
	const void *target)
{
	if (row < 0 || row >= area.rows || column < 0 ||
		column + columns > area.columns || screen.links == LINKS_MAX)
		return;
	screen.link[screen.links].row = area.row + row;
	screen.link[screen.links].column = area.column + column;
	screen.link[screen.links].columns = columns;
	screen.link[screen.links++].target = target;
}

const void *
screen_link_at(int row, int column)
{
	for (int i = screen.links - 1; i >= 0; i--)
		if (screen.link[i].row == row &&
			column >= screen.link[i].column &&
			column < screen.link[i].column + screen.link[i].columns)
			return screen.link[i].target;
	return NULL;
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

/* Set the attributes and the colours of the next characters. */
static void
set_style(enum screen_role role)
{
	attr_set(screen.style[role].attributes, 0, &screen.style[role].pair);
}

static void
set_pair(int foreground, int background)
{
	int pair = foreground < 0 && background < 0
		? 0
		: alloc_pair(foreground, background);

	attr_set(A_NORMAL, 0, &pair);
}

/* Add text in the style that is set. */
static int
add_text(struct area area, int row, int column, const char *text)
{
	size_t rest = strlen(text);

	if (row < 0 || row >= area.rows || column < 0)
		return column;
	move(area.row + row, area.column + column);
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

int
screen_print(struct area area, int row, int column, enum screen_role role,
	const char *format, ...)
{
	char buffer[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(buffer, sizeof buffer, format, arguments);
	va_end(arguments);
	set_style(role);
	return add_text(area, row, column, buffer);
}

int
screen_print_on(struct area area, int row, int column, enum screen_role role,
	const char *text)
{
	if (screen.has_levels && role >= ROLE_POSITIVE_1 && role < ROLES)
		set_pair(screen.style[role].ink, screen.style[role].color);
	else
		set_style(ROLE_NORMAL);
	return add_text(area, row, column, text);
}

bool
screen_has_levels(void)
{
	return screen.has_levels;
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
	enum screen_role title_role = ROLE_BRIGHT;

	/* the title of a block shows its role, since lines cannot */
	if (screen.style[role].is_block) {
		title_role = role;
		role = ROLE_BRIGHT;
	}
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
		screen_print(top, 0, 1, title_role, " %s ", title);
	if (note != NULL && title != NULL &&
		screen_width(title) + screen_width(note) + 10 < area.columns)
		screen_print(top, 0, area.columns - screen_width(note) - 4,
			ROLE_DIM, " %s ", note);
	return (struct area){area.row + 1, area.column + 1, area.rows - 2,
		area.columns - 2};
}

/* The characters of the levels, where their colours are equal. */
static const char *
shade_of(enum screen_role role)
{
	static const char *const shades[2][2][THEME_LEVELS] = {
		{{".", ":", "+", "#"}, {"~", "-", "=", "%"}},
		{{"░", "▒", "▓", "█"}, {"·", "-", "=", "≡"}},
	};
	bool is_negative = role >= ROLE_NEGATIVE_1 && role < ROLE_GATE_1;
	/* with colours, the hue is the sign */
	bool has_sign = is_negative && screen.style[role].color < 0;

	if (role < ROLE_POSITIVE_1)
		return " ";
	return shades[has_sign ? has_signs() : screen.utf8][has_sign]
		     [(role - ROLE_POSITIVE_1) % THEME_LEVELS];
}

void
screen_shade(struct area area, int row, int column, int columns,
	enum screen_role role)
{
	if (row < 0 || row >= area.rows || column < 0)
		return;
	for (; columns > 0 && column < area.columns; columns--, column++) {
		if (!screen.has_levels) {
			screen_print(area, row, column, role, "%s",
				shade_of(role));
			continue;
		}
		set_pair(-1, screen.style[role].color);
		mvaddch(area.row + row, area.column + column, ' ');
	}
	attrset(A_NORMAL);
}

void
screen_shade_marked(struct area area, int row, int column, int columns,
	enum screen_role role)
{
	int last = column + columns - 1;

	if (row < 0 || row >= area.rows || column < 0 || columns < 1 ||
		last >= area.columns)
		return;
	screen_shade(area, row, column, columns, role);
	if (screen.has_levels && columns == 1) {
		screen_print_on(area, row, column, role, screen_signs()->point);
	} else if (screen.has_levels) {
		screen_print_on(area, row, column, role, "[");
		screen_print_on(area, row, last, role, "]");
	} else if (columns < 3) {
		for (int i = column; i <= last; i++)
			screen_print(area, row, i, ROLE_SELECTED, "%s",
				shade_of(role));
	} else {
		screen_print(area, row, column, ROLE_BRIGHT, "[");
		screen_print(area, row, last, ROLE_BRIGHT, "]");
	}
}

bool
screen_has_halves(void)
{
	return screen.has_levels && screen.utf8;
}

void
screen_halves(struct area area, int row, int column, enum screen_role upper,
	enum screen_role lower)
{
	int above = screen.style[upper].color;
	int below = screen.style[lower].color;

	if (row < 0 || row >= area.rows || column < 0 || column >= area.columns)
		return;
	/* the terminal's own background can only be a background */
	if (above >= 0)
		set_pair(above, below);
	else
		set_pair(below, -1);
	mvaddwstr(area.row + row, area.column + column,
		above >= 0           ? L"▀"
			: below >= 0 ? L"▄"
				     : L" ");
	attrset(A_NORMAL);
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
screen_band(struct area area, int row, int column, int columns)
{
	for (; columns > 0; columns--, column++)
		if (screen.has_levels)
			screen_shade(area, row, column, 1, ROLE_BAND);
		else
			screen_print(area, row, column, ROLE_BAND, "%s",
				canvas_sign(screen_tier(), CANVAS_BAND));
}

/* Draw a cell of the canvas that has the ground of the layer CANVAS_BAND. */
static void
draw_filled(struct area area, int row, int column, enum canvas_layer layer,
	enum screen_role role, const char *glyph)
{
	int pair = screen.style[role].pair;

	if (layer == CANVAS_BAND) {
		screen_band(area, row, column, 1);
		return;
	}
	if (screen.has_levels)
		screen.style[role].pair = alloc_pair(screen.style[role].color,
			screen.style[ROLE_BAND].color);
	screen_print(area, row, column, role, "%s", glyph);
	screen.style[role].pair = pair;
}

void
screen_draw_canvas(struct area area, const struct canvas *canvas)
{
	static const enum screen_role roles[CANVAS_LAYERS] = {
		[CANVAS_FRAME] = ROLE_DIM,
		[CANVAS_BAND] = ROLE_BAND,
		[CANVAS_GUIDE] = ROLE_DIM,
		[CANVAS_SEEN] = ROLE_SEEN,
		[CANVAS_SAMPLES] = ROLE_DIM,
		[CANVAS_GHOST] = ROLE_GHOST,
		[CANVAS_AHEAD] = ROLE_MODEL,
		[CANVAS_DATA] = ROLE_DATA,
		[CANVAS_VALIDATION] = ROLE_NORMAL,
		[CANVAS_MODEL] = ROLE_MODEL,
	};

	for (size_t row = 0; row < canvas->rows; row++)
		for (size_t column = 0; column < canvas->columns; column++) {
			char glyph[CANVAS_GLYPH_SIZE];
			enum canvas_layer layer;

			canvas_glyph(canvas, row, column, glyph, &layer);
			if (canvas_is_filled(canvas, row, column))
				draw_filled(area, (int)row, (int)column, layer,
					roles[layer], glyph);
			else if (glyph[0] != ' ')
				screen_print(area, (int)row, (int)column,
					roles[layer], "%s", glyph);
		}
}
