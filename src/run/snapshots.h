/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Snapshots: what a model generated at certain updates of its run, kept so
 * that its learning can be seen afterwards. session/snapshot.h takes them.
 */
#ifndef LSTMTUI_RUN_SNAPSHOTS_H
#define LSTMTUI_RUN_SNAPSHOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/settings.h"

struct snapshot {
	uint64_t update;
	double average; /* the loss's moving average then */
};

struct snapshots {
	size_t count;
	struct snapshot at[SETTINGS_LIST_MAX];
	size_t size;   /* numbers of a sequence: points times features */
	size_t room;   /* for so many sequences */
	float *points; /* [room, size], or NULL */
};

/*
 * Begin without any, for sequences of so many numbers; 0: there will be none.
 * Room is made as it is needed. Release it with snapshots_destroy.
 */
void snapshots_create(struct snapshots *snapshots, size_t size);
bool snapshots_reserve(struct snapshots *snapshots, size_t count,
	struct error *error);
void snapshots_destroy(struct snapshots *snapshots);

/*
 * Make `to`, which has none or the first ones of `from`, and the same size, a
 * copy of `from`: only what is new is copied.
 */
bool snapshots_follow(struct snapshots *to, const struct snapshots *from,
	struct error *error);

/* The points of one of them. */
const float *snapshots_points(const struct snapshots *snapshots, size_t number);

#endif
