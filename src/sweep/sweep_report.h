/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a sweep tells: the table of sizes, their shapes as characters and as
 * a picture in a file.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_REPORT_H
#define LSTMTUI_SWEEP_SWEEP_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "draw/multiples.h"
#include "sweep/sweep.h"

/* "mae 0.109312", say, of a run that is evaluated; in text. */
char *sweep_format_loss(const struct sweep *sweep, double loss, char *text,
	size_t size);

/* The statistics of all sizes that have a finished run. */
void sweep_print_table(const struct sweep *sweep, FILE *stream);

/*
 * The shapes of a sweep, one for each size: of the median run where any is
 * finished, else of the one that is furthest. Release them with
 * sweep_shapes_release, also after a failure.
 */
struct sweep_shapes {
	struct multiples multiples;
	struct multiples_item *items;
	char (*titles)[32];
};

bool sweep_shapes_collect(const struct sweep *sweep,
	struct sweep_shapes *shapes, struct error *error);

void sweep_shapes_release(struct sweep_shapes *shapes);

/* Draw the shapes into shapes.svg in the sweep's directory. */
bool sweep_write_picture(const struct sweep *sweep, struct error *error);

#endif
