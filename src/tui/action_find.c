/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/action_find.h"

#include <stddef.h>

#include "tui/pair.h"
#include "tui/past.h"

const char *
action_refusal(const struct action *action, const struct app *app)
{
	const char *refusal = action->is_of_present ? past_refusal(app) : NULL;

	if (refusal == NULL && action->is_of_one)
		refusal = pair_refusal(app);
	if (refusal != NULL || action->refuse == NULL)
		return refusal;
	return action->refuse(app);
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
