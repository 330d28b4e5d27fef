/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Find the action of a key, and whether it has an effect now. */
#ifndef LSTMTUI_TUI_ACTION_FIND_H
#define LSTMTUI_TUI_ACTION_FIND_H

#include "tui/action.h"

/* Return why an action has no effect on the current run, or NULL. */
const char *action_refusal(const struct action *action, const struct app *app);

/*
 * Find the action of a key in a NULL-terminated list: the first that has an
 * effect on the run, or else the first; NULL if the key has none.
 */
const struct action *action_find(const struct action *const *list,
	const struct app *app, int key);

#endif
