/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The progress of drawing the initial weights of a run, shown in the message
 * line while the interface waits for them.
 */
#ifndef LSTMTUI_TUI_INITIALIZE_H
#define LSTMTUI_TUI_INITIALIZE_H

#include "base/progress.h"

struct app;

struct initialization {
	struct app *app;
	double began, shown_at;
};

/* Begin to measure the time. The result borrows *initialization. */
struct progress initialize_progress(struct initialization *initialization,
	struct app *app);

#endif
