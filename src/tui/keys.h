/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handle keys when no overlay is open: the digits of a count, and the keys of
 * actions.
 */
#ifndef LSTMTUI_TUI_KEYS_H
#define LSTMTUI_TUI_KEYS_H

#include <stdint.h>

struct app;

/*
 * Handle a key: collect a digit, or perform the action of the key with the
 * count of the digits typed before it.
 */
void keys_press(struct app *app, int key);

/* Perform an action, or say why it has no effect. */
struct action;
void keys_act(struct app *app, const struct action *action, uint64_t count);

#endif
