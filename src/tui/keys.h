/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys: one table for what they do, the key bar and the help.
 */
#ifndef LSTMTUI_TUI_KEYS_H
#define LSTMTUI_TUI_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "tui/app.h"

enum { KEYS_EACH = 2 };

struct key_binding {
	int key[KEYS_EACH]; /* 0: none */
	const char *shown;  /* "Space" */
	/* in the key bar, for a pair of keys too; NULL: not there */
	const char *bar_keys, *bar_word;
	const char *help; /* a line for the help */
	void (*act)(struct app *app, uint64_t count);
};

/* The bindings in the order of their worth, and how many there are. */
const struct key_binding *key_bindings(size_t *count);

/* Do what a key asks for; digits before it make a count. */
void keys_press(struct app *app, int key);

#endif
