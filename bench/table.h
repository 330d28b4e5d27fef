/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the bench prints: a table for people, or with --json an object a line.
 */
#ifndef LSTMTUI_BENCH_TABLE_H
#define LSTMTUI_BENCH_TABLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "sizes.h"

struct table {
	bool is_json;
	double peak;  /* operations a second on one core */
	double floor; /* seconds an update of the lesson; 0: not known yet */
};

struct line {
	const char *name;
	struct sizes sizes;
	size_t threads;
	double seconds, operations; /* an update */
	bool is_lesson;             /* to be compared with the floor */
	double loss;                /* at the lesson's end */
};

/* The machine and how it is used, then the columns' titles. */
void table_begin(const struct table *table, const struct context *context);

void table_print(const struct table *table, const struct line *line);

/* Print an object, which is released, as a line. */
void table_print_json(json_t *object);

#endif
