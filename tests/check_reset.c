/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of --reset-at: the rule itself, its use in training, validation and
 * generation, and the text that a trained model generates by command and on the
 * screen.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "run/evaluate.h"
#include "run/writer.h"
#include "suite.h"
#include "task/reset.h"
#include "text_run.h"

enum { TEXT_MAX = 8192 };

/* Line ends, indexed by _i. */
static const char *const line_ends[] = {"\n", "\r\n", "\r"};

enum { LINE_ENDS = sizeof line_ends / sizeof line_ends[0] };

/* ---------------------------------------------------------------------- */
/* the rule */

static const struct {
	const char *text;
	/* the text with '|' at each reset */
	const char *line, *paragraph;
} rules[] = {
	{"a\na", "a\n|a", "a\na"},
	{"a\r\na", "a\r\n|a", "a\r\na"},
	{"a\ra", "a\r|a", "a\ra"},
	{"a\n\na", "a\n|\n|a", "a\n\n|a"},
	{"a\r\n\r\na", "a\r\n|\r\n|a", "a\r\n\r\n|a"},
	{"a\r\ra", "a\r|\r|a", "a\r\r|a"},
	{"a\n\r\na", "a\n|\r\n|a", "a\n\r\n|a"},
	{"a\r\n\ra", "a\r\n|\r|a", "a\r\n\r|a"},
	{"a\r\n\na", "a\r\n|\n|a", "a\r\n\n|a"},
	{"a\n\n\na", "a\n|\n|\n|a", "a\n\n|\n|a"},
	{"\na", "\n|a", "\na"},
	{"a\n", "a\n", "a\n"},
	{"a\r\n", "a\r\n", "a\r\n"},
};

enum { RULES = sizeof rules / sizeof rules[0] };

static void
expect_marks(const struct reset *at, const char *text, const char *marked)
{
	static uint32_t characters[] = {'\n', '\r', 'a'};
	const struct vocabulary vocabulary = {.count = 3,
		.characters = 3,
		.character = characters};
	struct reset_rule rule = reset_rule_create(at, &vocabulary);
	uint32_t token[16];
	size_t count = strlen(text), length = 0;
	char found[32];

	for (size_t i = 0; i < count; i++) {
		token[i] = text[i] == '\n' ? 0 : text[i] == '\r' ? 1 : 2;
		if (reset_is_before(&rule, token, i))
			found[length++] = '|';
		found[length++] = text[i];
		/* RESET_LOOK_BACK previous tokens are sufficient */
		if (i >= RESET_LOOK_BACK)
			ck_assert(reset_is_before(&rule,
					  token + i - RESET_LOOK_BACK,
					  RESET_LOOK_BACK) ==
				reset_is_before(&rule, token, i));
	}
	found[length] = '\0';
	ck_assert_str_eq(found, marked);
}

START_TEST(line_ends_are_lf_cr_lf_and_cr)
{
	expect_marks(&reset_line, rules[_i].text, rules[_i].line);
	expect_marks(&reset_paragraph, rules[_i].text, rules[_i].paragraph);
	expect_marks(&reset_never, rules[_i].text, rules[_i].text);
}
END_TEST

/* Copy a text and replace each LF by another line end. */
static void
put_line_ends(char copy[TEXT_MAX], const char *text, const char *line_end)
{
	*copy = '\0';
	for (; *text != '\0'; text++) {
		ck_assert_uint_lt(strlen(copy) + 3, TEXT_MAX);
		strncat(copy, *text == '\n' ? line_end : text,
			*text == '\n' ? 2 : 1);
	}
}

/* ---------------------------------------------------------------------- */
/* the same resets in training, validation and generation */

#define VERSES                                                                \
	"Now is the winter of our discontent\nMade glorious summer "          \
	"by this sun of York;\n\nAnd all the clouds that lour'd upon our "    \
	"house\nIn the deep bosom of the ocean buried.\n\nNow are our brows " \
	"bound with victorious wreaths;\n\n\nOur bruised arms hung up for "   \
	"monuments;\n"

/*
 * Compute the log-probabilities of a text's tokens with the pass of a training
 * run of one stream; expected[k] is that of token k + 1.
 */
static size_t
training_path(struct run *run, double *expected)
{
	struct reader_state *state = &run->state.reader;
	size_t count = 0, outputs = run_features(run);

	ck_assert_uint_eq(state->position.streams, 1);
	reader_state_reset(state);
	while (state->position.epochs == 0) {
		reader_fill(&run->reader, state, &run->batch, &run->pass);
		pass_predict_tokens(&run->pass, run->batch.steps, 1,
			run->batch.input_tokens);
		for (size_t t = 0; t < run->batch.predicted; t++)
			expected[count++] =
				text_log_probability(run->pass.predictions +
						t * outputs,
					outputs, run->batch.target_tokens[t]);
		reader_commit(&run->reader, state, &run->pass);
	}
	return count;
}

/* Generation and training give each token the same probability. */
START_TEST(generation_passes_through_the_states_of_training)
{
	const char *const options[][2] = {{"units", "12"}, {"batch", "1"},
		{"sequence-length", "7"}, {"validation", "0"},
		{"learning-rate", "0.02"},
		{"reset-at", reset_list[_i / LINE_ENDS]->name}, {NULL, NULL}};
	static double expected[TEXT_MAX];
	char text[TEXT_MAX], path[FOLDER_PATH_SIZE];
	double off = 0, sum = 0;
	struct text_evaluation evaluation;
	struct writer writer;
	struct error error;
	struct run *run;
	size_t count;

	put_line_ends(text, VERSES, line_ends[_i % LINE_ENDS]);
	write_here("verses.txt", text);
	run = text_run_begin(options, folder_join(path, folder, "verses.txt"));
	text_run_train(run, 300, UINT64_MAX);
	count = training_path(run, expected);
	ck_assert_uint_eq(count, strlen(text) - 1);

	ck_assert(writer_create(&writer, run, 1, &error));
	for (size_t i = 0; i < count; i++) {
		const struct token_array *token = &run->reader.text.token;

		writer_read(&writer, token_array_get(token, i));
		off = fmax(off,
			fabs(expected[i] -
				text_log_probability(writer.pass.predictions,
					writer.tokens,
					token_array_get(token, i + 1))));
		sum -= expected[i];
	}
	writer_destroy(&writer);
	ck_assert_double_lt(off, 1e-6);

	ck_assert(evaluate_text(run, path, &evaluation, &error));
	ck_assert_uint_eq(evaluation.count, count);
	ck_assert_double_eq_tol(evaluation.loss, sum / (double)count, 1e-6);
	text_run_end(run);
}
END_TEST

/* CR gets the token of LF, so that all numbers are the same. */
START_TEST(lines_of_cr_train_as_lines_of_lf)
{
	double last[2];

	for (int i = 0; i < 2; i++) {
		const char *const options[][2] = {{"units", "8"},
			{"batch", "2"}, {"validation", "0"},
			{"reset-at", reset_list[_i]->name}, {NULL, NULL}};
		char text[TEXT_MAX], path[FOLDER_PATH_SIZE];
		struct run *run;

		put_line_ends(text, VERSES, i == 0 ? "\n" : "\r");
		write_here("verses.txt", text);
		run = text_run_begin(options,
			folder_join(path, folder, "verses.txt"));
		text_run_train(run, 40, UINT64_MAX);
		last[i] = run->state.history.last;
		text_run_end(run);
	}
	ck_assert_double_eq(last[0], last[1]);
}
END_TEST

START_TEST(a_reset_that_never_occurs_is_refused)
{
	static const struct {
		const char *text, *at, *said;
	} refused[] = {
		{"no line ends in this text", "line", "no second line"},
		{"the only line end is the last\n", "line", "no second line"},
		{"a line\r\nand another\r\n", "paragraph",
			"no second paragraph"},
		{"a line\rand another\r", "paragraph", "no second paragraph"},
	};
	struct outcome outcome;

	write_here("t.txt", refused[_i].text);
	RUN(&outcome, "train", "--task", "text", "--data", "t.txt",
		"--validation", "0", "--reset-at", refused[_i].at, MODEL);
	expect_usage_error(&outcome, refused[_i].said);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "t.txt"));
	ck_assert_ptr_nonnull(strstr(outcome.errors, refused[_i].at));
	ck_assert(!exists_here(MODEL));
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* generated text */

static const char *const names[] = {"Anna", "Berta", "Dora", "Emil", "Frida",
	"Gustav", "Hanna", "Otto"};

/* Write 400 random names, one a line or one a paragraph. */
static void
write_names(const char *line_end, bool is_paragraphs)
{
	static char list[TEXT_MAX], text[TEXT_MAX];
	uint32_t state = 5;

	list[0] = '\0';
	for (int i = 0; i < 400; i++) {
		state = state * 1664525u + 1013904223u;
		strcat(list, names[state >> 29]);
		strcat(list, is_paragraphs ? "\n\n" : "\n");
	}
	put_line_ends(text, list, line_end);
	write_here("names.txt", text);
}

#define LEARN_NAMES                                                            \
	"--seed", "1", "--task", "text", "--data", "names.txt", "--units",     \
		"24", "--batch", "10", "--sequence-length", "12", "--updates", \
		"500", "--learning-rate", "0.01", "--learning-rate-decay", "1"

static bool
is_name(const char *line)
{
	for (int i = 0; i < COUNT(names); i++)
		if (strcmp(line, names[i]) == 0)
			return true;
	return false;
}

/* Return the number of complete lines; count those that are names. */
static size_t
count_names(char *text, const char *line_end, size_t *are_names)
{
	size_t lines = 0;
	char *end;

	*are_names = 0;
	while ((end = strstr(text, line_end)) != NULL) {
		*end = '\0';
		lines++;
		*are_names += is_name(text);
		text = end + strlen(line_end);
	}
	return lines;
}

START_TEST(generated_lines_are_the_learnt_ones)
{
	const char *line_end = line_ends[_i % LINE_ENDS];
	bool is_paragraphs = _i >= LINE_ENDS;
	size_t lines, are_names;
	char end[8], *text;

	snprintf(end, sizeof end, "%s%s", line_end,
		is_paragraphs ? line_end : "");
	write_names(line_end, is_paragraphs);
	MUST("train", "--quiet", LEARN_NAMES, "--reset-at",
		is_paragraphs ? "paragraph" : "line", MODEL);
	text = OUTPUT_OF("generate", "--seed", "1", "--length", "700", MODEL);
	lines = count_names(text, end, &are_names);
	ck_assert_uint_gt(lines, 80);
	ck_assert_msg(are_names + 3 >= lines, "%zu of %zu", are_names, lines);
	free(text);
}
END_TEST

/* Generation resets the state within a prime too. */
START_TEST(lines_after_a_prime_are_the_learnt_ones)
{
	const char *line_end = line_ends[_i];
	size_t lines, are_names;
	char prime[32], *text;

	snprintf(prime, sizeof prime, "Hanna%sOtto%sGus", line_end, line_end);
	write_names(line_end, false);
	MUST("train", "--quiet", LEARN_NAMES, "--reset-at", "line", MODEL);
	text = OUTPUT_OF("generate", "--seed", "1", "--length", "400",
		"--prime", prime, MODEL);
	ck_assert_mem_eq(text, prime, strlen(prime));
	ck_assert_mem_eq(text + strlen(prime), "tav", 3);
	lines = count_names(text, line_end, &are_names);
	ck_assert_uint_gt(lines, 50);
	ck_assert_msg(are_names + 2 >= lines, "%zu of %zu", are_names, lines);
	free(text);
}
END_TEST

/* Return the number of words in the right pane; count those that are names. */
static int
names_on_screen(int *are_names)
{
	int count = 0;

	*are_names = 0;
	for (int row = 2; row < terminal.rows; row++) {
		char line[TEXT_SIZE], word[TEXT_SIZE], *side = NULL;

		terminal_line(&terminal, row, line, sizeof line);
		if (strstr(line, "Training") != NULL)
			break;
		/* the pane begins after the last pair of borders */
		for (char *at = line; (at = strstr(at, "││")) != NULL; at++)
			side = at + strlen("││");
		if (side == NULL || sscanf(side, "%4095s", word) != 1 ||
			strcmp(word, "│") == 0)
			continue;
		count++;
		*are_names += is_name(word);
	}
	return count;
}

START_TEST(lines_on_the_screen_are_the_learnt_ones)
{
	int lines, are_names;

	write_names(line_ends[_i], false);
	open_with(&(
		struct terminal_options){.command.arguments = WORDS(LEARN_NAMES,
						 "--reset-at", "line",
						 "--speed", "0"),
		/* too low for more panes, which would also contain names */
		.rows = 29,
		.columns = 100});
	expect("finished");
	press_and_settle("g");
	lines = names_on_screen(&are_names);
	ck_assert_int_gt(lines, 12);
	/* the first and the last name may be incomplete */
	ck_assert_msg(are_names + 2 >= lines, "%d of %d:\n%s", are_names, lines,
		terminal_text(&terminal));
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reset");
	TCase *rule = suite_group(suite, "rule", SUITE_SECONDS);
	TCase *state = add_case(suite, "state");
	TCase *written = add_case(suite, "written");
	TCase *screen = add_screen_case(suite, "screen");

	suite_add_loop(rule, line_ends_are_lf_cr_lf_and_cr, 0, RULES);
	suite_add_loop(state, generation_passes_through_the_states_of_training,
		0, 3 * LINE_ENDS);
	suite_add_loop(state, lines_of_cr_train_as_lines_of_lf, 0, 3);
	suite_add_loop(state, a_reset_that_never_occurs_is_refused, 0, 4);
	suite_add_loop(written, generated_lines_are_the_learnt_ones, 0,
		2 * LINE_ENDS);
	suite_add_loop(written, lines_after_a_prime_are_the_learnt_ones, 0,
		LINE_ENDS);
	suite_add_loop(screen, lines_on_the_screen_are_the_learnt_ones, 0,
		LINE_ENDS);
	return suite_run(suite);
}
