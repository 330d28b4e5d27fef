/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An action: what a key does. Each is a constant of this struct, in one of
 * tui/action_*.c or with the pane it is about, its address in the list of
 * tui/actions.c. Keys are looked up in the list; the key bar and the help show
 * it.
 */
#ifndef LSTMTUI_TUI_ACTION_H
#define LSTMTUI_TUI_ACTION_H

#include <stdint.h>

struct app;

enum { ACTION_KEYS = 2 };

struct action {
	int key[ACTION_KEYS]; /* characters or enum input_key; 0: none */
	const char *shown;    /* the key's name, as "Space" */
	const char *help;     /* one line */

	/* in the key bar, an entry may stand for two keys; NULL: no entry */
	const char *bar_keys, *bar_word;
	/* Returns the present word; NULL: it is always bar_word. */
	const char *(*word)(const struct app *app);

	/* Returns why it has no effect on the run, or NULL; NULL: it has. */
	const char *(*refuse)(const struct app *app);

	/*
	 * Do it. count is the number typed before the key, 0 if there was
	 * none. NULL: the terminal does it.
	 */
	void (*act)(struct app *app, uint64_t count);
};

/* Return why an action has no effect on the run that is shown, or NULL. */
const char *action_refusal(const struct action *action, const struct app *app);

/*
 * Return the action of a key from a list that ends with NULL: the first that
 * has an effect, else the first; NULL if the key has none.
 */
const struct action *action_find(const struct action *const *list,
	const struct app *app, int key);

#endif
