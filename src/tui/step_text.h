/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step reads, predicts and should predict, as short texts. */
#ifndef LSTMTUI_TUI_STEP_TEXT_H
#define LSTMTUI_TUI_STEP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;

enum {
	STEP_TEXT_SIZE = 64,
	STEP_TEXT_WORD = 12 /* columns of a word; a longer one is cut */
};

/*
 * Write a point, up to two of its numbers, as "0.50,1.00" (two decimals); a
 * token in quotation marks, as one character or by its number, or as a word of
 * at most STEP_TEXT_WORD columns. Both return text.
 */
char *step_text_point(char text[STEP_TEXT_SIZE], const float *point,
	size_t features, int decimals);
char *step_text_token(char text[STEP_TEXT_SIZE], const struct app *app,
	uint32_t token);

/*
 * Write a token in at most `columns` columns, from 1, without quotation marks:
 * a space and a line end as the signs of struct screen_signs, a character that
 * does not fit as '?', a word that does not fit by its first letters. Returns
 * whether it is the character or word itself.
 */
bool step_text_sign(char text[STEP_TEXT_SIZE], const struct app *app,
	uint32_t token, int columns);

#endif
