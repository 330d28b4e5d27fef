/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of keys, as in the help and in the configuration file. */
#ifndef LSTMTUI_TUI_KEY_NAME_H
#define LSTMTUI_TUI_KEY_NAME_H

#include "base/utf8.h"

enum { KEY_NAME_SIZE = 16 };

/*
 * Return the key with that name, a printable character or a name as "Space", in
 * upper or lower case; 0 if there is none.
 */
int key_find(const char *name);

/* Write the name of such a key. Returns name. */
const char *key_put_name(char name[KEY_NAME_SIZE], int key);

#endif
