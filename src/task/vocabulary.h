/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A vocabulary: the tokens of a text. The first tokens are the characters of
 * the text or its bytes, in the order of their code points. With --tokens
 * words, words follow (task/word_tokens.h).
 */
#ifndef LSTMTUI_TASK_VOCABULARY_H
#define LSTMTUI_TASK_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/kind.h"
#include "task/word_list.h"

/* What the tokens of a text are. */
struct tokens {
	struct kind kind;
	bool is_bytes;
	bool has_words;
	const char *noun; /* of a token, for the screen: "character" */
};

extern const struct tokens tokens_characters, tokens_bytes, tokens_words;

/* All kinds of tokens; ends with NULL. */
extern const struct kind *const tokens_list[];

struct vocabulary {
	size_t count;      /* of all tokens */
	size_t characters; /* of the first tokens, which are characters */
	/* [characters], ascending: the code point or byte of each */
	uint32_t *character;
	bool is_bytes; /* characters are bytes */
	/* [count - characters]: the words of the other tokens */
	struct word_list words;
};

/* Return the token of a character, or false. */
bool vocabulary_find(const struct vocabulary *vocabulary, uint32_t character,
	uint32_t *token);

/*
 * Return the character of a token; of a word its first one, a space or a
 * letter.
 */
uint32_t vocabulary_character(const struct vocabulary *vocabulary,
	uint32_t token);

/* Return true if the token is a word. */
bool vocabulary_is_word(const struct vocabulary *vocabulary, uint32_t token);

/* Return the bytes of the word of a token, without '\0'; store their number. */
const char *vocabulary_word(const struct vocabulary *vocabulary, uint32_t token,
	size_t *length);

/* Return the number of characters of a token. */
size_t vocabulary_length(const struct vocabulary *vocabulary, uint32_t token);

/* Copy a vocabulary. Release the copy with vocabulary_destroy. */
bool vocabulary_copy(struct vocabulary *copy,
	const struct vocabulary *vocabulary, struct error *error);
bool vocabulary_equals(const struct vocabulary *one,
	const struct vocabulary *other);
void vocabulary_destroy(struct vocabulary *vocabulary);

#endif
