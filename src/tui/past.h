/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking at the past of a run (session/session_past.h): the panes show the run
 * as it was after an earlier update. What came after it stays as the grey curve
 * of the plot.
 */
#ifndef LSTMTUI_TUI_PAST_H
#define LSTMTUI_TUI_PAST_H

#include <stdbool.h>
#include <stdint.h>

struct app;

/* Pause, and begin to go to an update; say so if it cannot be reached. */
void past_visit(struct app *app, uint64_t update);

/* Return to the present. */
void past_leave(struct app *app);

/* Compute on towards the update; the work is that of a slice (tui/slice.h). */
void past_advance(struct app *app, uint64_t *work);

/*
 * Why an action cannot change the run now: it is shown as it was. NULL: it can.
 */
const char *past_refusal(const struct app *app);

#endif
