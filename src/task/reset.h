/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decide before which tokens of a text the model's state is reset to zero:
 * never, at the start of each line, or at the start of each paragraph.
 * Training, validation and generation use the same function, reset_is_before.
 *
 * A line ends with LF, CR LF or CR. After a CR, the next token decides whether
 * the line end is complete. Therefore the decision is made before a token is
 * read, not after the previous one.
 */
#ifndef LSTMTUI_TASK_RESET_H
#define LSTMTUI_TASK_RESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/kind.h"
#include "task/text.h"

struct reset {
	struct kind kind;
	size_t line_ends;    /* successive line ends before a reset; 0: never */
	const char *missing; /* in a text without resets, for a message */
};

extern const struct reset reset_never, reset_line, reset_paragraph;

/* All kinds of resets; ends with NULL. */
extern const struct kind *const reset_list[];

enum {
	RESET_LOOK_BACK = 3,  /* previous tokens that the decision needs */
	RESET_OPENING_MAX = 4 /* two line ends of two tokens */
};

/* A kind of reset, and the tokens of LF and CR; UINT32_MAX: no such token. */
struct reset_rule {
	const struct reset *reset;
	uint32_t line_feed, carriage_return;
};

/* Return the rule for the tokens of a vocabulary. */
struct reset_rule reset_rule_create(const struct reset *reset,
	const struct vocabulary *vocabulary);

/*
 * Return true if the state is reset before token[at] is read. token[0] must be
 * the start of the text, or `at` at least RESET_LOOK_BACK.
 */
bool reset_is_before(const struct reset_rule *rule, const uint32_t *token,
	size_t at);

/* Return true if the state is reset before a token of the text is read. */
bool reset_is_before_token(const struct reset_rule *rule,
	const struct text *text, size_t at);

/* Return true if the state is reset before any of the first `count` tokens. */
bool reset_is_within(const struct reset_rule *rule, const struct text *text,
	size_t count);

/*
 * Store the tokens that precede a generated text: a line end; for paragraphs, a
 * blank line; token 0 if the vocabulary has no line end. Return their number.
 */
size_t reset_opening(const struct reset_rule *rule,
	uint32_t token[RESET_OPENING_MAX]);

#endif
