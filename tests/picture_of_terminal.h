/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Save the screen of a terminal as text and as a PNG picture. */
#ifndef LSTMTUI_TESTS_PICTURE_OF_TERMINAL_H
#define LSTMTUI_TESTS_PICTURE_OF_TERMINAL_H

#include "terminal.h"

/* Whether pictures can be drawn: the build has cairo. */
bool picture_of_terminal_exists(void);

/*
 * Write the screen to PATH.txt, lines without trailing blanks, and if the build
 * has cairo to PATH.png. Each error fails the test.
 */
void picture_of_terminal(struct terminal *terminal, const char *path);

#endif
