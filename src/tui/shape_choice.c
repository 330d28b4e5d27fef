/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/shape_choice.h"

#include <stdio.h>

#include "run/points_drawing.h"

/* The choices after the pairs of numbers: all as series. */
enum { USUAL, STACKED, PAIRS_FROM };

static struct drawing
usual_drawing(const struct run *run)
{
	return points_drawing(run_settings(run), run_features(run));
}

/* Whether the points are of a file and have more than one number. */
static bool
has_choice(const struct run *run)
{
	const struct task *task = run_task(run);

	return !task->is_text && task->make == NULL && run_features(run) > 1;
}

size_t
shape_choice_count(const struct run *run)
{
	size_t features = run_features(run);

	if (!has_choice(run))
		return 1;
	if (usual_drawing(run).form == DRAWING_STROKES)
		return PAIRS_FROM;
	/* the first pair is the usual choice */
	return PAIRS_FROM + features * (features - 1) / 2 - 1;
}

/* Set the pair of numbers of a choice: (0, 2), (0, 3), ..., (1, 2), ... */
static void
set_pair(struct drawing *drawing, size_t number)
{
	size_t left = number - PAIRS_FROM + 1;

	drawing->x = 0;
	while (left >= drawing->features - 1 - drawing->x) {
		left -= drawing->features - 1 - drawing->x;
		drawing->x++;
	}
	drawing->y = drawing->x + 1 + left;
}

struct shape_choice
shape_choice_make(const struct run *run, size_t number)
{
	size_t features = run_features(run);
	struct shape_choice choice = {
		.number = number < shape_choice_count(run) ? number : USUAL,
		.count = 1,
	};

	choice.drawing[0] = usual_drawing(run);
	if (choice.number == STACKED) {
		choice.count = features < SHAPE_PANELS_MAX ? features
							   : SHAPE_PANELS_MAX;
		for (size_t i = 0; i < choice.count; i++)
			choice.drawing[i] = drawing_of_series(features, i);
	} else if (choice.number >= PAIRS_FROM) {
		set_pair(&choice.drawing[0], choice.number);
	}
	return choice;
}

char *
shape_choice_describe(const struct shape_choice *choice, const struct run *run,
	size_t shown, char text[DRAWING_TEXT_SIZE])
{
	const struct drawing *drawing = &choice->drawing[0];

	(void)run;
	if (choice->number != STACKED)
		return drawing_describe(drawing, "", "", text);
	if (shown < drawing->features)
		snprintf(text, DRAWING_TEXT_SIZE,
			"%zu of %zu numbers as series", shown,
			drawing->features);
	else
		snprintf(text, DRAWING_TEXT_SIZE, "all %zu numbers as series",
			shown);
	return text;
}

char *
shape_choice_name(const struct drawing *drawing, const struct run *run,
	char text[DRAWING_NAME_SIZE])
{
	(void)run;
	return drawing_name(drawing->y, "", text);
}
