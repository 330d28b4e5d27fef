/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/canvas.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { BRAILLE_FIRST = 0x2800 /* the empty braille pattern */ };

static const struct {
	long across, down;
} tiers[] = {
	[CANVAS_BRAILLE] = {2, 4},
	[CANVAS_ASCII] = {1, 2},
};

/* Unicode's bit of each braille dot, [row][column]. */
/* clang-format off */
static const unsigned char braille_bit[4][2] = {
	{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

bool
canvas_begin(struct canvas *canvas, size_t rows, size_t columns,
	enum canvas_tier tier, struct error *error)
{
	size_t cells;

	if (!memory_product(rows, columns, &cells) ||
	    !memory_grow((void **)&canvas->cell, &canvas->capacity,
		    cells > 0 ? cells : 1, sizeof *canvas->cell))
		return error_out_of_memory(error);
	canvas->rows = rows;
	canvas->columns = columns;
	canvas->tier = tier;
	canvas_clip(canvas, 0, (long)rows, 0);
	memset(canvas->cell, 0, cells * sizeof *canvas->cell);
	return true;
}
/* clang-format on */

void
canvas_destroy(struct canvas *canvas)
{
	free(canvas->cell);
	*canvas = (struct canvas){0};
}

long
canvas_dots_across(const struct canvas *canvas)
{
	return tiers[canvas->tier].across;
}

long
canvas_dots_down(const struct canvas *canvas)
{
	return tiers[canvas->tier].down;
}

long
canvas_width(const struct canvas *canvas)
{
	return (long)canvas->columns * canvas_dots_across(canvas);
}

long
canvas_height(const struct canvas *canvas)
{
	return (long)canvas->rows * canvas_dots_down(canvas);
}

void
canvas_clip(struct canvas *canvas, long top, long bottom, long left)
{
	assert(top >= 0 && left >= 0 && bottom <= (long)canvas->rows);
	canvas->top = top;
	canvas->bottom = bottom;
	canvas->left = left;
}

void
canvas_dot(struct canvas *canvas, enum canvas_layer layer, long x, long y)
{
	long across = canvas_dots_across(canvas);
	long down = canvas_dots_down(canvas);
	struct canvas_cell *cell;

	assert(layer < CANVAS_LAYERS);
	if (x < canvas->left * across || y < canvas->top * down ||
		x >= canvas_width(canvas) || y >= canvas->bottom * down)
		return;
	cell = &canvas->cell[(size_t)(y / down) * canvas->columns +
		(size_t)(x / across)];
	cell->dots[layer] |= braille_bit[y % down][x % across];
}

/*
 * Clip the interval [*from, *to] of t so that start + t * delta is in [0, max].
 * This is one dimension of Liang and Barsky's line clipping.
 */
static void
clip(double start, double delta, double max, double *from, double *to)
{
	double low = (0 - start) / delta, high = (max - start) / delta;

	if (delta == 0) {
		if (!(start >= 0 && start <= max))
			*to = -1;
		return;
	}
	*from = fmax(*from, fmin(low, high));
	*to = fmin(*to, fmax(low, high));
}

void
canvas_line(struct canvas *canvas, enum canvas_layer layer, double x0,
	double y0, double x1, double y1)
{
	double dx = x1 - x0, dy = y1 - y0;
	double from = 0, to = 1;
	double length;
	long steps;

	if (!isfinite(dx) || !isfinite(dy))
		return;
	clip(x0, dx, (double)canvas_width(canvas) - 1, &from, &to);
	clip(y0, dy, (double)canvas_height(canvas) - 1, &from, &to);
	if (from > to)
		return;
	length = (to - from) * fmax(fabs(dx), fabs(dy));
	steps = lround(ceil(length));
	for (long i = 0; i <= steps; i += layer == CANVAS_GHOST ? 2 : 1) {
		double t = steps == 0
			? from
			: from + (to - from) * (double)i / (double)steps;

		canvas_dot(canvas, layer, lround(x0 + t * dx),
			lround(y0 + t * dy));
	}
}

/* Remove the other half of a wide character of which a cell has one. */
static void
part_wide(const struct canvas *canvas, struct canvas_cell *cell, long column)
{
	if (cell->is_right && column > 0)
		memset(cell[-1].text, 0, sizeof cell->text);
	if (column + 1 < (long)canvas->columns)
		cell[1].is_right = false;
	cell->is_right = false;
}

void
canvas_text(struct canvas *canvas, enum canvas_layer layer, long row,
	long column, const char *text)
{
	while (*text != '\0') {
		char character[CANVAS_GLYPH_SIZE] = "";
		size_t length = utf8_step(text);
		int width;

		memcpy(character, text, length);
		width = (int)utf8_columns(character);
		if (row >= 0 && row < (long)canvas->rows && column >= 0 &&
			column + width <= (long)canvas->columns && width > 0) {
			struct canvas_cell *cell =
				&canvas->cell[(size_t)row * canvas->columns +
					(size_t)column];

			for (int i = 0; i < width; i++) {
				part_wide(canvas, cell + i, column + i);
				memset(cell[i].text, 0, sizeof cell[i].text);
				cell[i].text_layer = layer;
				cell[i].is_right = i > 0;
			}
			memcpy(cell->text, character, sizeof character);
		}
		column += width;
		text += length;
	}
}

void
canvas_fill(struct canvas *canvas, long row, long column)
{
	if (row >= 0 && row < (long)canvas->rows && column >= 0 &&
		column < (long)canvas->columns)
		canvas->cell[row * (long)canvas->columns + column].is_filled =
			true;
}

bool
canvas_is_filled(const struct canvas *canvas, size_t row, size_t column)
{
	assert(row < canvas->rows && column < canvas->columns);
	return canvas->cell[row * canvas->columns + column].is_filled;
}

bool
canvas_is_free(const struct canvas *canvas, long row, long column, long count)
{
	if (row < 0 || row >= (long)canvas->rows || column < 0 || count < 0 ||
		column + count > (long)canvas->columns)
		return false;
	for (long i = column; i < column + count; i++) {
		const struct canvas_cell *cell =
			&canvas->cell[row * (long)canvas->columns + i];

		if (cell->text[0] != '\0')
			return false;
		for (unsigned l = CANVAS_GUIDE + 1; l < CANVAS_LAYERS; l++)
			if (cell->dots[l] != 0)
				return false;
	}
	return true;
}

/* Return the dots of the layers; store the frontmost layer with dots. */
static unsigned
merge_layers(const struct canvas_cell *cell, enum canvas_layer *layer)
{
	unsigned dots = 0;

	*layer = CANVAS_FRAME;
	for (unsigned l = 0; l < CANVAS_LAYERS; l++)
		if (cell->dots[l] != 0 && l != CANVAS_SAMPLES) {
			dots |= cell->dots[l];
			*layer = (enum canvas_layer)l;
		}
	/* many samples would hide the line that is in front of them */
	if (cell->dots[CANVAS_SAMPLES] != 0 && *layer < CANVAS_SAMPLES) {
		dots |= cell->dots[CANVAS_SAMPLES];
		*layer = CANVAS_SAMPLES;
	}
	return dots;
}

/* Characters of lines in ASCII; '\0': those of dots. */
static const char ascii_line[CANVAS_LAYERS] = {
	[CANVAS_GUIDE] = '-',
	[CANVAS_GHOST] = 'o',
	[CANVAS_VALIDATION] = '*',
	[CANVAS_AHEAD] = '#',
	[CANVAS_MODEL] = '#',
};

const char *
canvas_sign(enum canvas_tier tier, enum canvas_layer layer)
{
	/* clang-format off */
	static const char *const signs[CANVAS_LAYERS][2] = {
		[CANVAS_FRAME] = {"┄", ":"},
		[CANVAS_BAND] = {"░", "."},
		[CANVAS_GUIDE] = {"┈", "-"},
		[CANVAS_SEEN] = {"⠂", "."},
		[CANVAS_SAMPLES] = {"⠂", "."},
		[CANVAS_GHOST] = {"┅", "o"},
		[CANVAS_AHEAD] = {"━", "#"},
		[CANVAS_DATA] = {"─", ":"},
		[CANVAS_VALIDATION] = {"─", "*"},
		[CANVAS_MODEL] = {"━", "#"},
	};
	/* clang-format on */

	return signs[layer][tier == CANVAS_ASCII];
}

const char *
canvas_glyph(const struct canvas *canvas, size_t row, size_t column,
	char glyph[CANVAS_GLYPH_SIZE], enum canvas_layer *layer)
{
	/* index: bit 0 for the upper dot, bit 1 for the lower dot */
	static const char ascii[] =
		{[0] = ' ', [1] = '\'', [2] = '.', [3] = ':'};
	const struct canvas_cell *cell =
		&canvas->cell[row * canvas->columns + column];
	unsigned dots = merge_layers(cell, layer);

	assert(row < canvas->rows && column < canvas->columns);
	memset(glyph, 0, CANVAS_GLYPH_SIZE);
	if (cell->is_right) {
		*layer = cell->text_layer;
	} else if (cell->text[0] != '\0') {
		*layer = cell->text_layer;
		memcpy(glyph, cell->text, CANVAS_GLYPH_SIZE);
	} else if (dots == 0 && cell->is_filled) {
		*layer = CANVAS_BAND;
		memcpy(glyph, canvas_sign(canvas->tier, CANVAS_BAND),
			strlen(canvas_sign(canvas->tier, CANVAS_BAND)));
	} else if (dots == 0) {
		glyph[0] = ' ';
	} else if (canvas->tier == CANVAS_ASCII) {
		glyph[0] = ascii[dots & 3];
		if (ascii_line[*layer] != '\0')
			glyph[0] = ascii_line[*layer];
	} else {
		utf8_put(BRAILLE_FIRST + dots, glyph);
	}
	return glyph;
}

void
canvas_print(const struct canvas *canvas, FILE *stream)
{
	for (size_t row = 0; row < canvas->rows; row++) {
		size_t blanks = 0;

		for (size_t column = 0; column < canvas->columns; column++) {
			char glyph[CANVAS_GLYPH_SIZE];
			enum canvas_layer layer;

			canvas_glyph(canvas, row, column, glyph, &layer);
			if (strcmp(glyph, " ") == 0) {
				blanks++;
				continue;
			}
			fprintf(stream, "%*s%s", (int)blanks, "", glyph);
			blanks = 0;
		}
		putc('\n', stream);
	}
}
