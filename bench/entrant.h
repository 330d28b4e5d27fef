/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row with a kernel and a number of threads, ready to be measured in rounds.
 * A round measures the peak of the machine, the work and the yardstick one
 * after the other, so that other load and the clock of the processor affect
 * them alike.
 */
#ifndef LSTMTUI_BENCH_ENTRANT_H
#define LSTMTUI_BENCH_ENTRANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/context.h"
#include "row.h"

struct entrant {
	struct row row;
	struct context context;
	size_t threads;
	void *work;
	uint64_t calls, yardstick_calls, peak_calls; /* in a round */
};

/* Seconds of one call. */
struct round {
	/*
	 * processor time of the calling thread or, with several threads, of all
	 */
	double processor, wall;
	double yardstick; /* processor time; 0: there is none */
	double peak;      /* multiply-adds on one core: operations per second */
};

/*
 * Create the operands, and find how many calls take about `seconds`. The kernel
 * is named, or NULL for the fastest. Release it with entrant_destroy, also
 * after a failure.
 */
bool entrant_create(struct entrant *entrant, const struct row *row,
	const char *kernel, size_t threads, const struct files *files,
	double seconds, struct error *error);

bool entrant_measure(struct entrant *entrant, struct round *round,
	struct error *error);

void entrant_destroy(struct entrant *entrant);

#endif
