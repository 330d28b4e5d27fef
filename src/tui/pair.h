/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two runs at once. The run in front is that of the app: keys, panes and
 * narrator are about it. A second run trains beside it in lock step: neither
 * does more updates than the other until one has reached its end. The plot of
 * the losses has the curves of both, and each has its drawing or its text.
 *
 * With two processors the runs train side by side in two threads. Each has its
 * own context, so the results are those of the run alone, bit for bit.
 */
#ifndef LSTMTUI_TUI_PAIR_H
#define LSTMTUI_TUI_PAIR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/thread_pool.h"
#include "session/session.h"
#include "tui/app.h"
#include "tui/ghost.h"

struct pair {
	struct app other; /* shows the other run; its keys are never used */
	struct session session;      /* of one of the two */
	struct thread_pool *threads; /* two, that train the runs */
	uint64_t step; /* updates that a run may be ahead, adapted */
	/* names of the run in front and of the other, by what differs */
	char name[2][GHOST_NAME_SIZE];
};

/*
 * Begin a second run with these settings and without a file, or open that of a
 * model, beside the run of the app. Returns false, with nothing changed, if it
 * cannot begin.
 */
bool pair_begin(struct app *app, const struct settings *settings,
	const struct progress *progress, struct error *error);
bool pair_open(struct app *app, const char *model, struct error *error);

/*
 * End the comparison: the run behind is gone, and the run in front goes on.
 * Nothing without a pair.
 */
void pair_end(struct app *app);

/* Let the other run come to the front. Returns false if the app must quit. */
bool pair_exchange(struct app *app);

/*
 * Train both until `until` updates are done, as session_advance. Store the work
 * left, and return the updates that both have done more than before.
 */
uint64_t pair_advance(struct app *app, uint64_t until, uint64_t *work);

/* Updates that both runs have done, of the one that is behind. */
uint64_t pair_updates(const struct app *app);

/* Let the other run follow what the keys changed; before each frame. */
void pair_prepare(struct app *app);

/* Why an action of a single run has no effect while two are compared. */
const char *pair_refusal(const struct app *app);

#endif
