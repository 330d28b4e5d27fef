/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print the results of a sweep: a table of sizes, and their shapes as
 * characters or as an image in a file.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_REPORT_H
#define LSTMTUI_SWEEP_SWEEP_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "draw/multiples.h"
#include "sweep/sweep.h"

/* Write a loss with its name to text[size]: "mae 0.109312". Return text. */
char *sweep_format_loss(const struct sweep *sweep, double loss, char *text,
	size_t size);

/* Print the statistics of all sizes with a finished run. */
void sweep_print_table(const struct sweep *sweep, FILE *stream);

/*
 * The shapes of a sweep, one for each size: that of the run of median loss or,
 * if none is finished, of the run with the most updates.
 */
struct sweep_shapes {
	struct multiples multiples;
	struct multiples_item *items;
	char (*titles)[32];
};

/*
 * Collect the shapes. Release them with sweep_shapes_release, also after a
 * failure. Return false if out of memory.
 */
bool sweep_shapes_collect(const struct sweep *sweep,
	struct sweep_shapes *shapes, struct error *error);

void sweep_shapes_release(struct sweep_shapes *shapes);

/* Write the shapes to shapes.svg in the sweep's directory. */
bool sweep_write_picture(const struct sweep *sweep, struct error *error);

#endif
