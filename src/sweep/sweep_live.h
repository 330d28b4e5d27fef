/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Show the progress of a sweep on a terminal and redraw it in place: a line
 * with a bar for each size, and a shape drawn by a model of each size at its
 * last checkpoint. Frames only move the cursor and are written at once, so the
 * terminal's mode is unchanged and nothing has to be restored.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_LIVE_H
#define LSTMTUI_SWEEP_SWEEP_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "draw/canvas.h"
#include "sweep/sweep.h"

struct sweep_live {
	bool is_utf8;
	int rows, columns; /* size of the terminal for the last frame */
	size_t drawn;      /* lines of the last frame, above the cursor */
};

/* Draw the sweep over the last frame. Return false if out of memory. */
bool sweep_live_draw(struct sweep_live *live, const struct sweep *sweep,
	struct error *error);

/* Erase the last frame. */
void sweep_live_clear(struct sweep_live *live);

/* Print a line with the progress: "3/10 runs, 42 %". */
void sweep_live_summary(const struct sweep *sweep, FILE *stream);

/* Return the terminal's columns, or 80 if unknown. */
int sweep_live_columns(void);

#endif
