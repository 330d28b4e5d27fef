/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print the comparison of two builds: a table, or JSON.
 */
#ifndef LSTMTUI_BENCH_RATIOS_H
#define LSTMTUI_BENCH_RATIOS_H

#include <stdbool.h>
#include <stddef.h>

#include "spread.h"

struct ratios {
	bool is_json;
};

struct ratio_line {
	const char *name, *kernel, *unit;
	size_t threads, rounds;
	bool is_wall;          /* wall time, not processor time */
	double other, current; /* medians, in the unit */
	struct spread ratio;   /* speed of the new build over that of the old */
	double speed_up;       /* by the threads; 0: one thread */
	double bytes_other,
		bytes_current; /* memory per byte of data; 0: none */
};

/* Print the programs and the header. */
void ratios_begin(const struct ratios *ratios, const char *other,
	const char *current);

void ratios_print(const struct ratios *ratios, const struct ratio_line *line);

#endif
