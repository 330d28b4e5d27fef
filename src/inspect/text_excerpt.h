/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An excerpt of a text to look at: the text of a run, a file, a string, or
 * tokens that a model wrote.
 */
#ifndef LSTMTUI_INSPECT_TEXT_EXCERPT_H
#define LSTMTUI_INSPECT_TEXT_EXCERPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run_view.h"
#include "task/text.h"

/*
 * token[first + count]; the model reads all of them, and those before `first`
 * are not shown.
 */
struct text_excerpt {
	uint32_t *token;
	size_t first, count;
	bool is_cut;                 /* the text is longer */
	struct text_removed removed; /* of a file */
};

/*
 * Take at most `max` tokens of the text of a prepared run: of the part that is
 * reserved for validation or, without one, of the training text. A model enters
 * the validation part as text_loss does (run/text_loss.h): it first reads the
 * opening of the text, then the characters before the part. Each function
 * returns false, with an excerpt without tokens, if memory is short or for the
 * reason in the message. Release an excerpt with text_excerpt_destroy.
 */
bool text_excerpt_of_run(struct text_excerpt *excerpt, const struct run *run,
	size_t max, struct error *error);

/* Whether the run's text has a part for validation. */
bool text_excerpt_is_validation(const struct run *run);

/*
 * Take the beginning of a file, read as the run reads its data, without the
 * characters that the run's vocabulary lacks.
 */
bool text_excerpt_of_file(struct text_excerpt *excerpt, const struct run *run,
	const char *path, size_t max, struct error *error);

/* Take the beginning of a string. */
bool text_excerpt_of_string(struct text_excerpt *excerpt, const struct run *run,
	const char *string, size_t max, struct error *error);

/* Take the last tokens of token[count]. */
bool text_excerpt_of_tokens(struct text_excerpt *excerpt, const uint32_t *token,
	size_t count, size_t max, struct error *error);

void text_excerpt_destroy(struct text_excerpt *excerpt);

#endif
