/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words as tokens (--tokens words). A word is a longest run of letters and
 * combining marks (Unicode's categories L and M) that begins with a letter; an
 * apostrophe, ' or ’, between two letters belongs to it. A single space before
 * a word, U+0020, belongs to its token. Everything else, such as digits,
 * punctuation, line ends and other spaces, is a token for each character.
 *
 * The most frequent words are tokens; others are spelt with the tokens of their
 * characters. So any text of these characters can be written, and the bytes of
 * its tokens are those of the text.
 */
#ifndef LSTMTUI_TASK_WORD_TOKENS_H
#define LSTMTUI_TASK_WORD_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "task/token_array.h"
#include "task/vocabulary.h"

/* Maximum bytes of a word that is a token, with its space. */
enum { WORD_TOKENS_BYTES = 63 };

/*
 * Return the number of characters of the word at token `at` of the `length`
 * tokens, which are characters of the vocabulary, with the space before it; 0
 * if none begins there. The token before must not belong to a word.
 */
size_t word_tokens_at(const struct vocabulary *vocabulary,
	const struct token_array *token, size_t at, size_t length);

/*
 * Add to a vocabulary of characters the `max` most frequent words of
 * token[length], which are its characters, by falling frequency. Count the
 * words that begin in the first `training` characters. Of equally frequent
 * words, those first in the order of their bytes are taken. A word of one
 * character without a space is that character, not another token.
 */
bool word_tokens_collect(struct vocabulary *vocabulary,
	const struct token_array *token, size_t length, size_t training,
	size_t max, struct error *error);

/*
 * Replace the characters of words in token[length] by the tokens of these
 * words, and store the result in `to`, which may be the same array. Return the
 * number of tokens. If training is not NULL, *training
 * characters become the number of tokens that begin before the character of
 * that number.
 */
size_t word_tokens_replace(const struct vocabulary *vocabulary,
	const struct token_array *token, size_t length,
	const struct token_array *to, size_t *training);

/*
 * Add the words of a model file, each of which ends with '\n', in the order of
 * their tokens. Return false if bytes[length] are not distinct words.
 */
bool word_tokens_parse(struct vocabulary *vocabulary, const char *bytes,
	size_t length, struct error *error);

#endif
