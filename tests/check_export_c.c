/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui export --format c`: what every kind of run becomes compiles
 * as C99 without a warning and prints what `lstmtui generate` prints; samples
 * have their distributions; names and vocabularies are harmless. Without a C
 * compiler these are not tested.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/c_source.h"
#include "here.h"
#include "suite.h"

#define MODEL "m.safetensors"
#define WARNINGS "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror"

/* Tokens and points that are compared. */
#define LENGTH "24"

/* Names of C compilers, to be tried in this order. */
static const char *const compilers[] = {"cc", "gcc", "clang"};

static const char *compiler;

/* Return the C compiler of the system, or NULL. */
static const char *
find_compiler(void)
{
	for (int i = 0; i < COUNT(compilers); i++) {
		char command[64];

		snprintf(command, sizeof command, "command -v %s >/dev/null",
			compilers[i]);
		if (system(command) == 0)
			return compilers[i];
	}
	return NULL;
}

static void
run_in_folder(struct outcome *outcome, const char *program,
	const char *const *arguments)
{
	command_run(&(struct command){.program = program,
			    .folder = folder,
			    .arguments = arguments},
		outcome);
}

/* Compile a source to ./program, and expect no message. */
static void
must_compile(const char *const *arguments)
{
	struct outcome outcome;

	run_in_folder(&outcome, compiler, arguments);
	ck_assert_msg(outcome.status == 0 && outcome.errors[0] == '\0', "%s",
		outcome.errors);
	outcome_release(&outcome);
}

/* Return what ./program prints. The caller frees it. */
static char *
output_of_program(const char *const *arguments)
{
	struct outcome outcome;
	char *output;

	run_in_folder(&outcome, "./program", arguments);
	expect_status(&outcome, 0);
	output = strdup(outcome.output);
	outcome_release(&outcome);
	return output;
}

static void
export_program(const char *source)
{
	MUST("export", "--quiet", "--force", MODEL, source);
	if (compiler != NULL)
		must_compile(WORDS(WARNINGS, "-DLSTMTUI_MAIN", "-o", "program",
			source, "-lm"));
}

/* Expect the same numbers, up to rounding that grows from step to step. */
static void
expect_same_points(const char *own, const char *expected)
{
	size_t count = 0;

	while (*expected != '\0') {
		char *own_end, *expected_end;
		double a = strtod(own, &own_end);
		double b = strtod(expected, &expected_end);

		EXPECT(own_end > own && expected_end > expected, "no number");
		EXPECT(fabs(a - b) <= 1e-4 * fmax(1, fabs(b)),
			"number %zu: %g is not %g", count, a, b);
		EXPECT(*own_end == *expected_end, "number %zu: other signs",
			count);
		own = own_end + 1;
		expected = expected_end + 1;
		count++;
	}
	ck_assert_uint_ge(count, (size_t)atoi(LENGTH));
}

static void
check_points(const char *const *train, const char *const *generate)
{
	char *own, *expected;

	must_run(train);
	export_program("m.c");
	if (compiler == NULL)
		return;
	own = output_of_program(WORDS(LENGTH, "0"));
	expected = run_for_output(generate);
	expect_same_points(own, expected);
	free(own);
	free(expected);
}

#define TRAIN(...)                                                       \
	WORDS("train", "--quiet", "--force", "--seed=3", "--updates=12", \
		__VA_ARGS__, MODEL)
#define POINTS(...)                      \
	check_points(TRAIN(__VA_ARGS__), \
		WORDS("generate", "--quiet", "--length=" LENGTH, MODEL))
#define MIXTURE(...)                                             \
	check_points(TRAIN("--loss=mixture", __VA_ARGS__),       \
		WORDS("generate", "--quiet", "--length=" LENGTH, \
			"--temperature=0", MODEL))

START_TEST(points_of_every_framing_and_cell)
{
	static const char *const framings[] = {"--framing=one-to-one",
		"--framing=sequence", "--framing=many-to-one",
		"--framing=one-to-many"};
	static const char *const cells[] = {"--cell=lstm", "--cell=gru",
		"--cell=rnn"};

	POINTS(framings[_i], cells[_i % 3], "--units=5", "--task=star");
	POINTS(framings[_i], cells[(_i + 1) % 3], "--units=4,6", "--task=star");
	MIXTURE(framings[_i], "--mixtures=2", "--units=4");
}
END_TEST

START_TEST(hard_sigmoids_and_other_losses)
{
	POINTS("--recurrent-activation=hard-sigmoid", "--framing=sequence");
	POINTS("--recurrent-activation=hard-sigmoid", "--framing=sequence",
		"--cell=gru", "--loss=huber");
	POINTS("--framing=sequence", "--cell=rnn", "--loss=rectangle");
}
END_TEST

/* Columns whose numbers are far from 0, such as times, keep their digits. */
static void
write_data(void)
{
	char text[4000] = "time,price,weight\n";

	for (int i = 0; i < 40; i++)
		sprintf(text + strlen(text), "%d,%g,%g\n", 1700000000 + 60 * i,
			900 + 30 * sin(i / 5.0), 0.001 * cos(i / 3.0));
	write_here("data.csv", text);
}

START_TEST(scaled_data_are_in_their_units)
{
	write_data();
	POINTS("--data=data.csv", "--framing=sequence", "--units=5");
	POINTS("--data=data.csv", "--framing=one-to-many", "--units=5");
	MIXTURE("--data=data.csv", "--framing=many-to-one", "--mixtures=2");
	POINTS("--data=data.csv", "--framing=sequence", "--scale=none",
		"--columns=price", "--units=5");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Texts */

static void
write_text(const char *name, const char *line, size_t size)
{
	size_t length = strlen(line), at = 0;
	char *text = calloc(size + length + 1, 1);

	for (; at < size; at += length)
		memcpy(text + at, line, length);
	write_here(name, text);
	free(text);
}

/* The ends of comments and strings, trigraphs, and words of other scripts. */
#define ODD_LINE                                            \
	"To be, or not to be\r\n\r\n*/ ?\?/ \" \\ <don't> " \
	"\320\267\320\262\321\203\320\272 caf\303\251 na\303\257ve 1\n"

static void
expect_same_text(const char *prime)
{
	char *own = output_of_program(WORDS(prime, "0", "1", LENGTH));
	char *expected = OUTPUT_OF("generate", "--quiet", "--temperature=0",
		"--length=" LENGTH, "--prime", prime, MODEL);

	ck_assert_str_eq(own, expected);
	ck_assert_uint_gt(strlen(own), strlen(prime));
	free(own);
	free(expected);
}

static void
check_text(const char *const *train)
{
	write_text("text.txt", ODD_LINE, 1200);
	must_run(train);
	export_program("m.c");
	if (compiler == NULL)
		return;
	expect_same_text("");
	expect_same_text("be, nor bet \320\267\320\262\321\203\320\272");
	expect_same_text("caf\303\251 don't\r\n\r\n");
}

#define TEXT(...)                                                       \
	check_text(TRAIN("--task=text", "--data=text.txt", "--units=6", \
		"--batch=4", __VA_ARGS__))

START_TEST(texts_of_every_framing)
{
	static const char *const framings[] = {"--framing=one-to-one",
		"--framing=sequence", "--framing=many-to-one",
		"--framing=one-to-many"};

	TEXT(framings[_i], _i % 2 == 0 ? "--cell=gru" : "--cell=lstm");
}
END_TEST

START_TEST(texts_of_every_kind_of_token)
{
	TEXT("--tokens=words", "--sequence-length=10");
	TEXT("--tokens=bytes", "--sequence-length=10", "--cell=rnn");
	TEXT("--reset-at=line", "--sequence-length=10", "--units=5,4");
	TEXT("--reset-at=paragraph", "--sequence-length=10");
}
END_TEST

START_TEST(a_prime_outside_the_vocabulary_is_refused)
{
	struct outcome outcome;

	write_text("text.txt", ODD_LINE, 600);
	must_run(TRAIN("--task=text", "--data=text.txt", "--units=4",
		"--batch=4", "--sequence-length=10"));
	export_program("m.c");
	if (compiler == NULL)
		return;
	run_in_folder(&outcome, "./program", WORDS("to be Q"));
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_str_eq(outcome.output, "");
	ck_assert_str_eq(outcome.errors,
		"a character is not in the vocabulary\n");
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Distributions */

/*
 * Two components of weights 1 : 3, the first at (0, 0), the second at (5, 5)
 * with widths of 2 and 0.5 and a correlation of 0.6.
 */
static const char mixture_driver[] =
	"#include \"m.c\"\n"
	"#include <stdio.h>\n"
	"int main(void) {\n"
	"double out[12] = {0, 1.0986123, 0, 0, 5, 5, -9, -9, 0.6931472,\n"
	"-0.6931472, 0, 0.6940}, p[2], n = 0, x = 0, y = 0, xx = 0, yy = 0,\n"
	"xy = 0;\n"
	"uint64_t random = 7;\n"
	"for (int i = 0; i < 40000; i++) {\n"
	"m_sample(out, 1.0, &random, p);\n"
	"if (fabs(p[0]) < 0.1 && fabs(p[1]) < 0.1) continue;\n"
	"p[0] -= 5; p[1] -= 5; n++; x += p[0]; y += p[1];\n"
	"xx += p[0] * p[0]; yy += p[1] * p[1]; xy += p[0] * p[1]; }\n"
	"printf(\"%g %g %g %g %g %g\\n\", n / 40000, x / n, y / n,\n"
	"sqrt(xx / n), sqrt(yy / n), xy / sqrt(xx * yy));\n"
	"return 0; }\n";

static void
compile_driver(const char *driver)
{
	write_here("driver.c", driver);
	must_compile(WORDS("-std=c99", "-o", "program", "driver.c", "-lm"));
}

START_TEST(samples_of_a_mixture_have_its_moments)
{
	static const double expected[] = {0.75, 0, 0, 2, 0.5, 0.6};
	static const double limit[] = {0.01, 0.06, 0.015, 0.04, 0.01, 0.02};
	char *output, *at;

	must_run(TRAIN("--loss=mixture", "--mixtures=2", "--sigma-floor=1e-6",
		"--units=4"));
	export_program("m.c");
	if (compiler == NULL)
		return;
	compile_driver(mixture_driver);
	output = at = output_of_program(WORDS("x"));
	for (int i = 0; i < COUNT(expected); i++) {
		double found = strtod(at, &at);

		ck_assert_msg(fabs(found - expected[i]) <= limit[i],
			"moment %d: %g is not %g", i, found, expected[i]);
	}
	free(output);
}
END_TEST

/* Scores 0, 1 and -9 at temperature 0.5. */
static const char text_driver[] =
	"#include \"m.c\"\n"
	"#include <stdio.h>\n"
	"int main(void) {\n"
	"static struct m_state state;\n"
	"static double p[M_TOKENS];\n"
	"double zeros = 0;\n"
	"uint64_t random = 7;\n"
	"for (int i = 0; i < 20000; i++) {\n"
	"for (int t = 0; t < M_TOKENS; t++) state.scores[t] = -9;\n"
	"state.scores[0] = 0; state.scores[1] = 1;\n"
	"m_softmax(state.scores, 0.5, p);\n"
	"zeros += m_next(&state, 0.5, &random) == 0; }\n"
	"printf(\"%g %g\\n\", p[0], zeros / 20000);\n"
	"return 0; }\n";

START_TEST(tokens_are_drawn_with_their_probabilities)
{
	char *output, *at;

	write_text("text.txt", ODD_LINE, 600);
	must_run(TRAIN("--task=text", "--data=text.txt", "--units=2",
		"--batch=4", "--sequence-length=10"));
	export_program("m.c");
	if (compiler == NULL)
		return;
	compile_driver(text_driver);
	output = at = output_of_program(WORDS("x"));
	/* 1 / (1 + e²) */
	ck_assert_double_le(fabs(strtod(at, &at) - 0.1192029), 1e-6);
	ck_assert_double_le(fabs(strtod(at, &at) - 0.1192029), 0.01);
	free(output);
}
END_TEST

START_TEST(other_seeds_draw_other_points)
{
	char *one, *same, *other;

	must_run(TRAIN("--loss=mixture", "--units=4"));
	export_program("m.c");
	if (compiler == NULL)
		return;
	one = output_of_program(WORDS(LENGTH, "1", "1"));
	same = output_of_program(WORDS(LENGTH, "1", "1"));
	other = output_of_program(WORDS(LENGTH, "1", "2"));
	ck_assert_str_eq(one, same);
	ck_assert_str_ne(one, other);
	free(one);
	free(same);
	free(other);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Names and bytes */

START_TEST(names_become_identifiers)
{
	static const char *const names[][2] = {
		{"a.safetensors", "a_step("},
		{"My model-2.safetensors", "my_model_2_step("},
		{"2nd.safetensors", "m2nd_step("},
		{"__x__.safetensors", "x_step("},
		{"\320\272.safetensors", "model_step("},
		{"x ?\?'*\"\\.safetensors", "x_step("},
		{"lstm.safetensors", "lstm_step("},
		{"abcdefghijklmnopqrstuvwxyz.safetensors",
			"abcdefghijklmnopqrst_step("},
	};

	must_run(WORDS("train", "--quiet", "--updates=1", "--units=2",
		"--seed=1", names[0][0]));
	for (int i = 0; i < COUNT(names); i++) {
		char from[FOLDER_PATH_SIZE], to[FOLDER_PATH_SIZE], *source;

		path_here(from, names[i > 0 ? i - 1 : 0][0]);
		path_here(to, names[i][0]);
		ck_assert_int_eq(rename(from, to), 0);
		source = OUTPUT_OF("export", "--format=c", names[i][0], "-");
		ck_assert_msg(strstr(source, names[i][1]) != NULL, "%s",
			names[i][1]);
		write_here("x.c", source);
		free(source);
		if (compiler != NULL)
			must_compile(WORDS(WARNINGS, "-c", "-o", "x.o", "x.c"));
	}
}
END_TEST

START_TEST(text_ends_no_comment_or_string)
{
	struct bytes bytes = {0};
	struct c_source source = c_source_begin(&bytes, "m");

	c_source_add_comment(&source, "a*/b/*c?\?/d\\\ne\303\251");
	c_source_add_string(&source, "?\?/\"\\\n1\0012\303\251", 11);
	bytes_add(&bytes, "", 1);
	ck_assert_str_eq((char *)bytes.data,
		"a*_b/_c?_/d__e__\"\\?\\?/\\\"\\\\\\n1\\0012\\303\\251\"");
	bytes_release(&bytes);
}
END_TEST

START_TEST(the_same_model_gives_the_same_bytes)
{
	size_t one_length, other_length;
	char *one, *other;

	must_run(TRAIN("--units=4"));
	MUST("export", "--quiet", MODEL, "a.c");
	MUST("export", "--quiet", MODEL, "b.c");
	one = read_here("a.c", &one_length);
	other = read_here("b.c", &other_length);
	ck_assert_uint_eq(one_length, other_length);
	ck_assert_mem_eq(one, other, one_length);
	free(one);
	free(other);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export_c");
	TCase *group = add_case(suite, "points");

	compiler = find_compiler();
	if (compiler == NULL)
		printf("not tested: no C compiler to compile exports with\n");
	suite_add_loop(group, points_of_every_framing_and_cell, 0, 4);
	tcase_add_test(group, hard_sigmoids_and_other_losses);
	tcase_add_test(group, scaled_data_are_in_their_units);
	group = add_case(suite, "texts");
	suite_add_loop(group, texts_of_every_framing, 0, 4);
	tcase_add_test(group, texts_of_every_kind_of_token);
	tcase_add_test(group, a_prime_outside_the_vocabulary_is_refused);
	group = add_case(suite, "distributions");
	tcase_add_test(group, samples_of_a_mixture_have_its_moments);
	tcase_add_test(group, tokens_are_drawn_with_their_probabilities);
	tcase_add_test(group, other_seeds_draw_other_points);
	group = add_case(suite, "bytes");
	tcase_add_test(group, names_become_identifiers);
	tcase_add_test(group, text_ends_no_comment_or_string);
	tcase_add_test(group, the_same_model_gives_the_same_bytes);
	return suite_run(suite);
}
