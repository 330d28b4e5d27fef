/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line of the bench.
 */
#ifndef LSTMTUI_BENCH_OPTIONS_H
#define LSTMTUI_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { OPTIONS_LIST_MAX = 4, OPTIONS_ROUNDS_MAX = 99 };

struct options {
	bool is_json, is_quick, lists, shows_help;
	const char *only;                /* patterns of rows; NULL: all */
	const char *row;                 /* serve this row; NULL: none */
	const char *compare;             /* another bench; NULL: none */
	const char *compare_program;     /* another lstmtui; NULL: none */
	const char *program;             /* the new lstmtui; NULL: default */
	char *kernels[OPTIONS_LIST_MAX]; /* names; NULL: the default */
	size_t kernel_count;             /* at least 1 */
	/* ascending, default: one, then one per processor */
	size_t threads[OPTIONS_LIST_MAX];
	size_t thread_count;
	size_t rounds;
	double seconds; /* about the time of a measurement */
};

/*
 * Parse the command line, whose texts the options borrow and change. Returns
 * false, with a message, if it is wrong.
 */
bool options_read(struct options *options, int argc, char **argv,
	struct error *error);

/* Return the description of the options. */
const char *options_usage(void);

/*
 * Return true if the row is chosen: `patterns` is NULL, or one of its patterns,
 * separated by commas, matches the name as that of a file in a shell does.
 */
bool options_choose(const char *patterns, const char *name);

#endif
