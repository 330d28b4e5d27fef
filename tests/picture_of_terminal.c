/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "picture_of_terminal.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#ifdef HAVE_CAIRO
#include <cairo.h>
#endif

enum { PATH_SIZE = 4096 };

/*
 * Copy a row as text. A blank with a ground of its own becomes a shade, which
 * the program uses where it has no colour for the ground.
 */
static void
copy_row(struct terminal *terminal, int row, char *line)
{
	line[0] = '\0';
	for (int column = 0; column < terminal->columns; column++) {
		struct terminal_cell cell;

		terminal_cell(terminal, row, column, &cell);
		strcat(line,
			strcmp(cell.text, " ") == 0 && cell.background >= 0
				? "\u2591"
				: cell.text);
	}
}

static void
save_text(struct terminal *terminal, const char *path)
{
	static char line[TERMINAL_COLUMNS_MAX * TERMINAL_CELL_SIZE + 1];
	FILE *file = fopen(path, "w");

	ck_assert_msg(file != NULL, "%s", path);
	for (int row = 0; row < terminal->rows; row++) {
		size_t length;

		copy_row(terminal, row, line);
		length = strlen(line);
		while (length > 0 && line[length - 1] == ' ')
			length--;
		line[length] = '\0';
		fprintf(file, "%s\n", line);
	}
	ck_assert_int_eq(fclose(file), 0);
}

#ifdef HAVE_CAIRO

/* Size of a cell in pixels. */
enum { WIDTH = 8, HEIGHT = 16 };

/* A cell under the pen: its upper left corner, and the colour of its text. */
struct cell {
	cairo_t *cairo;
	double x, y;
	double red, green, blue;
};

static void
set_colour(const struct cell *cell, double alpha)
{
	cairo_set_source_rgba(cell->cairo, cell->red, cell->green, cell->blue,
		alpha);
}

/* Fill a part of a cell, in fractions of its size. */
static void
fill(const struct cell *cell, double left, double top, double right,
	double bottom, double alpha)
{
	set_colour(cell, alpha);
	cairo_rectangle(cell->cairo, cell->x + left * WIDTH,
		cell->y + top * HEIGHT, (right - left) * WIDTH,
		(bottom - top) * HEIGHT);
	cairo_fill(cell->cairo);
}

/* Braille: dots 1 2 3 7 on the left and 4 5 6 8 on the right. */
static void
draw_braille(const struct cell *cell, uint32_t dots)
{
	static const int bit_of[4][2] = {{0, 3}, {1, 4}, {2, 5}, {6, 7}};

	set_colour(cell, 1);
	for (int row = 0; row < 4; row++)
		for (int column = 0; column < 2; column++)
			if (dots >> bit_of[row][column] & 1) {
				cairo_arc(cell->cairo,
					cell->x + WIDTH * (0.25 + 0.5 * column),
					cell->y + HEIGHT * (0.125 + 0.25 * row),
					1.3, 0, 2 * acos(-1));
				cairo_fill(cell->cairo);
			}
}

/* Light lines of boxes: to the left, to the right, up, down. */
static bool
draw_line(const struct cell *cell, uint32_t character)
{
	static const struct {
		uint32_t character;
		bool left, right, up, down;
	} lines[] = {{0x2500, 1, 1, 0, 0}, {0x2502, 0, 0, 1, 1},
		{0x250c, 0, 1, 0, 1}, {0x2510, 1, 0, 0, 1},
		{0x2514, 0, 1, 1, 0}, {0x2518, 1, 0, 1, 0},
		{0x251c, 0, 1, 1, 1}, {0x2524, 1, 0, 1, 1},
		{0x252c, 1, 1, 0, 1}, {0x2534, 1, 1, 1, 0},
		{0x253c, 1, 1, 1, 1}};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		if (lines[i].character != character)
			continue;
		if (lines[i].left)
			fill(cell, 0, 0.47, 0.55, 0.53, 1);
		if (lines[i].right)
			fill(cell, 0.45, 0.47, 1, 0.53, 1);
		if (lines[i].up)
			fill(cell, 0.45, 0, 0.55, 0.5, 1);
		if (lines[i].down)
			fill(cell, 0.45, 0.5, 0.55, 1, 1);
		return true;
	}
	return false;
}

/* Blocks and shades, U+2580 to U+2593. */
static bool
draw_block(const struct cell *cell, uint32_t character)
{
	if (character == 0x2580)
		fill(cell, 0, 0, 1, 0.5, 1);
	else if (character > 0x2580 && character <= 0x2588)
		fill(cell, 0, 1 - (character - 0x2580) / 8.0, 1, 1, 1);
	else if (character > 0x2588 && character < 0x2590)
		fill(cell, 0, 0, 1 - (character - 0x2588) / 8.0, 1, 1);
	else if (character == 0x2590)
		fill(cell, 0.5, 0, 1, 1, 1);
	else if (character > 0x2590 && character <= 0x2593)
		fill(cell, 0, 0, 1, 1, (character - 0x2590) / 4.0);
	else
		return false;
	return true;
}

/* Signs for a space and a line end in a text, which few fonts have. */
static bool
draw_text_sign(const struct cell *cell, uint32_t character)
{
	if (character == 0x2423) {
		fill(cell, 0.1, 0.6, 0.2, 0.8, 1);
		fill(cell, 0.8, 0.6, 0.9, 0.8, 1);
		fill(cell, 0.1, 0.75, 0.9, 0.8, 1);
	} else if (character == 0x21b5) {
		fill(cell, 0.8, 0.35, 0.9, 0.65, 1);
		fill(cell, 0.1, 0.6, 0.9, 0.65, 1);
		fill(cell, 0.2, 0.56, 0.3, 0.69, 1);
		fill(cell, 0.3, 0.52, 0.4, 0.73, 1);
	} else {
		return false;
	}
	return true;
}

/* Fail if the font has no glyph for the text: a box would be drawn. */
static void
check_glyph(const struct cell *cell, const char *text)
{
	cairo_scaled_font_t *font = cairo_get_scaled_font(cell->cairo);
	cairo_glyph_t *glyphs = NULL;
	int count = 0;

	ck_assert_int_eq(cairo_scaled_font_text_to_glyphs(font, 0, 0, text, -1,
				 &glyphs, &count, NULL, NULL, NULL),
		CAIRO_STATUS_SUCCESS);
	for (int i = 0; i < count; i++)
		ck_assert_msg(glyphs[i].index != 0,
			"the font has no glyph for '%s'", text);
	cairo_glyph_free(glyphs);
}

static void
draw_text(const struct cell *cell, const char *text, bool is_bold)
{
	cairo_select_font_face(cell->cairo, "monospace",
		CAIRO_FONT_SLANT_NORMAL,
		is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cell->cairo, 13);
	check_glyph(cell, text);
	set_colour(cell, 1);
	cairo_move_to(cell->cairo, cell->x, cell->y + 12);
	cairo_show_text(cell->cairo, text);
}

/* Convert a colour; a default colour is that of a dark terminal. */
static void
convert(const struct terminal *terminal, VTermColor colour, bool is_text,
	double rgb[3])
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&colour) ||
		VTERM_COLOR_IS_DEFAULT_BG(&colour)) {
		rgb[0] = rgb[1] = rgb[2] = is_text ? 0.86 : 0.07;
		return;
	}
	vterm_screen_convert_color_to_rgb(terminal->screen, &colour);
	rgb[0] = colour.rgb.red / 255.0;
	rgb[1] = colour.rgb.green / 255.0;
	rgb[2] = colour.rgb.blue / 255.0;
}

static void
draw_cell(struct terminal *terminal, cairo_t *cairo, int row, int column)
{
	VTermPos position = {.row = row, .col = column};
	struct terminal_cell text;
	VTermScreenCell cell;
	double front[3], back[3];
	struct cell pen = {cairo, column * WIDTH, row * HEIGHT, 0, 0, 0};
	uint32_t character;

	vterm_screen_get_cell(terminal->screen, position, &cell);
	terminal_cell(terminal, row, column, &text);
	convert(terminal, cell.fg, true, front);
	convert(terminal, cell.bg, false, back);
	if (cell.attrs.reverse)
		for (int i = 0; i < 3; i++) {
			double swap = front[i];

			front[i] = back[i];
			back[i] = swap;
		}
	cairo_set_source_rgb(cairo, back[0], back[1], back[2]);
	cairo_rectangle(cairo, pen.x, pen.y, WIDTH, HEIGHT);
	cairo_fill(cairo);
	pen.red = front[0];
	pen.green = front[1];
	pen.blue = front[2];
	character = cell.chars[0];
	if (character == 0 || character == ' ' || character == UINT32_MAX)
		return;
	if (character >= 0x2800 && character < 0x2900)
		draw_braille(&pen, character - 0x2800);
	else if (!draw_line(&pen, character) && !draw_block(&pen, character) &&
		!draw_text_sign(&pen, character))
		draw_text(&pen, text.text, text.is_bold);
}

static void
save_picture(struct terminal *terminal, const char *path)
{
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24,
			terminal->columns * WIDTH, terminal->rows * HEIGHT);
	cairo_t *cairo = cairo_create(surface);

	cairo_set_antialias(cairo, CAIRO_ANTIALIAS_GRAY);
	for (int row = 0; row < terminal->rows; row++)
		for (int column = 0; column < terminal->columns; column++)
			draw_cell(terminal, cairo, row, column);
	ck_assert_int_eq(cairo_status(cairo), CAIRO_STATUS_SUCCESS);
	ck_assert_int_eq(cairo_surface_write_to_png(surface, path),
		CAIRO_STATUS_SUCCESS);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

#endif

bool
picture_of_terminal_exists(void)
{
#ifdef HAVE_CAIRO
	return true;
#else
	return false;
#endif
}

void
picture_of_terminal(struct terminal *terminal, const char *path)
{
	char name[PATH_SIZE];

	snprintf(name, sizeof name, "%s.txt", path);
	save_text(terminal, name);
#ifdef HAVE_CAIRO
	snprintf(name, sizeof name, "%s.png", path);
	save_picture(terminal, name);
#endif
}
