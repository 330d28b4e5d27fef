/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialog that asks a question. Each answer has a key.
 */
#ifndef LSTMTUI_TUI_QUESTION_H
#define LSTMTUI_TUI_QUESTION_H

#include <stdbool.h>

#include "tui/overlay.h"

enum { QUESTION_ANSWERS_MAX = 4 };

struct question {
	const char *title;
	/* ends with a NULL label; Escape selects the last answer */
	struct {
		int key;
		const char *label;
		void (*act)(struct app *app); /* NULL: no action */
	} answer[QUESTION_ANSWERS_MAX];
};

extern const struct overlay question_overlay;

/*
 * Open a question with one line of text, formatted as by printf. The question
 * is borrowed until it is answered.
 */
void question_ask(struct app *app, const struct question *question,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Whether this question is the top overlay. */
bool question_is_asked(struct app *app, const struct question *question);

#endif
