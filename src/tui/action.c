/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/action.h"

#include <stddef.h>

const char *
action_refusal(const struct action *action, const struct app *app)
{
	return action->refuse != NULL ? action->refuse(app) : NULL;
}

const struct action *
action_find(const struct action *const *list, const struct app *app, int key)
{
	const struct action *found = NULL;

	for (; *list != NULL && key != 0; list++)
		for (int k = 0; k < ACTION_KEYS; k++) {
			if ((*list)->key[k] != key)
				continue;
			if (action_refusal(*list, app) == NULL)
				return *list;
			if (found == NULL)
				found = *list;
		}
	return found;
}
