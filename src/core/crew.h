/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The crew: threads that share parts of work which are independent of each
 * other. How parts are dealt out never changes a result. There is one crew,
 * as there is one machine; it sleeps when there is nothing to do.
 */
#ifndef LSTMTUI_CORE_CREW_H
#define LSTMTUI_CORE_CREW_H

#include <stddef.h>

enum { CREW_MAX = 16 };

/*
 * How many threads share, the caller's own with them: as many as the process
 * may use processors, or what crew_set_size says.
 */
size_t crew_size(void);

/* Share among so many, 1 to CREW_MOST; not while crew_run runs. */
void crew_set_size(size_t size);

/*
 * Call work(context, from, to) so that each part of [first, last) is done
 * once, and return when all are. Where threads cannot be had, the caller
 * does all.
 */
void crew_run(void (*work)(void *context, size_t from, size_t to),
	void *context, size_t first, size_t last);

#endif
