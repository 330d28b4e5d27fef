/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print what was measured: a table, or one JSON object per line.
 */
#ifndef LSTMTUI_BENCH_TABLE_H
#define LSTMTUI_BENCH_TABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "row.h"

enum { TABLE_PROCESSOR_SIZE = 256 };

struct line {
	const struct row *row;
	const char *kernel;
	size_t threads, rounds;
	double value, low, high; /* median and quartiles, in the row's unit */
	double seconds;          /* of a call: processor time; threads: wall */
	double peak;             /* operations per second on one core */
	double peak_fraction;    /* 0: operations are not counted */
	double yardsticks; /* time divided by that of the yardstick; 0: none */
	double speed_up;   /* by the threads; 0: one thread */
};

/* Print the processor and the header. */
void table_begin(bool is_json);

void table_print(bool is_json, const struct line *line);

/* Return the name of the processor, without characters that JSON escapes. */
const char *table_processor(char line[TABLE_PROCESSOR_SIZE]);

/* Print a number with at least four significant digits. */
void table_print_value(double value);

/* Print an object as a line, and release it. */
void table_print_json(json_t *object);

#endif
