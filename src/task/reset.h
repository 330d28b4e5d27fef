/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the state of a model of texts starts from zero: before each line, or
 * before each paragraph. Training, validation and generation all ask
 * reset_is_before, so that they zero the state before the same tokens.
 *
 * A line ends with LF, CR LF or CR. After a CR the next token decides: if it
 * is LF, the line end goes on with it. So the question is asked before a
 * token is read, not after the one before it.
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
	size_t line_ends;    /* in a row, before a token; 0: never */
	const char *missing; /* said of a text that has none of them */
};

extern const struct reset reset_never, reset_line, reset_paragraph;

/* All of them; ends with NULL. */
extern const struct kind *const reset_list[];

enum {
	RESET_LOOK_BACK = 3,  /* tokens that the decision depends on */
	RESET_OPENING_MAX = 4 /* two line ends of two tokens */
};

/* Where to reset, and the tokens of LF and CR, UINT32_MAX where none. */
struct reset_rule {
	const struct reset *at;
	uint32_t line_feed, carriage_return;
};

struct reset_rule reset_rule_create(const struct reset *at,
	const struct vocabulary *vocabulary);

/*
 * Whether the state is zeroed before token[at] is read. token[0] is the
 * beginning of the text, or `at` is at least RESET_LOOK_BACK.
 */
bool reset_is_before(const struct reset_rule *rule, const uint32_t *token,
	size_t at);

/* Whether it is zeroed before any of token[count]. */
bool reset_is_within(const struct reset_rule *rule, const uint32_t *token,
	size_t count);

/*
 * What stands before a beginning of a text that is written: a line end, of
 * paragraphs a blank line, or token 0 where the vocabulary has no line end.
 * Returns how many tokens.
 */
size_t reset_opening(const struct reset_rule *rule,
	uint32_t token[RESET_OPENING_MAX]);

#endif
