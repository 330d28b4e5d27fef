/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/drawing.h"

#include <assert.h>

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

void
drawing_fit(struct drawing *drawing, double width, double height)
{
	drawing->has_own_scales = width > 0 && height > 0 &&
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

bool
drawing_next(struct drawing_pen *pen)
{
	const struct drawing *drawing = pen->drawing;
	const float *point = pen->points + pen->next * drawing->features;

	if (pen->next == pen->count)
		return false;
	pen->is_joined = pen->next > 0;
	if (drawing->form == DRAWING_SERIES)
		pen->x = (double)(drawing->first + pen->next);
	else
		pen->x = point[drawing->x];
	pen->y = point[drawing->y];
	pen->next++;
	return true;
}
