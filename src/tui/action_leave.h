/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that quit the interface. They ask before updates are lost.
 */
#ifndef LSTMTUI_TUI_ACTION_LEAVE_H
#define LSTMTUI_TUI_ACTION_LEAVE_H

struct app;

/*
 * Quit as after SIGINT; save the model if it has a name. Ask if updates would
 * be lost; a second call while the question is open quits.
 */
void leave_interrupted(struct app *app);

#endif
