/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Run a command of a program to its end, and measure what it used.
 */
#ifndef LSTMTUI_BENCH_CHILD_H
#define LSTMTUI_BENCH_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct child {
	const char *program;   /* absolute path */
	const char *folder;    /* working folder */
	const char *kernel;    /* $LSTMTUI_KERNEL; NULL: not set */
	const char *arguments; /* separated by single spaces */
	/*
	 * Number of processors that the child may use, so that it starts as
	 * many threads, and the number of the first of them. Ignored on systems
	 * that cannot set it.
	 */
	size_t threads, first;
};

struct child_use {
	double processor, wall; /* seconds; processor: of all threads */
	double bytes;           /* max resident memory */
};

/*
 * Run the command with its standard output discarded. Return false if the
 * command fails, as after an ending signal.
 */
bool child_run(const struct child *child, struct child_use *use,
	struct error *error);

#endif
