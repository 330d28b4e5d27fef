/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measure the chosen rows, or serve one row to a bench that compares two
 * builds.
 */
#ifndef LSTMTUI_BENCH_MEASURE_H
#define LSTMTUI_BENCH_MEASURE_H

#include <stdbool.h>

#include "base/error.h"
#include "files.h"
#include "options.h"

/* Measure all chosen rows with each kernel, and print a line for each. */
bool measure_rows(const struct options *options, const struct files *files,
	struct error *error);

/*
 * Prepare the row options->row and print a line with its unit as JSON. Then,
 * for each line of standard input until its end, measure a round, in a process
 * of its own, and print its times as JSON:
 *
 *   {"row":"lesson","unit":"us/update","rate":false}
 *   {"cpu":0.53,"wall":0.54}
 *
 * The numbers are in the unit; a rate is larger if the program is faster. Later
 * versions may add keys.
 */
bool measure_serve(const struct options *options, const struct files *files,
	struct error *error);

#endif
