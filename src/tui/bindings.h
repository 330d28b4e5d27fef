/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The actions with the keys of the configuration file: copies, in which keys,
 * key bar and help agree.
 */
#ifndef LSTMTUI_TUI_BINDINGS_H
#define LSTMTUI_TUI_BINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "tui/action.h"

struct bound_action;

struct bindings {
	size_t count;
	struct bound_action *bound;
};

/*
 * Copy the actions of all lists, which end with NULL, as does the list of them;
 * an action may be in several. Release it with bindings_destroy, also after an
 * error.
 */
bool bindings_create(struct bindings *bindings,
	const struct action *const *const *lists, struct error *error);
void bindings_destroy(struct bindings *bindings);

/* Return the copy of an action of the lists. */
const struct action *bindings_action(const struct bindings *bindings,
	const struct action *action);

/*
 * Give the key to the action with that name. The action keeps its other keys,
 * and any other action loses this one. The type of the first parameter, a
 * struct bindings, fits config_file_read. Returns false, with a message, for an
 * unknown key or action, and for a key that is given already or has a fixed
 * function.
 */
bool bindings_add(void *bindings, const char *key, const char *action,
	struct error *error);

/* Set the names of the keys in the copies, after the last bindings_add. */
void bindings_finish(struct bindings *bindings);

#endif
