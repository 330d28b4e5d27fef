/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Train a run with snapshots, like a session but without its files. */
#ifndef LSTMTUI_TESTS_RUN_TO_H
#define LSTMTUI_TESTS_RUN_TO_H

#include <stdint.h>

#include "run/run.h"

/*
 * Train for one slice of `work` multiply-adds, which may end inside an update.
 * Return why the slice ended; RUN_REACHED after `updates` updates.
 */
enum run_status run_step(struct run *run, uint64_t updates, uint64_t work,
	struct error *error);

/* Train in such slices until `updates` updates are done or the run stops. */
enum run_status run_to_in_slices(struct run *run, uint64_t updates,
	uint64_t work, struct error *error);
enum run_status run_to(struct run *run, uint64_t updates, struct error *error);

#endif
