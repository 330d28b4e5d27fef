/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Leaving the interface, with a question where updates would be lost.
 */
#ifndef LSTMTUI_TUI_ACTION_LEAVE_H
#define LSTMTUI_TUI_ACTION_LEAVE_H

struct app;

/*
 * Leave as after SIGINT, with the model saved if it has a name. Asks where
 * updates would be lost; asked again while that question is there, it leaves.
 */
void leave_interrupted(struct app *app);

#endif
