/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The processes of a sweep: some runs side by side, each `lstmtui train` of
 * this very program, so that whatever happens to one leaves the others be.
 * A worker's standard output tells how far it is; should the sweep itself
 * die, its workers save what they have and end.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_WORKERS_H
#define LSTMTUI_SWEEP_SWEEP_WORKERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/error.h"

enum { SWEEP_LINE_SIZE = 512 };

struct sweep_worker {
	pid_t pid;        /* 0: free */
	size_t run;       /* what it works on, by the caller's number */
	double began;     /* by clock_seconds */
	uint64_t updates; /* as far as is known */
	int output;       /* its standard output, read end; -1: at its end */
	FILE *errors;     /* its standard error */
	char line[SWEEP_LINE_SIZE]; /* of its output, not whole yet */
	size_t line_length;
};

struct sweep_workers {
	size_t count, busy;
	struct sweep_worker *worker; /* [count] */
};

/* How a worker ended. */
struct sweep_end {
	size_t run;
	double seconds;
	bool is_good;
	struct error error; /* what it said, where it failed */
};

bool sweep_workers_create(struct sweep_workers *workers, size_t count,
	struct error *error);

/* Stop what still works, then release all. */
void sweep_workers_destroy(struct sweep_workers *workers);

/* Start words (a list with NULL behind) for a run; one has to be free. */
bool sweep_workers_start(struct sweep_workers *workers, size_t run,
	char *const *words, struct error *error);

/* Take in what they say, for at most so long. */
void sweep_workers_listen(struct sweep_workers *workers, int milliseconds);

/* Whether one has ended; it is free again. */
bool sweep_workers_take(struct sweep_workers *workers, struct sweep_end *end);

#endif
