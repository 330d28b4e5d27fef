/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking snapshots: after the updates that a run's settings name, the session
 * keeps what the model generates (run/snapshots.h).
 */
#ifndef LSTMTUI_SESSION_SNAPSHOT_H
#define LSTMTUI_SESSION_SNAPSHOT_H

#include <stdint.h>

#include "run/run.h"

/* The next update of a run after which one is taken, `until` at most. */
uint64_t snapshot_next(const struct run *run, uint64_t until);

/*
 * After an update: take a snapshot if one is asked for. It is left out if
 * there is no memory for it, or if it is not finite.
 */
void snapshot_take(struct run *run);

#endif
