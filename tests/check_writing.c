/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of generative models in the program: texts that train learns and
 * generate continues, mixtures that are sampled, and both on the screen during
 * training.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interface.h"
#include "suite.h"

/* Count the characters of a text. */
static size_t
characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text += utf8_step(text))
		count++;
	return count;
}

/* Texts */

static const char *const framings[] = {"sequence", "one-to-one", "many-to-one",
	"one-to-many"};

enum { FRAMINGS = sizeof framings / sizeof framings[0] };

/* Each letter determines the next one. */
#define ROUND "abcdefgabcdefgabcdefgabcdefgabcdefgabcdefgabcdefgabcdefg"

static void
learn_the_round(const char *framing)
{
	write_here("round.txt", ROUND ROUND ROUND ROUND);
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"round.txt", "--framing", framing, "--units", "16",
		strcmp(framing, "sequence") == 0 ? "--sequence-length=14"
						 : "--quiet",
		"--batch", "4", "--updates", "600", "--learning-rate", "0.02",
		MODEL);
}

START_TEST(a_memorized_text_is_continued)
{
	char *text;

	learn_the_round(framings[_i]);
	text = OUTPUT_OF("generate", "--prime", "defg", "--length", "14",
		"--temperature", "0", MODEL);
	ck_assert_str_eq(text, "defgabcdefgabcdefg\n");
	free(text);
	/* at a low temperature too it is by far the likeliest */
	text = OUTPUT_OF("generate", "--prime", "abc", "--length", "7",
		"--temperature", "0.05", "--count", "2", "--seed", "3", MODEL);
	ck_assert_str_eq(text, "abcdefgabc\nabcdefgabc\n");
	free(text);
}
END_TEST

START_TEST(generated_text_depends_on_seed_and_temperature)
{
	char *one, *same, *other;

	learn_the_round("sequence");
	one = OUTPUT_OF("generate", "--seed", "1", "--length", "60",
		"--temperature", "5", MODEL);
	same = OUTPUT_OF("generate", "--seed", "1", "--length", "60",
		"--temperature", "5", MODEL);
	other = OUTPUT_OF("generate", "--seed", "2", "--length", "60",
		"--temperature", "5", MODEL);
	ck_assert_str_eq(one, same);
	ck_assert_str_ne(one, other);
	ck_assert_uint_eq(characters(one), 61);
	free(one);
	free(same);
	free(other);
}
END_TEST

START_TEST(json_output_has_each_generated_text)
{
	json_t *object, *texts;

	learn_the_round("sequence");
	object = OBJECT_OF("generate", "--format", "json", "--count", "3",
		"--length", "10", "--prime", "ab", MODEL);
	texts = json_object_get(object, "texts");
	ck_assert_uint_eq(json_array_size(texts), 3);
	for (size_t i = 0; i < 3; i++) {
		const char *text = json_string_value(json_array_get(texts, i));

		ck_assert_uint_eq(strlen(text), 12);
		ck_assert_mem_eq(text, "ab", 2);
	}
	json_decref(object);
}
END_TEST

START_TEST(invalid_primes_formats_and_texts_are_refused)
{
	struct outcome outcome;

	learn_the_round("sequence");
	RUN(&outcome, "generate", "--prime", "abx", MODEL);
	expect_usage_error(&outcome, "'x'");
	outcome_release(&outcome);
	RUN(&outcome, "generate", "--prime", "\xce\xa9", MODEL);
	expect_usage_error(&outcome, "U+03A9");
	outcome_release(&outcome);
	RUN(&outcome, "generate", "--format", "svg", MODEL);
	expect_usage_error(&outcome, "svg");
	outcome_release(&outcome);
	RUN(&outcome, "generate", "--gallery", "--format", "braille", MODEL);
	expect_usage_error(&outcome, "--format braille is for points");
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "nowhere.txt", MODEL);
	expect_failure(&outcome, "nowhere.txt");
	outcome_release(&outcome);
	write_here("other.txt", "characters that are not there");
	RUN(&outcome, "evaluate", "--data", "other.txt", MODEL);
	expect_failure(&outcome, "other.txt");
	outcome_release(&outcome);
	write_here("short.txt", "a");
	RUN(&outcome, "evaluate", "--data", "short.txt", MODEL);
	expect_failure(&outcome, "short.txt");
	outcome_release(&outcome);
}
END_TEST

/*
 * A text too short for the requested batch runs with fewer streams, and says
 * so.
 */
START_TEST(the_batch_that_runs_is_shown)
{
	char *text;
	json_t *object;

	/* 224 characters make four streams of at least 50 */
	write_here("round.txt", ROUND ROUND ROUND ROUND);
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"round.txt", "--units", "2", "--updates", "1", "--validation",
		"0", MODEL);
	text = OUTPUT_OF("info", MODEL);
	ck_assert_msg(strstr(text, "\nbatch                 4 of 50\n") != NULL,
		"%s", text);
	free(text);
	object = info(MODEL);
	ck_assert_int_eq(get_integer(object, "batch"), 50);
	ck_assert_int_eq(get_integer(object, "streams"), 4);
	json_decref(object);
	/* as many streams as requested */
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"round.txt", "--units", "2", "--updates", "1", "--validation",
		"0", "--batch", "3", "--force", MODEL);
	text = OUTPUT_OF("info", MODEL);
	ck_assert_msg(strstr(text, "\nbatch                 3\n") != NULL, "%s",
		text);
	free(text);
}
END_TEST

/* Bytes that form no valid characters are written unchanged. */
START_TEST(bytes_are_written_unchanged)
{
	static const char bytes[] = "\xff\xfe\xff\xfe\xff\xfe\xff\xfe"
				    "\xff\xfe\xff\xfe\xff\xfe\xff\xfe";
	struct outcome outcome;
	char *text;

	write_here("bytes", bytes);
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--bytes",
		"--data", "bytes", "--units", "4", "--sequence-length", "4",
		"--batch", "2", "--validation", "0", "--updates", "300",
		"--learning-rate", "0.05", MODEL);
	text = OUTPUT_OF("generate", "--prime", "\xff", "--length", "4",
		"--temperature", "0", MODEL);
	ck_assert_str_eq(text, "\xff\xfe\xff\xfe\xff\n");
	free(text);
	RUN(&outcome, "generate", "--format", "json", MODEL);
	expect_failure(&outcome, "bytes");
	outcome_release(&outcome);
}
END_TEST

/* Return the lowest validation loss that train printed. */
static double
best_validation(const char *printed)
{
	static const char mark[] = "validation loss ";
	const char *at = printed;
	double best = INFINITY;

	while ((at = strstr(at, mark)) != NULL)
		best = fmin(best, strtod(at += strlen(mark), NULL));
	ck_assert_msg(isfinite(best), "%s", printed);
	return best;
}

/* The loss that train prints for its best model is that of evaluate. */
START_TEST(evaluate_repeats_the_validation_loss_of_training)
{
	char tale[FOLDER_PATH_SIZE], *printed;
	json_t *object;
	double loss;

	snprintf(tale, sizeof tale, "%s/examples/tale.txt",
		getenv("TOP_SRCDIR") != NULL ? getenv("TOP_SRCDIR") : ".");
	printed = OUTPUT_OF("train", "--seed", "1", "--task", "text", "--data",
		tale, "--framing", framings[_i], "--units", "8", "--batch",
		"10", "--updates", "600", MODEL);
	loss = best_validation(printed);
	free(printed);
	object = OBJECT_OF("evaluate", "--json", "m-best.safetensors");
	ck_assert_double_eq_tol(get_number(object, "loss"), loss, 2e-4);
	ck_assert_double_eq_tol(get_number(object, "perplexity"),
		exp(get_number(object, "loss")), 1e-6);
	ck_assert_double_eq_tol(get_number(object, "bits_per_character"),
		get_number(object, "loss") / log(2), 1e-6);
	ck_assert_double_gt(get_number(object, "count"), 400);
	loss = get_number(object, "loss");
	json_decref(object);
	printed = OUTPUT_OF("evaluate", "m-best.safetensors");
	ck_assert_double_eq_tol(strtod(printed + strlen("loss"), NULL), loss,
		1e-4);
	free(printed);
	/* the whole text, not only its validation part */
	object = OBJECT_OF("evaluate", "--json", "--data", tale,
		"m-best.safetensors");
	ck_assert_double_gt(get_number(object, "count"), 5000);
	json_decref(object);
}
END_TEST

/* Mixtures */

static void
learn_a_mixture(void)
{
	MUST("train", "--quiet", "--seed", "1", "--framing", "sequence",
		"--loss", "mixture", "--updates", "400", MODEL);
}

START_TEST(a_mixture_is_evaluated_by_its_samples)
{
	static const char *const keys[] = {"rectangle_error",
		"width_height_correlation", "width_distance",
		"height_distance"};
	json_t *object;
	char *text;

	learn_a_mixture();
	object = OBJECT_OF("evaluate", "--json", "--count", "200", MODEL);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		ck_assert(isfinite(get_number(object, keys[i])));
	ck_assert_double_gt(get_number(object, "generated"), 1);
	json_decref(object);
	text = OUTPUT_OF("evaluate", "--count", "200", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "median of"));
	ck_assert_ptr_nonnull(strstr(text, "Kolmogorov-Smirnov"));
	free(text);
}
END_TEST

START_TEST(the_rectangle_loss_is_evaluated_with_its_error)
{
	json_t *object;
	double plain;

	MUST("train", "--quiet", "--seed", "1", "--framing", "sequence",
		"--loss", "rectangle", "--rectangle-weight", "3", "--updates",
		"200", MODEL);
	object = OBJECT_OF("evaluate", "--json", MODEL);
	plain = get_number(object, "loss") -
		3 * get_number(object, "rectangle_error");
	/* the mean absolute error alone, of a model with few updates */
	ck_assert(plain > 0.05 && plain < 0.5);
	json_decref(object);
}
END_TEST

/* Screen */

static void
open_sized(const char *const *words, int rows, int columns)
{
	open_with(&(struct terminal_options){.command.arguments = words,
		.rows = rows,
		.columns = columns});
}

/* Assert that the right borders of the boxes are in one column. */
static void
expect_upright_boxes(int columns)
{
	struct terminal_cell cell;
	int sides = 0;

	for (int row = 1; row < terminal.rows - 1; row++) {
		terminal_cell(&terminal, row, columns - 1, &cell);
		sides += strcmp(cell.text, "│") == 0;
		ck_assert_msg(strcmp(cell.text, "│") == 0 ||
				strcmp(cell.text, "┐") == 0 ||
				strcmp(cell.text, "┘") == 0 ||
				strcmp(cell.text, " ") == 0,
			"row %d:\n%s", row, terminal_text(&terminal));
	}
	ck_assert_int_gt(sides, 10);
}

/*
 * Wide and combining characters, and control characters that must have no
 * effect.
 */
#define ODD                                                         \
	"猫はここ。\tе́ e\u0301a\u0308 cat\033[31m \xc2\x9b" \
	"5m x\n"

static void
expect_temperature(const char *key, int tenths)
{
	char title[64], message[64], value[16];

	snprintf(value, sizeof value, tenths % 10 == 0 ? "%d" : "%d.%d",
		tenths / 10, tenths % 10);
	snprintf(title, sizeof title, " temperature %s ─", value);
	snprintf(message, sizeof message, " temperature %s  ", value);
	press(key);
	expect(title);
	expect(message);
}

START_TEST(the_text_pane_shows_generated_text)
{
	write_here("odd.txt", ODD ODD ODD ODD ODD ODD ODD ODD ODD ODD);
	open_sized(WORDS("--seed", "1", "--task", "text", "--data", "odd.txt",
			   "--units", "12", "--batch", "4", "--sequence-length",
			   "10", "--updates", "400", "--speed", "0"),
		45, 180);
	expect("finished");
	expect("temperature 1");
	expect("blind guess");
	expect("letter counts");
	expect("one letter back");
	ck_assert(!terminal_shows(&terminal, "negative log density"));
	settle();
	expect_upright_boxes(180);
	press("<<<<<");
	expect("temperature 0.5");
	press(">");
	expect("temperature 0.6");
	/*
	 * in the pane's title and the message line; to the upper end and back
	 */
	for (int tenths = 7; tenths <= 31; tenths++)
		expect_temperature(">", tenths < 30 ? tenths : 30);
	for (int tenths = 29; tenths >= 0; tenths--)
		expect_temperature("<", tenths > 1 ? tenths : 1);
	press("f");
	expect("film strip");
	settle();
	expect_upright_boxes(180);
	press("f");
	expect_gone("film strip");
	press("g");
	settle();
	expect_upright_boxes(180);
	/* the written characters are those of the text */
	ck_assert(terminal_shows(&terminal, "猫") ||
		terminal_shows(&terminal, "cat") ||
		terminal_shows(&terminal, "は"));
	ck_assert_ptr_null(strstr(terminal.transcript, "\033[31m"));
	ck_assert_ptr_null(strstr(terminal.transcript, "\xc2\x9b"));
	for (int columns = 99; columns > 40; columns -= 13) {
		terminal_resize(&terminal, 30, columns);
		settle();
		ck_assert(terminal_shows(&terminal, "Training"));
	}
	leave();
}
END_TEST

/* A long text scrolls, and is written anew as training proceeds. */
START_TEST(a_long_text_scrolls_in_its_pane)
{
	char tale[FOLDER_PATH_SIZE];

	snprintf(tale, sizeof tale, "%s/examples/tale.txt",
		getenv("TOP_SRCDIR") != NULL ? getenv("TOP_SRCDIR") : ".");
	open_sized(WORDS("--seed", "1", "--task", "text", "--data", tale,
			   "--units", "4", "--batch", "2", "--sequence-length",
			   "5", "--updates", "1000", "--speed", "0"),
		24, 132);
	/* 10,000 characters, several epochs */
	expect("1,000/1,000");
	expect("validation");
	settle();
	expect_upright_boxes(132);
	leave();
}
END_TEST

START_TEST(the_batch_that_runs_is_shown_on_the_screen)
{
	write_here("round.txt", ROUND ROUND ROUND ROUND);
	open_sized(WORDS("--seed", "1", "--task", "text", "--data", "round.txt",
			   "--units", "2", "--updates", "1", "--validation",
			   "0", "--speed", "0"),
		45, 180);
	expect("finished");
	expect("4 of 50");
	leave();
}
END_TEST

/* The only update ends an epoch, whose validation takes many slices. */
START_TEST(a_text_finishes_with_its_validation)
{
	static char text[150000];

	for (size_t i = 0; i < sizeof text - 1; i++)
		text[i] = (char)('a' + i % 7);
	write_here("long.txt", text);
	open_sized(WORDS("--seed", "1", "--task", "text", "--data", "long.txt",
			   "--validation", "0.9", "--sequence-length", "20000",
			   "--units", "64", "--updates", "1", "--speed", "0"),
		30, 100);
	expect("finished");
	ck_assert_msg(terminal_shows(&terminal, "validation "), "%s",
		terminal_text(&terminal));
	leave();
}
END_TEST

START_TEST(a_mixture_is_shown_by_many_drawings)
{
	open_sized(WORDS("--seed", "1", "--framing", "sequence", "--loss",
			   "mixture", "--updates", "2000", "--learning-rate",
			   "0.01", "--speed", "0"),
		30, 100);
	expect("finished");
	press("d");
	expect(" samples");
	settle();
	expect_upright_boxes(100);
	press("d");
	expect("showing one sample");
	/* the loss of a density may be negative */
	expect("linear y");
	press("l");
	expect("symmetric log y");
	leave();
}
END_TEST

START_TEST(drawings_of_user_data_have_their_own_axes)
{
	write_here("far.csv",
		"1000,-5\n1200,7\n1400,-3\n\n1100,0\n1300,9\n1500,1\n");
	open_sized(WORDS("--seed", "1", "--task", "points", "--data", "far.csv",
			   "--framing", "sequence", "--updates", "200",
			   "--speed", "0"),
		30, 100);
	expect("finished");
	settle();
	expect_upright_boxes(100);
	ck_assert_msg(terminal_shows(&terminal, "1000") ||
			terminal_shows(&terminal, "1e+03") ||
			terminal_shows(&terminal, "1,000"),
		"%s", terminal_text(&terminal));
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("writing");
	TCase *text = add_case(suite, "text");
	TCase *mixture = add_case(suite, "mixture");
	TCase *screen = add_screen_case(suite, "screen");

	suite_add_loop(text, a_memorized_text_is_continued, 0, FRAMINGS);
	tcase_add_test(text, generated_text_depends_on_seed_and_temperature);
	tcase_add_test(text, json_output_has_each_generated_text);
	tcase_add_test(text, invalid_primes_formats_and_texts_are_refused);
	tcase_add_test(text, the_batch_that_runs_is_shown);
	tcase_add_test(text, bytes_are_written_unchanged);
	suite_add_loop(text, evaluate_repeats_the_validation_loss_of_training,
		0, FRAMINGS);
	tcase_add_test(mixture, a_mixture_is_evaluated_by_its_samples);
	tcase_add_test(mixture, the_rectangle_loss_is_evaluated_with_its_error);
	tcase_add_test(screen, the_text_pane_shows_generated_text);
	tcase_add_test(screen, the_batch_that_runs_is_shown_on_the_screen);
	tcase_add_test(screen, a_long_text_scrolls_in_its_pane);
	tcase_add_test(screen, a_text_finishes_with_its_validation);
	tcase_add_test(screen, a_mixture_is_shown_by_many_drawings);
	tcase_add_test(screen, drawings_of_user_data_have_their_own_axes);
	return suite_run(suite);
}
