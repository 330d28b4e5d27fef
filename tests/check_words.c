/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of --tokens words: which words are tokens, that no byte is lost,
 * exact resuming, generation, priming and evaluation.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "core/layer.h"
#include "here.h"
#include "interface.h"
#include "run/run_private.h"
#include "suite.h"
#include "task/reset.h"
#include "task/text.h"
#include "text_run.h"

#define MODEL "m.safetensors"

static void
read_words(struct text *text, const char *bytes, size_t words,
	double validation)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;

	write_here("t.txt", bytes);
	ck_assert_msg(text_read(text, path_here(path, "t.txt"),
			      &(struct text_config){.words = words,
				      .validation = validation,
				      .min = 1},
			      &error),
		"%s", error.text);
}

/* Write the tokens of a text with '|' after each. */
static char *
show(const struct text *text, const struct token_array *token, size_t count)
{
	char *shown = memory_new(count + 1, TEXT_ENCODED_SIZE + 1);
	size_t used = 0;

	ck_assert_ptr_nonnull(shown);
	for (size_t i = 0; i < count; i++) {
		used += text_encode(&text->vocabulary,
			token_array_get(token, i), shown + used);
		shown[used++] = '|';
	}
	shown[used] = '\0';
	return shown;
}

/* Assert that a text is divided into these tokens, each before a '|'. */
static void
expect_tokens(const char *bytes, size_t words, const char *expected)
{
	struct text text;
	char *shown;

	read_words(&text, bytes, words, 0);
	shown = show(&text, &text.token, text.length);
	ck_assert_str_eq(shown, expected);
	free(shown);
	text_destroy(&text);
}

/* ---------------------------------------------------------------------- */
/* tokens */

static const struct {
	const char *text;
	size_t words;
	const char *tokens;
} divided[] = {
	{"the cat, the cat", 9, "the| cat|,| the| cat|"},
	/* one space belongs to the word, all others are characters */
	{"a  dog\n dog\tdog", 9, "a| | dog|\n| dog|\t|dog|"},
	{"don't 'tis dogs' o'er", 9, "don't| |'|tis| dogs|'| o'er|"},
	{"don\xe2\x80\x99t \xe2\x80\x99no", 9,
		"don\xe2\x80\x99t| |\xe2\x80\x99|no|"},
	{"in 1984 it", 9, "in| |1|9|8|4| it|"},
	{"x2y ab3cd", 9, "x|2|y| ab|3|cd|"},
	{"one\r\ntwo\rone ", 9, "one|\r|\n|two|\r|one| |"},
	/* the tie mark is no letter, an accent belongs to its letter */
	{"\xc3\xa9t\xc3\xa9 e\xcc\x81te un\xc2\xa0peu", 9,
		"\xc3\xa9t\xc3\xa9| e\xcc\x81te| un|\xc2\xa0|peu|"},
	/* without its space a word is another token */
	{"so so so (so", 1, "s|o| so| so| |(|s|o|"},
	{"so so so (so", 2, "so| so| so| |(|so|"},
	/* a word that is no token is spelt, also one that begins like one */
	{"an an ant", 1, "a|n| an| |a|n|t|"},
	{" a b a", 1, " a| |b| a|"},
};

START_TEST(a_text_is_divided_into_words_and_characters)
{
	expect_tokens(divided[_i].text, divided[_i].words, divided[_i].tokens);
}
END_TEST

static const char *const awkward[] = {
	"It's  two  spaces,\ta tab, and\t tab space. It's\t\n\n the  end",
	"CR LF\r\nand CR\ronly\r\r\n\nand LF\n it is",
	"na\xc3\xafve na\xc3\xafve e\xcc\x81t\xc3\xa9 \xe4\xb8\xad\xe6\x96\x87 "
	"\xe4\xb8\xad\xe6\x96\x87 \xf0\x9f\x98\x80 \xf0\x9f\x98\x80s",
	"'' ''' ' 'a' a' 'b' don'' can't'ves 'tis\xe2\x80\x99\xe2\x80\x99",
	"0 00 1,000 3.14 x1 1x 7th 42nd ",
	"\xcc\x81 a\xcc\x81\xcc\x81 \xcc\x81\xcc\x81 mark first",
	" \n \n  \n   ",
	"Pneumonoultramicroscopicsilicovolcanoconiosis"
	"pneumonoultramicroscopicsilicovolcanoconiosis is long, "
	"Pneumonoultramicroscopicsilicovolcanoconiosis is not",
	"\xef\xbb\xbfx and \xef\xbb\xbf within",
};

/* _i: text and number of words. */
START_TEST(no_byte_of_a_text_is_lost)
{
	static const size_t words[] = {1, 2, 5, 10000};
	const char *bytes = awkward[_i / 4], *rest = bytes;
	struct text text;
	size_t length = 0, characters = 0;

	read_words(&text, bytes, words[_i % 4], 0.1);
	rest += text.dropped_mark ? 3 : 0;
	for (size_t i = 0; i < text.length; i++) {
		char token[TEXT_ENCODED_SIZE];
		size_t count = text_encode(&text.vocabulary,
			token_array_get(&text.token, i), token);

		ck_assert_uint_eq(strlen(token), count);
		ck_assert_msg(strncmp(rest + length, token, count) == 0,
			"'%s' at %zu", token, length);
		length += count;
		characters += vocabulary_length(&text.vocabulary,
			token_array_get(&text.token, i));
	}
	ck_assert_uint_eq(length, strlen(rest));
	ck_assert_uint_eq(characters, text.characters);
	text_destroy(&text);
}
END_TEST

START_TEST(a_word_of_more_than_63_bytes_is_spelt)
{
	char bytes[4 * 70 + 1] = "", *end = bytes;
	struct text text;

	for (size_t i = 0; i < 4; i++) {
		*end++ = ' ';
		memset(end, (int)('a' + i % 2), 62 + i % 2);
		end += 62 + i % 2;
	}
	read_words(&text, bytes, 10, 0);
	ck_assert_uint_eq(text.vocabulary.words.count, 1);
	/* words of 63 bytes are two tokens, those of 64 bytes 128 */
	ck_assert_uint_eq(text.length, 2 + 2 * 64);
	text_destroy(&text);
}
END_TEST

/* Assert the words of the vocabulary, each before a '|', after all others. */
static void
expect_words(const struct text *text, const char *expected)
{
	const struct vocabulary *vocabulary = &text->vocabulary;
	uint32_t token[64];
	struct token_array all = token_array_of(token);
	char *shown;

	ck_assert_uint_eq(vocabulary->count,
		vocabulary->characters + vocabulary->words.count);
	for (size_t i = 0; i < vocabulary->words.count; i++)
		token[i] = (uint32_t)(vocabulary->characters + i);
	shown = show(text, &all, vocabulary->words.count);
	ck_assert_str_eq(shown, expected);
	free(shown);
}

/* By falling count; the same count in the order of the bytes. */
static const struct {
	size_t words;
	const char *expected;
} most_frequent[] = {
	{1, " b|"},
	{2, " b| and|"},
	{3, " b| and| at|"},
	{4, " b| and| at|at|"},
	{100, " b| and| at|at| At| c|and|"},
};

START_TEST(the_most_frequent_words_are_tokens)
{
	struct text text;

	read_words(&text,
		"and b b b and and at at\nat\nat At c b ...", /* b: 4 */
		most_frequent[_i].words, 0);
	expect_words(&text, most_frequent[_i].expected);
	text_destroy(&text);
}
END_TEST

START_TEST(words_are_counted_in_the_training_part)
{
	struct text text;

	/* half of 40 characters; "four" begins before the end of its part */
	read_words(&text, "one one two two four five five five end.", 10, 0.5);
	ck_assert_uint_eq(text.characters, 40);
	expect_words(&text, " two| four| one|one|");
	/* one, one, two, two, four; the rest is validation */
	ck_assert_uint_eq(text.training, 5);
	text_destroy(&text);
}
END_TEST

START_TEST(the_end_of_a_line_is_a_token_that_resets)
{
	struct text text;
	struct reset_rule rule;

	read_words(&text, "One two\r\nOne two\n\nOne", 10, 0);
	rule = reset_rule_create(&reset_line, &text.vocabulary);
	/* One, two, CR, LF, One, two, LF, LF, One */
	ck_assert_uint_eq(text.length, 9);
	for (size_t i = 0; i < 9; i++)
		ck_assert_int_eq(reset_is_before_token(&rule, &text, i),
			i == 4 || i == 7 || i == 8);
	rule = reset_rule_create(&reset_paragraph, &text.vocabulary);
	for (size_t i = 0; i < 9; i++)
		ck_assert_int_eq(reset_is_before_token(&rule, &text, i),
			i == 8);
	text_destroy(&text);
}
END_TEST

START_TEST(strings_and_other_texts_are_divided_in_the_same_way)
{
	static const char bytes[] = "so the dog and the dot, the dog's";
	struct text text, other;
	struct error error;
	uint32_t token[64];
	struct token_array all;
	char path[FOLDER_PATH_SIZE], *shown;
	size_t count;

	read_words(&text, bytes, 3, 0);
	expect_words(&text, " the| and| dog|");
	ck_assert(text_tokens(&text.vocabulary, bytes, token, &count, &error));
	ck_assert_uint_eq(count, text.length);
	for (size_t i = 0; i < count; i++)
		ck_assert_uint_eq(token[i], token_array_get(&text.token, i));
	ck_assert(text_tokens(&text.vocabulary, "the gods and the", token,
		&count, &error));
	all = token_array_of(token);
	shown = show(&text, &all, count);
	ck_assert_str_eq(shown, "t|h|e| |g|o|d|s| and| the|");
	free(shown);
	ck_assert(!text_tokens(&text.vocabulary, "the cat", token, &count,
		&error));
	write_here("other.txt", "dog and dog and the");
	ck_assert(text_read(&other, path_here(path, "other.txt"),
		&(struct text_config){.validation = 0.5}, &error));
	ck_assert(text_translate(&other, &text.vocabulary, path, &error));
	shown = show(&other, &other.token, other.length);
	ck_assert_str_eq(shown, "d|o|g| and| dog| and| the|");
	/* of 19 characters, 10 are for training */
	ck_assert_uint_eq(other.training, 5);
	free(shown);
	text_destroy(&other);
	text_destroy(&text);
}
END_TEST

START_TEST(a_list_finds_each_of_many_words)
{
	struct word_list list = {0}, copy;
	struct error error;
	char word[16];
	uint32_t number;

	for (int twice = 0; twice < 2; twice++)
		for (unsigned i = 0; i < 5000; i++) {
			snprintf(word, sizeof word, "w%u", i * 7919U);
			ck_assert(word_list_add(&list, word, strlen(word),
				&number, &error));
			EXPECT(number == i, "%u at %u", number, i);
		}
	ck_assert_uint_eq(list.count, 5000);
	ck_assert(word_list_copy(&copy, &list, &error));
	ck_assert(word_list_equals(&copy, &list));
	word_list_destroy(&list);
	ck_assert(word_list_find(&copy, "w7919", 5, &number));
	ck_assert_uint_eq(number, 1);
	ck_assert(!word_list_find(&copy, "w791", 4, &number));
	ck_assert(word_list_add(&copy, "more", 4, &number, &error));
	ck_assert(!word_list_equals(&copy, &list));
	word_list_destroy(&copy);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* commands */

/* A text in which the words are most of it. */
static void
write_tale(void)
{
	char tale[8000] = "";

	for (int i = 0; i < 60; i++) {
		size_t used = strlen(tale);

		snprintf(tale + used, sizeof tale - used,
			"The dog's %s saw the %s.\r\n  Then a %s ran, %d times."
			"\n\n",
			i % 3 ? "cat" : "bird", i % 5 ? "mouse" : "hare",
			i % 2 ? "fox" : "crow", i * 37 % 101);
	}
	write_here("tale.txt", tale);
}

#define LEARN                                                              \
	"--task", "text", "--data", "tale.txt", "--tokens", "words",       \
		"--units", "12", "--batch", "4", "--sequence-length", "9", \
		"--seed", "3", "--vocabulary", "12"

static void
train(const char *updates, const char *model)
{
	MUST("train", "--quiet", LEARN, "--updates", updates, model);
}

static void
expect_same_files(const char *one, const char *other)
{
	struct tensors a, b;

	read_tensors_here(&a, one);
	read_tensors_here(&b, other);
	ck_assert_uint_eq(a.length, b.length);
	ck_assert_mem_eq(a.data, b.data, a.length);
	tensors_release(&a);
	tensors_release(&b);
}

START_TEST(resuming_is_exact)
{
	write_tale();
	train("60", "whole");
	train("23", "parts");
	MUST("train", "--quiet", "--updates", "60", "parts");
	expect_same_files("whole", "parts");
}
END_TEST

START_TEST(the_file_has_the_characters_and_the_words)
{
	struct tensors tensors;
	size_t length, outputs, characters;
	const char *words;

	write_tale();
	train("1", MODEL);
	read_tensors_here(&tensors, MODEL);
	words = tensors_find(&tensors, "vocabulary.words", "U8", &length);
	ck_assert_msg(
		strncmp(words,
			"The\n Then\n a\n dog's\n ran\n saw\n the\n times\n"
			" mouse\n cat\n crow\n fox\n",
			length) == 0,
		"%.*s", (int)length, words);
	characters = tensors_extent(&tensors, "vocabulary", 0);
	outputs = tensors_extent(&tensors, "dense.bias", 0);
	/* bird and hare are spelt */
	ck_assert_uint_eq(outputs, characters + 12);
	ck_assert_str_eq(tensors_metadata(&tensors, "tokens"), "words");
	ck_assert_str_eq(tensors_metadata(&tensors, "vocabulary"), "12");
	tensors_release(&tensors);
}
END_TEST

/* Sum the bits of the targets of `inspect --json`, and their characters. */
static double
sum_bits(const json_t *object, size_t *characters)
{
	const json_t *vocabulary = json_object_get(object, "vocabulary");
	const json_t *steps = json_object_get(object, "steps");
	double bits = 0;

	*characters = 0;
	for (size_t i = 0; i < json_array_size(steps); i++) {
		const json_t *step = json_array_get(steps, i);
		const json_t *target = json_object_get(step, "target");
		size_t at = 0;

		if (json_is_null(target))
			continue;
		while (!json_equal(json_array_get(vocabulary, at), target))
			at++;
		bits -= log2(json_number_value(
			json_array_get(json_object_get(step, "output"), at)));
		/* the text is ASCII */
		*characters += strlen(json_string_value(target));
	}
	return bits;
}

static const char *const evaluated[] = {
	"The dog's cat saw the crow.\r\n  Then the dog ran, 3 foxes.",
	"Then a thea saw  the fox",
};

START_TEST(evaluate_gives_bits_per_character)
{
	json_t *evaluation, *inspection;
	double bits;
	size_t characters;

	write_tale();
	write_here("other.txt", evaluated[_i]);
	train("40", MODEL);
	inspection = run_for_object(
		WORDS("inspect", "--json", "--prime", evaluated[_i], MODEL));
	bits = sum_bits(inspection, &characters);
	evaluation = run_for_object(
		WORDS("evaluate", "--json", "--data", "other.txt", MODEL));
	ck_assert_int_eq(get_integer(evaluation, "characters"),
		(long)characters);
	ck_assert_double_eq_tol(get_number(evaluation, "bits_per_character"),
		bits / (double)characters, 1e-4);
	ck_assert_double_eq_tol(get_number(evaluation, "loss"),
		bits * log(2) / (double)get_integer(evaluation, "count"), 1e-4);
	ck_assert_int_lt(get_integer(evaluation, "count"),
		get_integer(evaluation, "characters"));
	json_decref(inspection);
	json_decref(evaluation);
}
END_TEST

/* Words and characters predict the same part of the text. */
START_TEST(the_validation_part_has_the_same_characters)
{
	json_t *words, *characters;

	write_tale();
	train("1", MODEL);
	MUST("train", "--quiet", LEARN, "--updates", "1", "w");
	MUST("train", "--quiet", "--task", "text", "--data", "tale.txt",
		"--units", "3", "--updates", "1", "c");
	words = run_for_object(WORDS("evaluate", "--json", "w"));
	characters = run_for_object(WORDS("evaluate", "--json", "c"));
	ck_assert_int_eq(get_integer(characters, "count"),
		get_integer(characters, "characters"));
	ck_assert_double_eq_tol(get_number(characters, "bits_per_character"),
		get_number(characters, "loss") / log(2), 1e-6);
	/* except the rest of a word at the boundary */
	ck_assert_int_le(get_integer(words, "characters"),
		get_integer(characters, "characters"));
	ck_assert_int_gt(get_integer(words, "characters"),
		get_integer(characters, "characters") - 6);
	json_decref(words);
	json_decref(characters);
}
END_TEST

/* The likeliest token after the last step of `inspect --prime`. */
static const char *
likeliest(const json_t *object)
{
	const json_t *steps = json_object_get(object, "steps");
	const json_t *last = json_array_get(steps, json_array_size(steps) - 1);
	const json_t *output = json_object_get(last, "output");
	size_t best = 0;

	for (size_t i = 1; i < json_array_size(output); i++)
		if (json_number_value(json_array_get(output, i)) >
			json_number_value(json_array_get(output, best)))
			best = i;
	return json_string_value(
		json_array_get(json_object_get(object, "vocabulary"), best));
}

/* Each token is the likeliest after all before it; a prime may be spelt. */
START_TEST(generation_goes_on_from_the_words_of_a_prime)
{
	char text[512] = "The dogs saw";

	write_tale();
	train("120", MODEL);
	for (int i = 0; i < 5; i++) {
		json_t *inspection = run_for_object(
			WORDS("inspect", "--json", "--prime", text, MODEL));

		strncat(text, likeliest(inspection), 64);
		json_decref(inspection);
	}
	strcat(text, "\n");
	{
		char *written = run_for_output(
			WORDS("generate", "--length", "5", "--temperature", "0",
				"--prime", "The dogs saw", MODEL));

		ck_assert_str_eq(written, text);
		free(written);
	}
}
END_TEST

START_TEST(inspect_shows_words)
{
	json_t *object;
	char *table;

	write_tale();
	train("1", MODEL);
	object = run_for_object(
		WORDS("inspect", "--json", "--prime", "The dog's fog", MODEL));
	ck_assert_str_eq(get_string(json_array_get(json_object_get(object,
							   "steps"),
					    1),
				 "input"),
		" dog's");
	ck_assert_uint_eq(json_array_size(json_object_get(object, "steps")),
		2 + 4);
	json_decref(object);
	table = run_for_output(
		WORDS("inspect", "--prime", "The dog's fog", MODEL));
	ck_assert_ptr_nonnull(strstr(table, "'The'       ' dog's'"));
	free(table);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* refusals and files of older versions */

static const struct {
	const char *const words[6];
	const char *named;
} refused[] = {
	{{"--tokens", "words", "--bytes"},
		"--bytes contradicts --tokens words"},
	{{"--bytes", "--tokens", "characters"},
		"--bytes contradicts --tokens characters"},
	{{"--tokens", "letters"}, "'letters' is unknown"},
	{{"--vocabulary", "5"}, "--vocabulary: has no effect"},
	{{"--tokens", "words", "--vocabulary", "0"}, "--vocabulary"},
	{{"--tokens", "words", "--vocabulary", "1000001"}, "--vocabulary"},
	{{"--tokens", "bytes", "--vocabulary", "9"}, "only for --tokens words"},
	{{"--tokens", "words", "--data", "digits.txt"}, "no word"},
};

START_TEST(options_without_effect_are_refused)
{
	const char *arguments[16] = {"train", "--quiet", "--task", "text",
		"--data", "tale.txt", "--updates", "1"};
	struct outcome outcome;
	size_t count = 8;

	write_tale();
	write_here("digits.txt", "3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4 6\n");
	for (size_t i = 0; refused[_i].words[i] != NULL; i++)
		arguments[count++] = refused[_i].words[i];
	arguments[count++] = MODEL;
	command_run(&(struct command){.folder = folder, .arguments = arguments},
		&outcome);
	expect_usage_error(&outcome, refused[_i].named);
	outcome_release(&outcome);
	ck_assert(!exists_here(MODEL));
}
END_TEST

START_TEST(bytes_is_short_for_tokens_bytes)
{
	json_t *object;

	write_tale();
	MUST("train", "--quiet", "--task", "text", "--data", "tale.txt",
		"--units", "3", "--updates", "2", "--seed", "5", "--bytes",
		"short");
	MUST("train", "--quiet", "--task", "text", "--data", "tale.txt",
		"--units", "3", "--updates", "2", "--seed", "5", "--tokens",
		"bytes", "--bytes", "long");
	expect_same_files("short", "long");
	object = info("long");
	ck_assert_str_eq(get_string(object, "tokens"), "bytes");
	ck_assert_str_eq(get_string(object, "bytes"), "yes");
	json_decref(object);
}
END_TEST

/* _i: the run is of characters or of bytes. */
START_TEST(a_file_of_an_older_version_is_resumed_exactly)
{
	const char *kind = _i == 0 ? "--quiet" : "--bytes";
	struct tensors tensors;
	json_t *metadata;
	char path[FOLDER_PATH_SIZE];

	write_tale();
	MUST("train", "--quiet", "--task", "text", "--data", "tale.txt",
		"--units", "3", "--updates", "9", "--seed", "5", kind, "whole");
	MUST("train", "--quiet", "--task", "text", "--data", "tale.txt",
		"--units", "3", "--updates", "4", "--seed", "5", kind, "old");
	read_tensors_here(&tensors, "old");
	metadata = json_object_get(tensors.header, "__metadata__");
	ck_assert_int_eq(json_object_del(metadata, "tokens"), 0);
	ck_assert_int_eq(json_object_del(metadata, "vocabulary"), 0);
	tensors_write(&tensors, path_here(path, "old"));
	tensors_release(&tensors);
	MUST("train", "--quiet", "--updates", "9", "old");
	expect_same_files("whole", "old");
}
END_TEST

START_TEST(resuming_refuses_other_tokens)
{
	struct outcome outcome;

	write_tale();
	train("1", MODEL);
	RUN(&outcome, "train", "--quiet", "--tokens", "characters", MODEL);
	expect_usage_error(&outcome, "contradicts the saved run");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--quiet", "--vocabulary", "7", MODEL);
	expect_usage_error(&outcome, "contradicts the saved run");
	outcome_release(&outcome);
	MUST("train", "--quiet", "--tokens", "words", "--updates", "2", MODEL);
}
END_TEST

/* Words that a file must not have: one twice, one without its end, ... */
static const char *const damage[] = {
	" dog's\n dog's\n",
	" dog's\n 123\n",
	" dog's\n a b\n",
	"\n dog's\n",
	" \xff\xfe\n",
};

START_TEST(a_file_with_wrong_words_is_refused)
{
	struct tensors tensors;
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE], *words;
	size_t length, size = strlen(damage[_i]);

	write_tale();
	train("1", MODEL);
	read_tensors_here(&tensors, MODEL);
	words = tensors_find(&tensors, "vocabulary.words", "U8", &length);
	memcpy(words, damage[_i], size);
	tensors_write(&tensors, path_here(path, MODEL));
	tensors_release(&tensors);
	RUN(&outcome, "info", MODEL);
	expect_failure(&outcome, "vocabulary.words");
	outcome_release(&outcome);
}
END_TEST

START_TEST(weights_of_words_are_taken_by_word)
{
	struct tensors from, to;
	float *weights, *taken;
	size_t columns, characters, length;

	write_tale();
	train("5", "from");
	/* the words in another order, and two that are not in the tale */
	write_here("tale.txt",
		"a fox ran, a fox ran, a fox saw the owl. A cat ran. 12 34 "
		"fox a ran. The dog's times. Then 56 7 8 9 0\r\n\n");
	MUST("train", "--quiet", LEARN, "--updates", "1", "--validation", "0",
		"--learning-rate", "1e-30", "--init", "from", "to");
	read_tensors_here(&from, "from");
	read_tensors_here(&to, "to");
	weights = tensors_find(&from, "lstm.kernel", "F32", &length);
	taken = tensors_find(&to, "lstm.kernel", "F32", &length);
	columns = tensors_extent(&to, "lstm.kernel", 1);
	characters = tensors_extent(&to, "vocabulary", 0);
	/* words 0 and 1, " fox" and " ran", were 11 and 4 */
	length = tensors_extent(&from, "vocabulary", 0);
	ck_assert_mem_eq(taken + (characters + 0) * columns,
		weights + (length + 11) * columns, columns * sizeof *taken);
	ck_assert_mem_eq(taken + (characters + 1) * columns,
		weights + (length + 4) * columns, columns * sizeof *taken);
	tensors_release(&from);
	tensors_release(&to);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* many outputs */

/* A text of 5,000 characters, of which 600 are different. */
static char *
write_signs(char path[FOLDER_PATH_SIZE])
{
	char text[5000 * 3 + 1] = "", *end = text;

	for (uint32_t i = 0; i < 5000; i++)
		end += utf8_put(0x4e00 + i * i % 7919 % 600, end);
	write_here("signs.txt", text);
	return path_here(path, "signs.txt");
}

/*
 * With many outputs the dense layer is computed in pieces; its gradient is
 * h^T dy and the sum of dy over all rows.
 */
START_TEST(pieces_of_many_outputs_give_the_whole_gradient)
{
	static const char *const options[][2] = {{"units", "20"},
		{"batch", "50"}, {"sequence-length", "50"}, {"validation", "0"},
		{"clip", "0"}, {NULL, NULL}};
	char path[FOLDER_PATH_SIZE];
	struct run *run = text_run_begin(options, write_signs(path));
	const struct dense *dense = &run->state.model.dense;
	const struct tensor *tensor = &run->state.model.parameters.tensor[3];
	const struct layer_trace *trace = &run->pass.layer[0];
	size_t lanes = run->state.model.parameters.lanes;

	text_run_train(run, 1, 1);
	ck_assert_uint_gt(dense->outputs, 400);
	for (size_t n = 0; n < dense->outputs; n++) {
		double bias = 0, kernel[20] = {0};

		for (size_t row = 0; row < 50 * 50; row++) {
			double dy =
				(double)run->pass
					.d_predictions[row * dense->outputs +
						n];

			bias += dy;
			for (size_t unit = 0; unit < 20; unit++)
				kernel[unit] += dy *
					(double)layer_state(trace,
						trace->hidden, row / 50 + 1,
						unit / lanes)[row % 50 * lanes +
						unit % lanes];
		}
		EXPECT(fabs(bias -
			       (double)run->pass
				       .gradients[tensor[1].packed_offset +
					       n]) < 1e-6,
			"bias %zu", n);
		for (size_t unit = 0; unit < 20; unit++)
			EXPECT(fabs(kernel[unit] -
				       (double)run->pass.gradients
					       [tensor[0].packed_offset +
						       (n * dense->blocks +
							       unit / lanes) *
							       lanes +
						       unit % lanes]) < 1e-6,
				"kernel %zu, %zu", unit, n);
	}
	text_run_end(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the screen */

START_TEST(the_screen_shows_words)
{
	struct tensors tensors;
	json_t *evaluation;
	double validation[4];
	size_t length;
	char bits[64];

	write_tale();
	train("150", MODEL);
	read_tensors_here(&tensors, MODEL);
	memcpy(validation, tensors_find(&tensors, "validation", "F64", &length),
		sizeof validation);
	tensors_release(&tensors);
	evaluation = run_for_object(WORDS("evaluate", "--json", MODEL));
	snprintf(bits, sizeof bits, "bits per character %.2f",
		validation[1] / log(2) * get_number(evaluation, "count") /
			get_number(evaluation, "characters"));
	json_decref(evaluation);
	open_with(&(struct terminal_options){.command.arguments = WORDS(MODEL),
		.rows = 45,
		.columns = 140});
	expect("finished");
	expect(bits);
	expect("token counts");
	press_and_settle("g");
	/* words that are tokens, in the text */
	expect(" the ");
	press("i");
	expect("Bits per token: with memory");
	expect("token 41 of ");
	/* the text is shown as it is: the characters of a word together */
	expect("dog's ");
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("words");
	TCase *group = add_case(suite, "tokens");

	suite_add_loop(group, a_text_is_divided_into_words_and_characters, 0,
		COUNT(divided));
	suite_add_loop(group, no_byte_of_a_text_is_lost, 0, 4 * COUNT(awkward));
	tcase_add_test(group, a_word_of_more_than_63_bytes_is_spelt);
	suite_add_loop(group, the_most_frequent_words_are_tokens, 0,
		COUNT(most_frequent));
	tcase_add_test(group, words_are_counted_in_the_training_part);
	tcase_add_test(group, the_end_of_a_line_is_a_token_that_resets);
	tcase_add_test(group,
		strings_and_other_texts_are_divided_in_the_same_way);
	tcase_add_test(group, a_list_finds_each_of_many_words);

	group = add_case(suite, "commands");
	tcase_add_test(group, resuming_is_exact);
	tcase_add_test(group, the_file_has_the_characters_and_the_words);
	suite_add_loop(group, evaluate_gives_bits_per_character, 0,
		COUNT(evaluated));
	tcase_add_test(group, the_validation_part_has_the_same_characters);
	tcase_add_test(group, generation_goes_on_from_the_words_of_a_prime);
	tcase_add_test(group, inspect_shows_words);

	group = add_case(suite, "files");
	suite_add_loop(group, options_without_effect_are_refused, 0,
		COUNT(refused));
	tcase_add_test(group, bytes_is_short_for_tokens_bytes);
	suite_add_loop(group, a_file_of_an_older_version_is_resumed_exactly, 0,
		2);
	tcase_add_test(group, resuming_refuses_other_tokens);
	suite_add_loop(group, a_file_with_wrong_words_is_refused, 0,
		COUNT(damage));
	tcase_add_test(group, weights_of_words_are_taken_by_word);

	group = add_case(suite, "many outputs");
	tcase_add_test(group, pieces_of_many_outputs_give_the_whole_gradient);

	group = add_screen_case(suite, "screen");
	tcase_add_test(group, the_screen_shows_words);
	return suite_run(suite);
}
