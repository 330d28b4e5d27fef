/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An action: what a key does, and all that is said of it. Each is a constant
 * of this struct in the file of its story (tui/action_*.c), its address in
 * the list of tui/actions.c. The list is what keys are looked up in, and what
 * the key bar and the help show.
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

	/* in the key bar, where one entry may stand for two keys; or NULL */
	const char *bar_keys, *bar_word;
	/* the word of the moment; NULL: always bar_word */
	const char *(*word)(const struct app *app);

	/* why it has no effect on this run, or NULL; NULL: it always has */
	const char *(*refuse)(const struct app *app);

	/*
	 * Do it. count is the number typed before the key, 0 if there was
	 * none. NULL: the terminal does it.
	 */
	void (*act)(struct app *app, uint64_t count);
};

/* Why an action has no effect on the run that is shown, or NULL. */
const char *action_refusal(const struct action *action, const struct app *app);

/*
 * The action of a key in a list that ends with NULL: the first that has an
 * effect, else the first of all; NULL: the key means nothing.
 */
const struct action *action_find(const struct action *const *list,
	const struct app *app, int key);

#endif
