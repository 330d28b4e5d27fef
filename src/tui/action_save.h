/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that save the run. They ask before they replace a file that does not
 * belong to the run.
 */
#ifndef LSTMTUI_TUI_ACTION_SAVE_H
#define LSTMTUI_TUI_ACTION_SAVE_H

struct app;

/*
 * Save the run; ask for a name if it has none. Call `then` (may be NULL) after
 * the save; do not call it if the save fails or the user keeps the old file.
 */
void save_then(struct app *app, void (*then)(struct app *app));

/* Ask whether the best model that is waiting may replace the existing file. */
void save_ask_for_best(struct app *app);

#endif
