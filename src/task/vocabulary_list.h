/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A vocabulary as JSON: a list of tokens, each a character or a word, in the
 * order of a model's inputs and outputs; or an object of tokens and their
 * numbers. Other programs have any order, while a struct vocabulary has
 * ascending characters before its words.
 */
#ifndef LSTMTUI_TASK_VOCABULARY_LIST_H
#define LSTMTUI_TASK_VOCABULARY_LIST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "task/vocabulary.h"

/*
 * Read a JSON file with a list or an object of tokens. Return the list, which
 * the caller releases, or NULL, with path and cause in the message.
 */
json_t *vocabulary_list_read(const char *path, struct error *error);

/* Return the list of the tokens of a vocabulary, or NULL if out of memory. */
json_t *vocabulary_list_make(const struct vocabulary *vocabulary);

/*
 * Make a vocabulary of a list; of bytes, each is the character of that code
 * point. Store in *place the index in the list of each token, [count], which
 * the caller frees. Return false for an empty list, a token that is there twice
 * and one that is neither a character nor a word. Release the vocabulary with
 * vocabulary_destroy, also after a failure.
 */
bool vocabulary_list_take(const json_t *list, bool is_bytes,
	struct vocabulary *vocabulary, size_t **place, struct error *error);

#endif
