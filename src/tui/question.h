/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overlay that asks a question: a key for each answer.
 */
#ifndef LSTMTUI_TUI_QUESTION_H
#define LSTMTUI_TUI_QUESTION_H

#include <stdbool.h>

#include "tui/overlay.h"

enum { QUESTION_ANSWERS_MAX = 4 };

struct question {
	const char *title;
	/* the last is followed by a NULL label; Escape selects it */
	struct {
		int key;
		const char *label;
		void (*act)(struct app *app); /* NULL: nothing to do */
	} answer[QUESTION_ANSWERS_MAX];
};

extern const struct overlay question_overlay;

/*
 * Open a question with one line of text, formatted as by printf. The question
 * is borrowed until it is answered; the text is copied.
 */
void question_ask(struct app *app, const struct question *question,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Return whether this question is the top overlay. */
bool question_is_asked(struct app *app, const struct question *question);

#endif
