/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands of the program as rows of the bench, for comparing two programs of
 * any versions. Each command is run twice, with less and with more work; the
 * difference of the times excludes the start of the program.
 */
#ifndef LSTMTUI_BENCH_COMMANDS_H
#define LSTMTUI_BENCH_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

struct command_row {
	const char *name;
	const char *command; /* arguments; @ stands for `few` or `many` */
	/* NULL: counts, 1 and 1 + n */
	const char *few, *many;
	const char *prepare; /* a command that is run once before; NULL: none */
	/* work of a count, or difference of the work of the two commands */
	double work;
	bool is_rate; /* print work per second, not seconds per work */
	double scale; /* factor of the printed number */
	const char *unit;
	bool is_threaded; /* also run with more than one thread */
	bool reads;       /* the work is the blocks of a large file */
};

/* Ends with a row without a name. */
extern const struct command_row command_rows[];

#endif
