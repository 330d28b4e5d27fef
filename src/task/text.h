/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read a text as a sequence of tokens: its characters or its bytes, numbered in
 * the order of their code points, or words and characters. The last part of a
 * text may be reserved for validation.
 */
#ifndef LSTMTUI_TASK_TEXT_H
#define LSTMTUI_TASK_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/shared_bytes.h"
#include "base/utf8.h"
#include "task/token_array.h"
#include "task/vocabulary.h"
#include "task/word_tokens.h"

enum {
	TEXT_MIN = 11, /* minimum characters of a training text */
	TEXT_BYTES_MAX = 1 << 30,
	/* buffer for one token and '\0' */
	TEXT_ENCODED_SIZE = WORD_TOKENS_BYTES + 1
};

/* Options for reading a file. */
struct text_config {
	/* content, instead of that of the file; NULL: read the file */
	const struct shared_bytes *content;
	bool is_bytes;
	/* maximum number of words in the vocabulary; 0: characters only */
	size_t words;
	/* last fraction of the text reserved for validation, in [0, 1) */
	double validation;
	/*
	 * Keep a byte order mark as a character, for runs of older versions,
	 * which did so.
	 */
	bool keeps_mark;
	/* minimum number of characters; 0: TEXT_MIN */
	size_t min;
};

struct text {
	struct vocabulary vocabulary;
	size_t length;            /* number of tokens */
	size_t training;          /* number of the first tokens, for training */
	size_t characters;        /* number of characters, or of bytes */
	struct token_array token; /* [length] */
	uint64_t hash;            /* FNV-1a of the file's bytes */
	bool dropped_mark;        /* the file's byte order mark was removed */
};

/*
 * Read a file of UTF-8, or of any bytes if config->is_bytes. Release the text
 * with text_destroy. Return false if the file cannot be read, is too short or
 * not UTF-8; the message then gives the position of the invalid byte and the
 * command that converts the file.
 */
bool text_read(struct text *text, const char *path,
	const struct text_config *config, struct error *error);

void text_destroy(struct text *text);

/*
 * Convert a string to tokens[strlen(string)], as text_read does for a text;
 * store their number in *count. Skip a byte order mark at its start unless the
 * vocabulary contains it. Return false, as an error of usage, if the vocabulary
 * lacks a character.
 */
bool text_tokens(const struct vocabulary *vocabulary, const char *string,
	uint32_t *tokens, size_t *count, struct error *error);

/* What text_remove_unknown removed. */
struct text_removed {
	size_t count;
	char first[UTF8_SIZE]; /* the bytes of the first, or "" */
	uint32_t character;    /* its code */
};

/*
 * Remove the characters that the vocabulary lacks from a string, which is UTF-8
 * unless the vocabulary is one of bytes; a byte order mark at its start is not
 * counted.
 */
void text_remove_unknown(const struct vocabulary *vocabulary, char *string,
	struct text_removed *removed);

/*
 * Replace the tokens of a text, which are characters, by those of another
 * vocabulary, which may have words. Return false if the other vocabulary lacks
 * a character.
 */
bool text_translate(struct text *text, const struct vocabulary *vocabulary,
	const char *path, struct error *error);

/* Store the bytes of a token, followed by '\0'. Return their number. */
size_t text_encode(const struct vocabulary *vocabulary, uint32_t token,
	char bytes[TEXT_ENCODED_SIZE]);

/*
 * Do the same for display: each line end (LF, CR LF or CR) becomes one '\n'.
 * The LF of a CR LF gives no bytes. Set *follows_return to false before the
 * first token and leave it unchanged between tokens.
 */
size_t text_encode_display(const struct vocabulary *vocabulary, uint32_t token,
	bool *follows_return, char bytes[TEXT_ENCODED_SIZE]);

/*
 * Store the entropies of the training text in nats per token: of tokens
 * (unigram), and of tokens given the previous token (bigram; NaN if the
 * vocabulary is too large). Return false if out of memory.
 */
bool text_entropies(const struct text *text, double *unigram, double *bigram,
	struct error *error);

#endif
