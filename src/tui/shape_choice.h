/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the Generated pane draws of the points of a run: two of their numbers as
 * a shape, or all of them as series, one below the other; and of series their
 * forecast or what the model draws from the start. Only points from a file have
 * a choice. A choice is a number, from 0, the usual one: a shape or, of points
 * of one number, their forecast.
 */
#ifndef LSTMTUI_TUI_SHAPE_CHOICE_H
#define LSTMTUI_TUI_SHAPE_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/drawing.h"
#include "run/run_view.h"

enum { SHAPE_PANELS_MAX = 12 };

struct shape_choice {
	size_t number;
	bool is_forecast; /* of the end of the data, as series */
	/* the drawings, one below the other if there are several */
	size_t count;
	struct drawing drawing[SHAPE_PANELS_MAX];
};

/* Return the number of choices, at least 1. */
size_t shape_choice_count(const struct run *run);

/* Return a choice; the usual one if there are not so many. */
struct shape_choice shape_choice_make(const struct run *run, size_t number);

/* Return the choice of the same numbers without a forecast. */
size_t shape_choice_from_start(const struct shape_choice *choice);

/*
 * Describe a choice of which `shown` drawings have room: "1st against 2nd of 3
 * numbers", or "" if it is the usual one and nothing is left out. Returns text.
 */
char *shape_choice_describe(const struct shape_choice *choice,
	const struct run *run, size_t shown, char text[DRAWING_TEXT_SIZE]);

/* Write the name of the number that a drawing has as its y. Returns text. */
char *shape_choice_name(const struct drawing *drawing, const struct run *run,
	char text[DRAWING_NAME_SIZE]);

#endif
