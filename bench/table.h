/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print the results of the benchmark: a table, or with --json one object per
 * line.
 */
#ifndef LSTMTUI_BENCH_TABLE_H
#define LSTMTUI_BENCH_TABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "sizes.h"

enum { TABLE_PROCESSOR_SIZE = 256 };

struct table {
	bool is_json;
	double peak;  /* operations per second on one core */
	double floor; /* seconds per update of the lesson; 0: not known yet */
};

struct line {
	const char *name;
	struct sizes sizes;
	size_t threads;
	double seconds, operations; /* per update */
	bool is_lesson;             /* compare with the floor */
	double loss;                /* at the end of the lesson */
};

/* Print the processor, the kernel and the threads, then the table's header. */
void table_begin(const struct table *table, const struct context *context);

void table_print(const struct table *table, const struct line *line);

/* Return the name of the processor, without characters that JSON escapes. */
const char *table_processor(char line[TABLE_PROCESSOR_SIZE]);

/* Print an object as a line, and release it. */
void table_print_json(json_t *object);

#endif
