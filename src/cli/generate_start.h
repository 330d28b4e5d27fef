/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points that `generate` starts from: --start, or those of the run. */
#ifndef LSTMTUI_CLI_GENERATE_START_H
#define LSTMTUI_CLI_GENERATE_START_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/command.h"
#include "run/run.h"

struct generate_start {
	struct sequences data; /* of --start end; all else: 0 */
	float *points;         /* [count, features], scaled */
	size_t count;
	/* of --start end: the data contain them, they are not written again */
	bool is_hidden;
};

/* Whether --start is `end`. */
bool generate_start_is_end(const struct arguments *arguments);

/*
 * Get the points. Release them with generate_start_destroy, also after a
 * failure. Returns false, as an error of usage, if --start is no list of enough
 * points, or if there are no data that end; and with other errors if the data
 * cannot be read.
 */
bool generate_start_choose(struct generate_start *start, const struct run *run,
	const struct arguments *arguments, struct error *error);
void generate_start_destroy(struct generate_start *start);

/*
 * Store the number of points to write, with those of the start that are
 * written. Returns false, as an error of usage, if --length leaves none to
 * generate after the points of --start.
 */
bool generate_start_length(const struct generate_start *start,
	const struct run *run, const struct arguments *arguments,
	size_t *length, struct error *error);

#endif
