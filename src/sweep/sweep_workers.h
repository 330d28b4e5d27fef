/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The worker processes of a sweep. Each executes `lstmtui train` of this
 * program for one run, so that a crash does not affect other runs. A worker
 * reports its progress on its standard output. If the sweep itself is killed,
 * its workers save their models and exit.
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
	pid_t pid;        /* 0: idle */
	size_t run;       /* index of its run, given by the caller */
	double began;     /* clock_seconds at the start */
	uint64_t updates; /* last reported number of updates */
	int output;       /* read end of its standard output; -1: closed */
	FILE *errors;     /* its standard error */
	char line[SWEEP_LINE_SIZE]; /* incomplete line of its output */
	size_t line_length;
};

struct sweep_workers {
	size_t count, busy;
	struct sweep_worker *worker; /* [count] */
};

/* The result of a worker that has ended. */
struct sweep_worker_exit {
	size_t run;
	double seconds;
	bool has_succeeded;
	struct error error; /* the worker's message if it failed */
};

/* Allocate `count` idle workers. Release them with sweep_workers_destroy. */
bool sweep_workers_create(struct sweep_workers *workers, size_t count,
	struct error *error);

/* Stop busy workers after they have saved, and release all. */
void sweep_workers_destroy(struct sweep_workers *workers);

/*
 * Execute a command, given by its NULL-terminated arguments, for a run. At
 * least one worker must be idle.
 */
bool sweep_workers_start(struct sweep_workers *workers, size_t run,
	char *const *arguments, struct error *error);

/* Wait up to `milliseconds` for output of the workers, and read it. */
void sweep_workers_read(struct sweep_workers *workers, int milliseconds);

/*
 * Store the result of a worker that has ended, and make the worker idle. Return
 * false if no worker has ended.
 */
bool sweep_workers_reap(struct sweep_workers *workers,
	struct sweep_worker_exit *result);

#endif
