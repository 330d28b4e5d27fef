/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saving the run, with a question wherever a file would be lost.
 */
#ifndef LSTMTUI_TUI_ACTION_SAVE_H
#define LSTMTUI_TUI_ACTION_SAVE_H

struct app;

/*
 * Save the run; asks for a name if it has none. `then` is called once it is
 * saved, not if saving fails or the user keeps the old file.
 */
void save_then(struct app *app, void (*then)(struct app *app));

/*
 * Ask whether the session's best model, which waits, may replace the file of
 * its name.
 */
void save_ask_for_best(struct app *app);

#endif
