/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ghost: the losses and the drawing of the run before the present one, kept
 * for comparison after a reset or a new run until the user lets it go. It is
 * named after the settings that differ, such as "one-to-one".
 */
#ifndef LSTMTUI_TUI_GHOST_H
#define LSTMTUI_TUI_GHOST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "run/run_view.h"
#include "tui/live_shape.h"

enum { GHOST_NAME_SIZE = 64 };

struct ghost {
	bool is_kept; /* false: all else is 0 */
	char name[GHOST_NAME_SIZE];
	struct settings settings;
	struct history *history;
	double average;          /* loss at the end of the run */
	size_t length, features; /* of the drawing */
	float *points;           /* [length, features]; NULL: a text */
	double shape_error;      /* NaN: none */
};

/*
 * Copy the present run to *ghost, which is all 0. Returns false if memory is
 * short or the run has no update; then *ghost is all 0. Release it with
 * ghost_destroy. The shape is that of the run; all 0 for a text.
 */
bool ghost_take(struct ghost *ghost, const struct run *run,
	const struct live_shape *shape);

/*
 * Replace *ghost with *taken, named by its differences from the settings of
 * the new run. An empty *taken changes only the name.
 */
void ghost_replace(struct ghost *ghost, struct ghost *taken,
	const struct settings *now);

void ghost_destroy(struct ghost *ghost);

/*
 * Name settings by what differs from those of another run, such as
 * "one-to-one"; "" if nothing does that explains a difference.
 */
void ghost_describe(const struct settings *then, const struct settings *now,
	char name[GHOST_NAME_SIZE]);

/*
 * Whether its losses are comparable with those of a run, and whether its
 * drawing has the same number of features.
 */
bool ghost_has_curve(const struct ghost *ghost, const struct settings *now);
bool ghost_has_drawing(const struct ghost *ghost, size_t features);

#endif
