/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of what is measured of a text: its features and their correlation, what
 * a network expected and how far back it looked, and the excerpts that are
 * looked at, against plain computations.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "here.h"
#include "inspect/text_excerpt.h"
#include "inspect/text_expected.h"
#include "inspect/text_features.h"
#include "plain_features.h"
#include "suite.h"
#include "text_run.h"

/* ---------------------------------------------------------------------- */
/* Features */

enum { SAMPLE_MAX = 400 };

/* The vocabulary of all code points below 256, so that tokens are them. */
static uint32_t latin[256];

static struct vocabulary
latin_vocabulary(void)
{
	for (uint32_t i = 0; i < 256; i++)
		latin[i] = i;
	return (struct vocabulary){.count = 256,
		.characters = 256,
		.character = latin};
}

/* Assert that the features of text[first, end) are the plain ones. */
static void
expect_features(const char *text, size_t first)
{
	struct vocabulary vocabulary = latin_vocabulary();
	size_t length = strlen(text), count = length - first, wrong = 0;
	uint32_t *token = malloc(length * sizeof *token);
	float *number = malloc(count * sizeof *number);
	double *plain = malloc(count * sizeof *plain);
	double *other = malloc(count * sizeof *other);
	struct text_features features;
	struct random random;
	struct error error;

	for (size_t i = 0; i < length; i++)
		token[i] = (unsigned char)text[i];
	ck_assert(text_features_create(&features, &vocabulary, token, first,
		count, &error));
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int f = 0; f < TEXT_FEATURES; f++) {
		enum text_feature feature = (enum text_feature)f;
		double got;

		for (size_t i = 0; i < count; i++) {
			plain[i] = plain_feature(text, first + i, feature);
			number[i] = (float)(plain[i] + random_normal(&random));
			other[i] = (double)number[i];
		}
		got = text_features_correlation(&features, feature, number);
		wrong += fabs(got - plain_correlation(plain, other, count)) >
			1e-6;
		ck_assert_msg(wrong == 0, "%s: %g, not %g",
			text_feature_name(feature), got,
			plain_correlation(plain, other, count));
		/* a feature is 1 with itself */
		for (size_t i = 0; i < count; i++)
			number[i] = (float)plain[i];
		got = text_features_correlation(&features, feature, number);
		ck_assert_double_eq_tol(got,
			fabs(plain_correlation(plain, plain, count)), 1e-6);
	}
	text_features_destroy(&features);
	free(token);
	free(number);
	free(plain);
	free(other);
}

START_TEST(features_are_those_of_a_plain_computation)
{
	expect_features(plain_sample, 0);
	/* what precedes the characters is read too */
	expect_features(plain_sample, 20);
	expect_features(plain_sample, 57);
}
END_TEST

START_TEST(the_best_feature_has_the_largest_correlation)
{
	struct vocabulary vocabulary = latin_vocabulary();
	size_t count = strlen(plain_sample);
	uint32_t token[SAMPLE_MAX];
	float number[SAMPLE_MAX];
	struct text_features features;
	struct error error;
	double correlation;

	for (size_t i = 0; i < count; i++)
		token[i] = (unsigned char)plain_sample[i];
	ck_assert(text_features_create(&features, &vocabulary, token, 0, count,
		&error));
	for (int f = 0; f < TEXT_FEATURES; f++) {
		enum text_feature feature = (enum text_feature)f;

		for (size_t i = 0; i < count; i++)
			number[i] = (float)(3 -
				plain_feature(plain_sample, i, feature));
		ck_assert_int_eq(text_features_best(&features, number,
					 &correlation),
			feature);
		ck_assert_double_eq_tol(correlation, -1, 1e-6);
	}
	/* numbers that do not vary tell nothing */
	for (size_t i = 0; i < count; i++)
		number[i] = 0.7f + (i % 2 == 0 ? 0.04f : -0.04f);
	text_features_best(&features, number, &correlation);
	ck_assert_double_eq(correlation, 0);
	text_features_destroy(&features);
}
END_TEST

/* The value of a feature, which is one of two values in the text. */
static void
expect_high(const uint32_t *character, size_t count, bool is_bytes,
	enum text_feature feature, const char *high)
{
	struct vocabulary vocabulary = {.is_bytes = is_bytes};
	uint32_t token[32] = {0}, *sorted = malloc(32 * sizeof *sorted);
	struct text_features features;
	struct error error;

	/* a vocabulary need not be sorted to be read */
	for (uint32_t i = 0; i < count; i++) {
		token[i] = i;
		sorted[i] = character[i];
	}
	vocabulary.character = sorted;
	vocabulary.count = vocabulary.characters = count;
	ck_assert(text_features_create(&features, &vocabulary, token, 0, count,
		&error));
	for (size_t i = 0; i < count; i++)
		ck_assert_msg((features.value[feature * count + i] > 0) ==
				(high[i] == '#'),
			"%s: character %zu", text_feature_name(feature), i);
	text_features_destroy(&features);
	free(sorted);
}

START_TEST(other_scripts_and_quotation_marks_have_features)
{
	/* É t é „ a “ « b » x ” y Д */
	static const uint32_t text[] = {0xc9, 't', 0xe9, 0x201e, 'a', 0x201c,
		0xab, 'b', 0xbb, 'x', 0x201d, 'y', 0x414};
	static const uint32_t bytes[] = {'a', 0xc3, 0x89, ' ', 'B', '\r', '\n',
		'"', 'a', '\r', '\n', 'b', '"', ' '};

	expect_high(text, 13, false, TEXT_FEATURE_VOWEL, "#-#-#--------");
	expect_high(text, 13, false, TEXT_FEATURE_CAPITAL, "#-----------#");
	expect_high(text, 13, false, TEXT_FEATURE_QUOTED, "---######----");
	expect_high(text, 13, false, TEXT_FEATURE_WORD, "###-#--#-#-##");
	/* of bytes, only those of ASCII are known; CR LF is one line end */
	expect_high(bytes, 14, true, TEXT_FEATURE_WORD, "###-#---#--#--");
	expect_high(bytes, 14, true, TEXT_FEATURE_CAPITAL, "----#---------");
	expect_high(bytes, 14, true, TEXT_FEATURE_QUOTED, "-------######-");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Expected characters, and how far back */

static const char *const framings[] = {"sequence", "one-to-one", "many-to-one",
	"one-to-many"};

/* A small run on the sample, with changed weights. */
static struct run *
begin_run(const char *framing, const char *layers, const char *cell)
{
	const char *const options[][2] = {{"framing", framing},
		{"units", layers}, {"cell", cell}, {"window", "5"},
		{"validation", "0.3"}, {"batch", "2"}, {NULL, NULL}};
	const char *const sequence[][2] = {{"framing", framing},
		{"units", layers}, {"cell", cell}, {"sequence-length", "8"},
		{"validation", "0.3"}, {"batch", "2"}, {NULL, NULL}};
	char path[FOLDER_PATH_SIZE];
	struct run *run;

	write_here("t.txt", plain_sample);
	path_here(path, "t.txt");
	run = text_run_begin(strcmp(framing, "sequence") == 0 ? sequence
							      : options,
		path);
	text_run_train(run, 20, 1000000);
	return run;
}

/* Follow the sample's validation part through a run. */
static void
follow(struct inspection *inspection, const struct run *run,
	struct text_excerpt *excerpt, size_t connected)
{
	const struct inspection_config config = {.connected = connected};
	struct error error;

	ck_assert(text_excerpt_of_run(excerpt, run, 3000, &error));
	ck_assert(inspection_create(inspection, run, &error));
	ck_assert(inspection_set_tokens(inspection, excerpt->token,
		excerpt->first + excerpt->count, true, &error));
	ck_assert(inspection_compute(inspection, &config, &error));
}

/* The step that predicts each character: the only one with this target. */
START_TEST(each_character_has_the_step_that_predicts_it)
{
	struct run *run = begin_run(framings[_i], "4", "lstm");
	struct inspection inspection;
	struct text_excerpt excerpt;
	size_t *step, wrong = 0, found = 0;

	follow(&inspection, run, &excerpt, 0);
	step = malloc(inspection.length * sizeof *step);
	inspection_find_steps(&inspection, step);
	for (size_t i = 0; i < inspection.length; i++)
		for (size_t s = 0; s < inspection.steps; s++) {
			const struct inspection_step *of = &inspection.step[s];
			bool predicts = of->input == i && of->target == i + 1;

			wrong += predicts && step[i] != s;
			found += predicts;
			wrong += step[i] == INSPECTION_NONE ||
				inspection.step[step[i]].input != i;
		}
	ck_assert_uint_eq(wrong, 0);
	/* the first characters of the first window are not predicted */
	ck_assert_uint_eq(found, inspection.length - (_i == 2 ? 5 : 1));
	free(step);
	inspection_destroy(&inspection);
	text_excerpt_destroy(&excerpt);
	run_destroy(run);
}
END_TEST

START_TEST(the_expected_are_the_likeliest_of_all)
{
	struct run *run = begin_run("sequence", "6", "lstm");
	struct inspection inspection;
	struct text_excerpt excerpt;

	follow(&inspection, run, &excerpt, 0);
	for (size_t s = 0; s < inspection.steps; s++) {
		const float *output = inspection_output(&inspection, s);
		struct text_expected expected;
		uint32_t truth = inspection_target_token(&inspection, s);
		size_t above = 0;

		text_expected_measure(&expected, &inspection, s);
		ck_assert_uint_eq(expected.count, 5);
		for (size_t k = 0; k < 5; k++) {
			size_t likelier = 0;

			ck_assert(expected.probability[k] ==
				(double)output[expected.token[k]]);
			for (size_t i = 0; i < inspection.features; i++)
				likelier +=
					output[i] > output[expected.token[k]];
			ck_assert_uint_eq(likelier, k);
		}
		ck_assert(expected.has_truth == (s + 1 < inspection.steps));
		if (!expected.has_truth)
			continue;
		for (size_t i = 0; i < inspection.features; i++)
			above += output[i] > output[truth];
		ck_assert_uint_eq(expected.truth, truth);
		ck_assert_uint_eq(expected.rank, above + 1);
		ck_assert_double_eq_tol(expected.bits,
			-log2((double)output[truth]), 1e-4);
	}
	inspection_destroy(&inspection);
	text_excerpt_destroy(&excerpt);
	run_destroy(run);
}
END_TEST

START_TEST(half_is_the_smallest_number_of_the_last)
{
	static const double one[] = {1, 1, 1, 1}, last[] = {0.1, 0.2, 5};
	static const double first[] = {8, 1, 1}, none[] = {0, 0};

	ck_assert_uint_eq(text_expected_half(one, 4), 2);
	ck_assert_uint_eq(text_expected_half(last, 3), 1);
	ck_assert_uint_eq(text_expected_half(first, 3), 3);
	ck_assert_uint_eq(text_expected_half(none, 2), 0);
}
END_TEST

/* A row that is computed alone is that of the whole connectivity. */
START_TEST(a_row_is_that_of_the_whole_connectivity)
{
	static const char *const cells[] = {"lstm", "gru", "rnn"};
	struct run *run = begin_run(framings[_i % 4], _i < 4 ? "5" : "4,3",
		cells[_i % 3]);
	struct inspection whole, alone;
	struct text_excerpt excerpt, again;
	struct error error;
	size_t wrong = 0, positive = 0, n;

	follow(&whole, run, &excerpt, SIZE_MAX);
	follow(&alone, run, &again, 0);
	n = whole.config.connected;
	ck_assert_uint_eq(n, whole.steps);
	for (size_t step = 0; step < whole.steps; step += 7) {
		size_t count = step % 2 == 0 ? 9 : step + 1, first;
		const float *row;

		ck_assert(inspection_begin_row(&alone, step, count, &error));
		while (!inspection_is_done(&alone))
			inspection_advance(&alone);
		count = alone.config.connected;
		first = alone.config.connected_first;
		ck_assert_uint_eq(first + count, step + 1);
		row = alone.connectivity + (count - 1) * count;
		for (size_t i = 0; i < count; i++) {
			double expected =
				(double)whole
					.connectivity[step * n + first + i];

			wrong += fabs((double)row[i] - expected) >
				1e-5 * (1 + expected);
			positive += row[i] > 0;
		}
		/* the results are still those of all steps */
		wrong += memcmp(inspection_output(&alone, step),
				 inspection_output(&whole, step),
				 whole.features * sizeof(float)) != 0;
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_gt(positive, 10);
	inspection_destroy(&whole);
	inspection_destroy(&alone);
	text_excerpt_destroy(&excerpt);
	text_excerpt_destroy(&again);
	run_destroy(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Excerpts */

static void
expect_tokens(const struct run *run, const struct text_excerpt *excerpt,
	const char *text)
{
	size_t length = strlen(text), wrong = 0;

	ck_assert_uint_eq(excerpt->first + excerpt->count, length);
	for (size_t i = 0; i < length; i++)
		wrong += run_vocabulary(run)->character[excerpt->token[i]] !=
			(unsigned char)text[i];
	ck_assert_uint_eq(wrong, 0);
}

START_TEST(an_excerpt_is_the_validation_part_and_what_precedes_it)
{
	struct run *run = begin_run("sequence", "3", "lstm");
	size_t length = strlen(plain_sample);
	size_t validation = (size_t)((double)length * 0.3);
	struct text_excerpt excerpt;
	struct error error;

	ck_assert(text_excerpt_is_validation(run));
	ck_assert(text_excerpt_of_run(&excerpt, run, 3000, &error));
	ck_assert_uint_eq(excerpt.count, validation);
	expect_tokens(run, &excerpt, plain_sample);
	ck_assert(!excerpt.is_cut);
	text_excerpt_destroy(&excerpt);
	ck_assert(text_excerpt_of_run(&excerpt, run, 10, &error));
	ck_assert_uint_eq(excerpt.count, 10);
	ck_assert_uint_eq(excerpt.first, length - validation);
	ck_assert(excerpt.is_cut);
	text_excerpt_destroy(&excerpt);
	run_destroy(run);
}
END_TEST

START_TEST(a_long_text_is_entered_by_its_opening)
{
	enum { LENGTH = 4000, LEAD = 300, TRAINING = 3600 };
	static const char *const options[][2] = {{"units", "2"},
		{"validation", "0.1"}, {NULL, NULL}};
	static const char *const none[][2] = {{"units", "2"},
		{"validation", "0"}, {NULL, NULL}};
	static char text[LENGTH + 1], expected[LENGTH + 1];
	char path[FOLDER_PATH_SIZE];
	struct text_excerpt excerpt;
	struct error error;
	struct run *run;

	for (int i = 0; i < LENGTH; i++)
		text[i] = (char)('a' + (i / 10 + i % 10) % 26);
	write_here("t.txt", text);
	run = text_run_begin(options, path_here(path, "t.txt"));
	ck_assert(text_excerpt_of_run(&excerpt, run, 3000, &error));
	memcpy(expected, text, LEAD);
	strcpy(expected + LEAD, text + TRAINING - LEAD);
	ck_assert_uint_eq(excerpt.count, LENGTH - TRAINING);
	expect_tokens(run, &excerpt, expected);
	text_excerpt_destroy(&excerpt);
	run_destroy(run);
	/* without a validation part, the training text from its start */
	run = text_run_begin(none, path);
	ck_assert(!text_excerpt_is_validation(run));
	ck_assert(text_excerpt_of_run(&excerpt, run, 3000, &error));
	text[3000] = '\0';
	ck_assert_uint_eq(excerpt.first, 0);
	ck_assert(excerpt.is_cut);
	expect_tokens(run, &excerpt, text);
	text_excerpt_destroy(&excerpt);
	run_destroy(run);
}
END_TEST

START_TEST(strings_files_and_tokens_are_taken_or_refused)
{
	struct run *run = begin_run("sequence", "3", "lstm");
	struct text_excerpt excerpt;
	struct error error;
	char path[FOLDER_PATH_SIZE];

	ck_assert(text_excerpt_of_string(&excerpt, run, "He said", 5, &error));
	ck_assert(excerpt.is_cut);
	expect_tokens(run, &excerpt, "He sa");
	text_excerpt_destroy(&excerpt);
	ck_assert(!text_excerpt_of_string(&excerpt, run, "", 5, &error));
	ck_assert(!text_excerpt_of_string(&excerpt, run, "q~", 5, &error));
	ck_assert_ptr_null(excerpt.token);
	ck_assert(strstr(error.text, "'~' (U+007E)") != NULL);
	write_here("f.txt", "nothing more\nof it");
	path_here(path, "f.txt");
	ck_assert(text_excerpt_of_file(&excerpt, run, path, 100, &error));
	expect_tokens(run, &excerpt, "nothing more\nof it");
	text_excerpt_destroy(&excerpt);
	ck_assert(text_excerpt_of_file(&excerpt, run, path, 3, &error));
	expect_tokens(run, &excerpt, "not");
	text_excerpt_destroy(&excerpt);
	write_here("f.txt", "not \xff");
	ck_assert(!text_excerpt_of_file(&excerpt, run, path, 100, &error));
	ck_assert(strstr(error.text, "UTF-8") != NULL);
	remove_here("f.txt");
	ck_assert(!text_excerpt_of_file(&excerpt, run, path, 100, &error));
	ck_assert(text_excerpt_of_tokens(&excerpt, (uint32_t[]){4, 5, 6}, 3, 2,
		&error));
	ck_assert_uint_eq(excerpt.count, 2);
	ck_assert_uint_eq(excerpt.token[0], 5);
	text_excerpt_destroy(&excerpt);
	run_destroy(run);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("text_features");
	TCase *group = add_case(suite, "features");

	tcase_add_test(group, features_are_those_of_a_plain_computation);
	tcase_add_test(group, the_best_feature_has_the_largest_correlation);
	tcase_add_test(group, other_scripts_and_quotation_marks_have_features);

	group = add_case(suite, "expected");
	suite_add_loop(group, each_character_has_the_step_that_predicts_it, 0,
		COUNT(framings));
	tcase_add_test(group, the_expected_are_the_likeliest_of_all);
	tcase_add_test(group, half_is_the_smallest_number_of_the_last);
	suite_add_loop(group, a_row_is_that_of_the_whole_connectivity, 0, 8);

	group = add_case(suite, "excerpts");
	tcase_add_test(group,
		an_excerpt_is_the_validation_part_and_what_precedes_it);
	tcase_add_test(group, a_long_text_is_entered_by_its_opening);
	tcase_add_test(group, strings_files_and_tokens_are_taken_or_refused);
	return suite_run(suite);
}
