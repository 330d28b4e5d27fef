/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Going back in time. A session keeps a timeline (run/timeline.h) of its run,
 * and a tree of branches: a run that went back to an earlier update and was
 * changed there goes on beside the one that it left.
 *
 * In the past the run itself becomes what it was after an earlier update, bit
 * for bit, so that everything that reads it shows that moment. It can then
 * neither be trained nor saved: session_return goes back to the present, and
 * session_branch makes that moment the present.
 *
 * Settings that may change on the way (struct setting, may_branch) are noted
 * with the update of each change, so that computing again repeats them.
 */
#ifndef LSTMTUI_SESSION_SESSION_PAST_H
#define LSTMTUI_SESSION_SESSION_PAST_H

#include <stddef.h>
#include <stdint.h>

#include "run/timeline.h"

enum {
	/* settings that may change, each of eight bytes */
	SESSION_VALUES_MAX = 16,
	SESSION_BRANCHES_MAX = 16
};

/* The settings that may change, from an update on. */
struct session_change {
	uint64_t update;
	uint64_t value[SESSION_VALUES_MAX]; /* their bytes, in list order */
};

struct session_changes {
	struct session_change *at; /* [count], by update */
	size_t count, capacity;
};

/* A branch of the run. The first one, 0, has no parent. */
struct session_branch {
	size_t parent;
	uint64_t from;          /* the last update shared with the parent */
	struct run_state *last; /* its last state; NULL: the present branch */
	struct session_changes changes;
};

struct session_past {
	struct timeline timeline; /* of the present branch */
	struct session_branch branch[SESSION_BRANCHES_MAX];
	size_t branches, present; /* branches: 0 before the first change */
	/* in the past: the state to return to; NULL: in the present */
	struct run_state *left;
	uint64_t wanted; /* in the past: the update to reach */
};

#endif
