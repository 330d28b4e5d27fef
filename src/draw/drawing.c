/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/drawing.h"

#include <assert.h>
#include <stdio.h>

#include "base/printable.h"
#include "base/translate.h"
#include "base/utf8.h"

enum { NAME_COLUMNS = 16 };

struct drawing
drawing_of(size_t features)
{
	assert(features > 0);
	if (features == 1)
		return (struct drawing){.form = DRAWING_SERIES, .features = 1};
	return (struct drawing){
		.form = DRAWING_SHAPE,
		.features = features,
		.x = 0,
		.y = 1,
	};
}

struct drawing
drawing_of_strokes(size_t features)
{
	struct drawing drawing = drawing_of(features);

	assert(features >= 2);
	drawing.form = DRAWING_STROKES;
	return drawing;
}

struct drawing
drawing_of_series(size_t features, size_t number)
{
	assert(number < features);
	return (struct drawing){
		.form = DRAWING_SERIES,
		.features = features,
		.y = number,
	};
}

void
drawing_fit(struct drawing *drawing, double width, double height)
{
	drawing->has_own_scales = drawing->form == DRAWING_SHAPE && width > 0 &&
		height > 0 &&
		(width > DRAWING_RATIO * height ||
			height > DRAWING_RATIO * width);
}

bool
drawing_has_own_scales(const struct drawing *drawing)
{
	return drawing->form == DRAWING_SERIES || drawing->has_own_scales;
}

struct drawing_pen
drawing_begin(const struct drawing *drawing, size_t count, const float *points)
{
	return (struct drawing_pen){
		.drawing = drawing,
		.count = count,
		.points = points,
	};
}

/* Whether the pen is lifted after a point of strokes. */
static bool
is_lifted(const struct drawing *drawing, const float *point)
{
	return drawing->features > 2 && point[2] > (float)DRAWING_PEN_LIFTED;
}

static void
move_pen(struct drawing_pen *pen, const float *point)
{
	const struct drawing *drawing = pen->drawing;

	pen->is_joined =
		pen->next > 0 && !is_lifted(drawing, point - drawing->features);
	pen->is_alone = !pen->is_joined &&
		(pen->next + 1 == pen->count || is_lifted(drawing, point));
	pen->x += point[drawing->x];
	pen->y += point[drawing->y];
}

bool
drawing_next(struct drawing_pen *pen)
{
	const struct drawing *drawing = pen->drawing;
	const float *point = pen->points + pen->next * drawing->features;

	if (pen->next == pen->count)
		return false;
	if (drawing->form == DRAWING_STROKES) {
		move_pen(pen, point);
	} else {
		pen->is_joined = pen->next > 0;
		pen->x = drawing->form == DRAWING_SERIES
			? (double)(drawing->first + pen->next)
			: (double)point[drawing->x];
		pen->y = point[drawing->y];
	}
	pen->next++;
	return true;
}

/* Write "1st", "2nd", "11th". */
static void
write_ordinal(size_t number, char text[DRAWING_NAME_SIZE])
{
	static const char *const endings[] = {"th", "st", "nd", "rd"};
	bool is_teen = number % 100 / 10 == 1;

	snprintf(text, DRAWING_NAME_SIZE, "%zu%s", number,
		endings[is_teen || number % 10 > 3 ? 0 : number % 10]);
}

/* Whether all characters are one column wide. */
static bool
is_simple(const char *text)
{
	size_t characters = 0;

	for (const char *at = text; *at != '\0'; at += utf8_step(at))
		characters++;
	return characters == utf8_columns(text);
}

char *
drawing_name(size_t number, const char *name, char text[DRAWING_NAME_SIZE])
{
	printable_copy(text, DRAWING_NAME_SIZE, name);
	text[utf8_fit(text, NAME_COLUMNS)] = '\0';
	if (text[0] == '\0' || !is_simple(text))
		write_ordinal(number + 1, text);
	return text;
}

char *
drawing_describe(const struct drawing *drawing, const char *x_name,
	const char *y_name, char text[DRAWING_TEXT_SIZE])
{
	char x[DRAWING_NAME_SIZE], y[DRAWING_NAME_SIZE];
	bool has_names = x_name[0] != '\0' && y_name[0] != '\0';

	text[0] = '\0';
	drawing_name(drawing->x, has_names ? x_name : "", x);
	drawing_name(drawing->y, has_names ? y_name : "", y);
	if (drawing->form == DRAWING_SERIES && drawing->features > 1)
		snprintf(text, DRAWING_TEXT_SIZE,
			has_names ? "%s" : _("%s of %zu numbers"), y,
			drawing->features);
	else if (drawing->form == DRAWING_SHAPE && drawing->features > 2)
		snprintf(text, DRAWING_TEXT_SIZE,
			has_names ? _("%s against %s")
				  : _("%s against %s of %zu numbers"),
			x, y, drawing->features);
	return text;
}
