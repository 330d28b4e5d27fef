/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/key_name.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tui/input.h"

/* Esc, Ctrl-C and the digits have a fixed function. */
static const struct {
	const char *name;
	int key;
} names[] = {
	{"Space", ' '},
	{"Tab", '\t'},
	{"Shift-Tab", INPUT_BACKTAB},
	{"Enter", INPUT_ENTER},
	{"Backspace", INPUT_BACKSPACE},
	{"Ctrl-L", INPUT_CONTROL_L},
	{"Ctrl-U", INPUT_CONTROL_U},
	{"Up", INPUT_UP},
	{"Down", INPUT_DOWN},
	{"Left", INPUT_LEFT},
	{"Right", INPUT_RIGHT},
	{"Page-Up", INPUT_PAGE_UP},
	{"Page-Down", INPUT_PAGE_DOWN},
	{"Home", INPUT_HOME},
	{"End", INPUT_END},
	{"F1", INPUT_F1},
	{"F2", INPUT_F2},
	{"F3", INPUT_F3},
	{"F4", INPUT_F4},
	{"F5", INPUT_F5},
	{"F6", INPUT_F6},
	{"F7", INPUT_F7},
	{"F8", INPUT_F8},
	{"F9", INPUT_F9},
	{"F10", INPUT_F10},
};

enum { NAMES = sizeof names / sizeof names[0] };

int
key_find(const char *name)
{
	size_t length = strlen(name);
	uint32_t character;

	for (size_t i = 0; i < NAMES; i++)
		if (strcasecmp(names[i].name, name) == 0)
			return names[i].key;
	if (length == 0 || utf8_decode(name, length, &character) != length ||
		!utf8_is_printable(character))
		return 0;
	return (int)character;
}

const char *
key_put_name(char name[KEY_NAME_SIZE], int key)
{
	for (size_t i = 0; i < NAMES; i++)
		if (names[i].key == key) {
			snprintf(name, KEY_NAME_SIZE, "%s", names[i].name);
			return name;
		}
	name[utf8_put((uint32_t)key, name)] = '\0';
	return name;
}
