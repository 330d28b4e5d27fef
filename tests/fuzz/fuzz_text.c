/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Target: the reader of texts. An accepted text can be written back byte for
 * byte; as bytes, any file that is long enough is accepted.
 */
#include <math.h>
#include <string.h>

#include "target.h"
#include "task/text.h"

static void
expect_whole(const struct text *text, const unsigned char *bytes, size_t size)
{
	const struct vocabulary *vocabulary = &text->vocabulary;
	char character[TEXT_ENCODED_SIZE];
	size_t at = 0;

	fuzz_expect(text->length >= TEXT_MIN && text->training > 1 &&
			text->training <= text->length,
		"there are symbols, and some to train on");
	for (size_t i = 1; i < vocabulary->count; i++)
		fuzz_expect(vocabulary->character[i - 1] <
				vocabulary->character[i],
			"the characters rise");
	for (size_t i = 0; i < text->length; i++) {
		size_t count;

		fuzz_expect(token_array_get(&text->token, i) <
				vocabulary->count,
			"a symbol is one of the vocabulary");
		count = text_encode(vocabulary,
			token_array_get(&text->token, i), character);
		fuzz_expect(count <= size - at &&
				memcmp(character, bytes + at, count) == 0,
			"symbols are the bytes that were read");
		at += count;
	}
	fuzz_expect(at == size, "all bytes are symbols");
}

/* Prepare the text as a run does before training. */
static void
use(struct text *text, const char *path)
{
	struct vocabulary vocabulary;
	struct error error;
	double unigram, bigram;

	fuzz_expect(text_entropies(text, &unigram, &bigram, &error) &&
			unigram >= -1e-9 &&
			(isnan(bigram) || bigram <= unigram + 1),
		"guessing has its price");
	fuzz_expect(vocabulary_copy(&vocabulary, &text->vocabulary, &error) &&
			text_translate(text, &vocabulary, path, &error) &&
			vocabulary_equals(&vocabulary, &text->vocabulary),
		"a text can be numbered by its own vocabulary");
	vocabulary_destroy(&vocabulary);
}

static bool
read_as(const unsigned char *bytes, size_t size, const char *path,
	bool is_bytes, double validation, struct error *error)
{
	struct text text;
	/* keep the byte order mark: tokens then stand for all bytes */
	struct text_config config = {.is_bytes = is_bytes,
		.validation = validation,
		.keeps_mark = true};

	if (!text_read(&text, path, &config, error)) {
		fuzz_expect_refusal(error, path);
		return false;
	}
	expect_whole(&text, bytes, size);
	use(&text, path);
	text_destroy(&text);
	return true;
}

bool
fuzz_text(const unsigned char *bytes, size_t size, struct error *error)
{
	struct fuzz_file file;
	bool is_taken;

	fuzz_file_open(&file, bytes, size);
	fuzz_expect(read_as(bytes, size, file.path, true, 0.1, error) ==
			(size >= TEXT_MIN),
		"bytes are taken whatever they are");
	is_taken = read_as(bytes, size, file.path, false, 0.9, error);
	fuzz_file_close(&file);
	return is_taken;
}
