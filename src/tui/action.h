/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An action: the function of a key. Each action is a constant, in one of
 * tui/action_*.c or in the file of the pane that it controls, and its address
 * is in the list of tui/actions.c. Keys are looked up in the list; the key bar
 * and the help overlay show it.
 */
#ifndef LSTMTUI_TUI_ACTION_H
#define LSTMTUI_TUI_ACTION_H

#include <stdbool.h>
#include <stdint.h>

struct app;

enum { ACTION_KEYS = 4 };

struct action {
	const char *name;     /* in the configuration file: "next-pane" */
	int key[ACTION_KEYS]; /* characters or enum input_key; 0: none */
	const char *shown;    /* the key's name, as "Space" */
	const char *help;     /* one line */

	/* entry in the key bar, which may name two keys; NULL: no entry */
	const char *bar_keys, *bar_word;
	/* Return the current word of the entry; NULL: always bar_word. */
	const char *(*word)(const struct app *app);

	/*
	 * Whether the entry comes first in the key bar, because the key is
	 * what most users want now; NULL: never.
	 */
	bool (*leads)(const struct app *app);

	/* it changes the run or its file, so it has no effect in the past */
	bool is_of_present;
	bool is_of_one; /* it has no effect while two runs are compared */
	/*
	 * Return why the action has no effect on the run, or NULL if it has an
	 * effect. If the pointer is NULL, the action always has an effect.
	 */
	const char *(*refuse)(const struct app *app);

	/*
	 * Perform the action. count: the number typed before the key, or 0.
	 * NULL if the terminal handles the key.
	 */
	void (*act)(struct app *app, uint64_t count);
};

#endif
