/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print the results of a sweep: a table of the combinations, and their shapes
 * as characters or as an image in a file.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_REPORT_H
#define LSTMTUI_SWEEP_SWEEP_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "draw/multiples.h"
#include "sweep/sweep.h"

/*
 * Write the loss of a run of a combination with its name to text[size]: "mae
 * 0.109312". Return text.
 */
char *sweep_format_loss(const struct sweep *sweep, size_t combination,
	double loss, char *text, size_t size);

/*
 * Write the values of a combination to text: "5 units" or "sequence, gru, 5
 * units". It contains no control characters. Return text.
 */
enum {
	SWEEP_LABEL_SIZE = 128,
	SWEEP_TITLE_COLUMNS = 32 /* maximum columns of a shape's title */
};
char *sweep_label(const struct sweep *sweep, size_t combination,
	char text[SWEEP_LABEL_SIZE]);

/* Write the updates of the finished runs: "500" or "30 to 500". Return text. */
char *sweep_format_updates(const struct sweep *sweep,
	char text[SWEEP_LABEL_SIZE]);

/*
 * Print the statistics of all combinations with a finished run. Return false if
 * out of memory.
 */
bool sweep_print_table(const struct sweep *sweep, FILE *stream,
	struct error *error);

/*
 * The shapes of a sweep, one for each combination that is not a text: that of
 * the run of median loss or, if none is finished, of the run with the most
 * updates.
 */
struct sweep_shapes {
	struct multiples multiples;
	struct multiples_item *items;
	char (*titles)[SWEEP_LABEL_SIZE];
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
