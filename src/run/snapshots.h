/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Snapshots: sequences that a model generated at certain updates, points or the
 * tokens of a text, kept to show how it learned. session/snapshot.h takes them.
 */
#ifndef LSTMTUI_RUN_SNAPSHOTS_H
#define LSTMTUI_RUN_SNAPSHOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/settings.h"

/* Tokens of a text in a snapshot. */
enum { SNAPSHOTS_TOKENS = 100 };

struct snapshot {
	uint64_t update;
	double average; /* the moving average of the loss at that update */
};

struct snapshots {
	size_t count;
	struct snapshot at[SETTINGS_LIST_MAX];
	/* numbers in a sequence: points times features, or tokens */
	size_t size;
	size_t room; /* sequences allocated */
	/* [room, size] of float, or for a text of uint32_t; or NULL */
	void *values;
};

/* Bytes of a number, of a point or a token. */
enum { SNAPSHOTS_NUMBER = sizeof(float) };

/*
 * Initialize without snapshots, for sequences of `size` numbers. Memory is
 * allocated on demand. Release it with snapshots_destroy.
 */
void snapshots_create(struct snapshots *snapshots, size_t size);
bool snapshots_reserve(struct snapshots *snapshots, size_t count,
	struct error *error);
void snapshots_destroy(struct snapshots *snapshots);

/*
 * Copy `from` to `to`. `to` has the same size and contains none or the first
 * few of the snapshots of `from`; only the others are copied.
 */
bool snapshots_follow(struct snapshots *to, const struct snapshots *from,
	struct error *error);

/* The points of a snapshot, or its tokens[size] if the task is a text. */
const float *snapshots_points(const struct snapshots *snapshots, size_t number);
const uint32_t *snapshots_tokens(const struct snapshots *snapshots,
	size_t number);

#endif
