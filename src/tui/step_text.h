/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step reads, predicts and should predict, as short texts. */
#ifndef LSTMTUI_TUI_STEP_TEXT_H
#define LSTMTUI_TUI_STEP_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct app;

enum { STEP_TEXT_SIZE = 32 };

/*
 * Write a point, up to two of its numbers, as "0.50,1.00"; a token in quotation
 * marks, as one character or by its number. Both return text.
 */
char *step_text_point(char text[STEP_TEXT_SIZE], const float *point,
	size_t features);
char *step_text_token(char text[STEP_TEXT_SIZE], const struct app *app,
	uint32_t token);

#endif
