/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handle keys when no overlay is open: the digits of a count, and the keys of
 * actions.
 */
#ifndef LSTMTUI_TUI_KEYS_H
#define LSTMTUI_TUI_KEYS_H

struct app;

/*
 * Handle a key: collect a digit, or perform the action of the key with the
 * count of the digits typed before it.
 */
void keys_press(struct app *app, int key);

#endif
