/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialog that asks for a line of text. It initially contains a proposal,
 * which the first typed character replaces.
 */
#ifndef LSTMTUI_TUI_PROMPT_H
#define LSTMTUI_TUI_PROMPT_H

#include <stdbool.h>

#include "tui/overlay.h"

enum { PROMPT_SIZE = 1024 };

struct prompt {
	const char *title, *text;
	void (*accept)(struct app *app, const char *typed); /* on Enter */
	bool is_path; /* Tab completes the name of a file */
};

extern const struct overlay prompt_overlay;

/* Open a prompt. It is borrowed until it is closed; the proposal is copied. */
void prompt_open(struct app *app, const struct prompt *prompt,
	const char *proposal);

#endif
