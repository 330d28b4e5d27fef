/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compare two builds of the bench row by row, in turns: both serve the row
 * (measure.h) in a process of their own.
 */
#ifndef LSTMTUI_BENCH_COMPARE_ROWS_H
#define LSTMTUI_BENCH_COMPARE_ROWS_H

#include <stdbool.h>

#include "base/error.h"
#include "options.h"
#include "ratios.h"

/*
 * Compare the bench options->compare with this one, whose path is `current`, in
 * all chosen rows, and print a line for each, kernel and number of threads.
 * Rows that the other bench does not have are skipped.
 */
bool compare_rows(const struct options *options, const char *current,
	const struct ratios *ratios, struct error *error);

#endif
