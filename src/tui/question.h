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
	/* ends with a label of NULL; Escape gives the last one */
	struct {
		int key;
		const char *label;
		void (*act)(struct app *app); /* NULL: nothing to do */
	} answer[QUESTION_ANSWERS_MAX];
};

extern const struct overlay question_overlay;

/*
 * Ask it, with a line of text in printf's manner. The question has to last
 * until it is answered; the text is copied.
 */
void question_ask(struct app *app, const struct question *question,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Whether it is the one that is on top of the screen. */
bool question_is_asked(struct app *app, const struct question *question);

#endif
