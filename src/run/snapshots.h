/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Snapshots: what a model generated at certain updates of its run, kept so
 * that its learning can be seen afterwards.
 */
#ifndef LSTMTUI_RUN_SNAPSHOTS_H
#define LSTMTUI_RUN_SNAPSHOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/settings.h"

struct run;

struct snapshot {
	uint64_t update;
	double average; /* the loss's moving average then */
};

struct snapshots {
	size_t count;
	struct snapshot at[SETTINGS_LIST_MAX];
	size_t size;   /* numbers of a shape: points times features */
	size_t room;   /* for so many shapes */
	float *points; /* [room, size], or NULL */
};

/*
 * Begin without any, for a run that is allocated and whose length is known;
 * their size is 0 where it draws no shapes. Room is made as it is needed.
 */
bool snapshots_create(struct snapshots *snapshots, const struct run *run,
	struct error *error);
bool snapshots_reserve(struct snapshots *snapshots, size_t count,
	struct error *error);
void snapshots_destroy(struct snapshots *snapshots);

/*
 * After an update: keep what the run generates now, if its settings ask for
 * it. Where memory is short it is left out, as is what is not finite.
 */
void snapshots_take(struct snapshots *snapshots, const struct run *run);

/* The points of one of them. */
const float *snapshots_points(const struct snapshots *snapshots, size_t number);

#endif
