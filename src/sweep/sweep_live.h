/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sweep as it goes, redrawn in place on a terminal: a line with a bar for
 * every size, and the shapes that the sizes draw at their last checkpoint.
 * Only the cursor is moved, and each frame is one write: the terminal stays
 * in its ordinary mode, and there is nothing to restore.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_LIVE_H
#define LSTMTUI_SWEEP_SWEEP_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "draw/canvas.h"
#include "sweep/sweep.h"

struct sweep_live {
	bool utf8;
	int rows, columns; /* of the terminal when it was drawn last */
	size_t drawn;      /* lines above the cursor */
};

/* Draw the sweep, over what was drawn before. */
bool sweep_live_draw(struct sweep_live *live, const struct sweep *sweep,
	struct error *error);

/* Remove what was drawn. */
void sweep_live_clear(struct sweep_live *live);

/* Print in a line how far the sweep is. */
void sweep_live_summary(const struct sweep *sweep, FILE *stream);

/* The terminal's columns; 80 where they are not known. */
int sweep_live_columns(void);

#endif
