/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text as a sequence of tokens: its characters, or its bytes, numbered in
 * the order of their code points. The last part of it may be kept aside for
 * validation.
 */
#ifndef LSTMTUI_TASK_TEXT_H
#define LSTMTUI_TASK_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/utf8.h"

enum {
	TEXT_MIN = 11, /* characters */
	TEXT_BYTES_MAX = 1 << 30,
	TEXT_ENCODED_SIZE = UTF8_SIZE /* of one token, with '\0' */
};

/* What tokens there are; characters[count], rising. */
struct vocabulary {
	size_t count;
	uint32_t *character;
	bool is_bytes;
};

/* How a file is read. */
struct text_config {
	bool is_bytes;
	/* the last fraction, in [0, 1), that is kept from training */
	double validation;
	/*
	 * A byte order mark at the beginning of UTF-8 is a character: only for
	 * runs that began when it was one.
	 */
	bool keeps_mark;
	/* the fewest characters it may have; 0: TEXT_LEAST, for training */
	size_t min;
};

struct text {
	struct vocabulary vocabulary;
	size_t length;     /* in tokens */
	size_t training;   /* of these, from the first on */
	uint32_t *token;   /* [length] */
	uint64_t hash;     /* of all bytes of the file */
	bool dropped_mark; /* a byte order mark, which is no token */
};

/*
 * Read a file: UTF-8, or anything where form.is_bytes. Release it with
 * text_destroy. Returns false, with the file, the place and the way to convert
 * it, for what is not UTF-8, or too short.
 */
bool text_read(struct text *text, const char *path,
	const struct text_config *config, struct error *error);

void text_destroy(struct text *text);

/*
 * The tokens of a string of the vocabulary's own; false: one is unknown. A
 * byte order mark at its beginning is left out unless the vocabulary has it.
 */
bool text_tokens(const struct vocabulary *vocabulary, const char *string,
	uint32_t *tokens, size_t *count, struct error *error);

/* Number the tokens of a text as another vocabulary does. */
bool text_translate(struct text *text, const struct vocabulary *vocabulary,
	const char *path, struct error *error);

/* A token as bytes to be written; returns how many. */
size_t text_encode(const struct vocabulary *vocabulary, uint32_t token,
	char bytes[TEXT_ENCODED_SIZE]);

/*
 * The same for a screen, where each line end, LF, CR LF or CR, is one '\n':
 * of a CR LF the LF gives no byte. *follows_return is kept from one token to
 * the next, and is false at the beginning.
 */
size_t text_encode_shown(const struct vocabulary *vocabulary, uint32_t token,
	bool *follows_return, char bytes[TEXT_ENCODED_SIZE]);

bool vocabulary_copy(struct vocabulary *copy,
	const struct vocabulary *vocabulary, struct error *error);
bool vocabulary_equals(const struct vocabulary *one,
	const struct vocabulary *other);
void vocabulary_destroy(struct vocabulary *vocabulary);

/*
 * What guessing costs, in nats a token: without knowing anything but how
 * often each token is, and with the token before known. Returns false when
 * memory cannot be had.
 */
bool text_entropies(const struct text *text, double *unigram, double *bigram,
	struct error *error);

#endif
