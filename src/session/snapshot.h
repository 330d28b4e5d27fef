/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Take snapshots (run/snapshots.h): the session keeps generated sequences, or
 * texts, after the updates of --snapshots. Their random numbers are those of
 * the seed's stream for generation, so that training stays the same.
 */
#ifndef LSTMTUI_SESSION_SNAPSHOT_H
#define LSTMTUI_SESSION_SNAPSHOT_H

#include <stdint.h>

#include "run/run.h"

/* The next update, at most `until`, after which a snapshot is due. */
uint64_t snapshot_next(const struct run *run, uint64_t until);

/*
 * Take a snapshot after an update if one is due. It is omitted if out of memory
 * or if it is not finite.
 */
void snapshot_take(struct run *run);

#endif
