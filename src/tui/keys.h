/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a key does where no overlay takes it: a digit of a count, or the
 * action of that key in the interface's list.
 */
#ifndef LSTMTUI_TUI_KEYS_H
#define LSTMTUI_TUI_KEYS_H

struct app;

/* Do what a key asks for; digits before it make a count. */
void keys_press(struct app *app, int key);

#endif
