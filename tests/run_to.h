/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training a run as a session does, with snapshots, but without its files. */
#ifndef LSTMTUI_TESTS_RUN_TO_H
#define LSTMTUI_TESTS_RUN_TO_H

#include <stdint.h>

#include "run/run.h"

/*
 * One slice of so much work, which may end inside an update: returns what
 * ended it, RUN_REACHED after so many updates.
 */
enum run_status run_step(struct run *run, uint64_t updates, uint64_t work,
	struct error *error);

/* Such slices until so many updates are done, or something stops it. */
enum run_status run_to_in_slices(struct run *run, uint64_t updates,
	uint64_t work, struct error *error);
enum run_status run_to(struct run *run, uint64_t updates, struct error *error);

#endif
