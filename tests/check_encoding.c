/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the encodings of text files: a byte order mark is not a character;
 * an error about a file that is not UTF-8 gives the position, the encoding and
 * a command to convert it; runs of older versions, which kept the mark as a
 * character, can be resumed.
 */
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "run/evaluate.h"
#include "session/model_file.h"
#include "suite.h"
#include "base/utf8.h"
#include "task/encoding.h"
#include "text_run.h"

#define MODEL "m.safetensors"
#define MARK "\xef\xbb\xbf"
/* U+FEFE, the code point before that of the mark. */
#define OTHER "\xef\xbb\xbe"
#define SONG "the cat sat on the mat and sang of the rat on the mat\n"

static void
run_in_shell(const char *command)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder,
			    .program = "/bin/sh",
			    .arguments = WORDS("-c", command)},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}

/* Write a text in an encoding, converted by iconv. */
static void
write_encoded(const char *name, const char *text, const char *encoding)
{
	char path[FOLDER_PATH_SIZE], command[2 * FOLDER_PATH_SIZE];

	write_here("source", text);
	snprintf(command, sizeof command, "iconv -f UTF-8 -t %s '%s' > '%s'",
		encoding, folder_join(path, folder, "source"), name);
	run_in_shell(command);
}

static const struct {
	const char *text, *encoding, *named;
} encoded[] = {
	/* with a byte order mark */
	{SONG, "UTF-16", "UTF-16"},
	{SONG, "UTF-32", "UTF-32"},
	/* without a mark */
	{SONG, "UTF-16LE", "UTF-16LE"},
	{SONG, "UTF-16BE", "UTF-16BE"},
	{SONG, "UTF-32LE", "UTF-32LE"},
	{SONG, "UTF-32BE", "UTF-32BE"},
	{"Где-то далеко, в степи\n", "UTF-16LE", "UTF-16LE"},
	{"Где-то далеко, в степи\n", "UTF-16BE", "UTF-16BE"},
	{"猫はここにいる。 犬はそこにいる。\n", "UTF-16LE", "UTF-16LE"},
	{"𝄞 and a clef beyond the basic plane", "UTF-16BE", "UTF-16BE"},
	{"Größe und Maß über alles\n", "ISO-8859-1", "ISO-8859-1"},
	{"It costs 5 € and “quotes”\n", "WINDOWS-1252", "WINDOWS-1252"},
};

/* The file written by the message's command is accepted. */
START_TEST(a_text_that_is_not_utf8_is_refused_with_a_command_to_convert_it)
{
	struct outcome outcome;
	char wanted[128], *command, *end;
	size_t length;
	char *text;

	write_encoded("a text.txt", encoded[_i].text, encoded[_i].encoding);
	RUN(&outcome, "train", "--quiet", "--task", "text", "--data",
		"a text.txt", "--updates", "1", "--units", "2", "--validation",
		"0", MODEL);
	expect_failure(&outcome, "a text.txt");
	snprintf(wanted, sizeof wanted, "iconv -f %s -t UTF-8 '",
		encoded[_i].named);
	command = strstr(outcome.errors, wanted);
	ck_assert_msg(command != NULL, "%s", outcome.errors);
	end = strstr(command, " (or");
	ck_assert_ptr_nonnull(end);
	*end = '\0';
	run_in_shell(command);
	text = read_here("a text.txt.utf8", &length);
	ck_assert_str_eq(strncmp(text, MARK, 3) == 0 ? text + 3 : text,
		encoded[_i].text);
	free(text);
	outcome_release(&outcome);
	MUST("train", "--quiet", "--task", "text", "--data", "a text.txt.utf8",
		"--updates", "1", "--units", "2", "--validation", "0", MODEL);
	/* the original file is accepted as bytes */
	MUST("train", "--quiet", "--force", "--task", "text", "--bytes",
		"--data", "a text.txt", "--updates", "1", "--units", "2",
		"--validation", "0", MODEL);
}
END_TEST

/* clang-format off */
static const struct {
	const char *bytes;
	size_t length;
	const char *guess; /* NULL: none */
} guesses[] = {
	{"caf\xe9", 4, "ISO-8859-1"},
	{"5 \x80", 3, "WINDOWS-1252"},
	{"a \x81 is in neither", 17, NULL},
	{"\xf7\xd2\xc5\xcd\xd1 \xcb\xcf\xc9", 9, NULL}, /* KOI8-R */
	{"Gr\xc3\xb6\xc3\x9f" "e, broken \xc3", 17, NULL},
	{"\x7f" "ELF\x02\x01\x01 caf\xe9 and more", 20, NULL},
	{"an odd\0 length\xe9", 15, NULL},
};
/* clang-format on */

START_TEST(an_encoding_is_guessed_only_if_it_is_likely)
{
	const unsigned char *bytes = (const unsigned char *)guesses[_i].bytes;
	const char *guess = encoding_guess(bytes, guesses[_i].length);

	ck_assert_pstr_eq(guess, guesses[_i].guess);
	ck_assert_ptr_null(encoding_wide(bytes, guesses[_i].length));
}
END_TEST

/* UTF-8 may contain zero bytes. */
START_TEST(utf8_with_zeros_is_utf8)
{
	static const char zeros[] = "one\0two\0three\0four\0five\0six\0seven";

	ck_assert_ptr_null(
		encoding_wide((const unsigned char *)zeros, sizeof zeros - 1));
	ck_assert_ptr_null(encoding_wide((const unsigned char *)"", 0));
}
END_TEST

/* clang-format off */
static const struct {
	const char *text, *place;
} places[] = {
	{"\xff 12345678901", "byte 1, in line 1,"},
	{"12345\n78901\n\xff", "byte 13, in line 3,"},
	{"12345\r\n8901\r\n\xff", "byte 14, in line 3,"},
	{"12345\r78901\r\xff", "byte 13, in line 3,"},
	{MARK "12345\n7\xff" "8901", "byte 11, in line 2,"},
};
/* clang-format on */

START_TEST(bytes_and_lines_are_counted_from_one)
{
	struct outcome outcome;

	write_here("t.txt", places[_i].text);
	RUN(&outcome, "train", "--task", "text", "--data", "t.txt", MODEL);
	expect_failure(&outcome, places[_i].place);
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the byte order mark */

static const char *const small[][2] = {{"units", "4"}, {"batch", "2"},
	{"sequence-length", "5"}, {NULL, NULL}};

static struct run *
begin_with(const char *text, char path[FOLDER_PATH_SIZE])
{
	write_here("t.txt", text);
	return text_run_begin(small, folder_join(path, folder, "t.txt"));
}

START_TEST(a_byte_order_mark_is_no_character)
{
	char path[FOLDER_PATH_SIZE];
	struct text_evaluation one, other;
	struct error error;
	struct run *plain = begin_with(SONG SONG, path);
	struct run *marked;
	double last;

	text_run_train(plain, 30, UINT64_MAX);
	last = plain->state.history.last;
	ck_assert(evaluate_text(plain, "", &one, &error));
	text_run_end(plain);
	marked = begin_with(MARK SONG SONG, path);
	text_run_train(marked, 30, UINT64_MAX);
	ck_assert_double_eq(marked->state.history.last, last);
	ck_assert_uint_eq(marked->reader.text.length, 2 * strlen(SONG));
	ck_assert(evaluate_text(marked, "", &other, &error));
	ck_assert_double_eq(one.loss, other.loss);
	text_run_end(marked);
}
END_TEST

START_TEST(bytes_keep_the_mark)
{
	static const char *const bytes[][2] = {{"units", "2"}, {"bytes", "yes"},
		{NULL, NULL}};
	char path[FOLDER_PATH_SIZE];
	struct run *run;

	write_here("t.txt", MARK SONG);
	run = text_run_begin(bytes, folder_join(path, folder, "t.txt"));
	ck_assert_uint_eq(run->reader.text.length, 3 + strlen(SONG));
	text_run_end(run);
}
END_TEST

/* A mark at the start of --prime is skipped too. */
START_TEST(a_prime_may_begin_with_a_mark)
{
	char *text;

	write_here("t.txt", MARK SONG);
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"t.txt", "--units", "4", "--updates", "5", "--validation", "0",
		MODEL);
	text = OUTPUT_OF("generate", "--prime", MARK "the ", "--length", "9",
		"--temperature", "0", MODEL);
	ck_assert_mem_eq(text, "the ", 4);
	ck_assert_ptr_null(strstr(text, MARK));
	free(text);
}
END_TEST

static struct run *
save_and_load(const struct run *run)
{
	struct run *back;
	char model[FOLDER_PATH_SIZE];
	struct error error;

	folder_join(model, folder, MODEL);
	ck_assert_msg(model_file_write(&run->state, model, &error), "%s",
		error.text);
	back = model_file_open(suite_context(), model, &error);
	ck_assert_msg(back != NULL, "%s", error.text);
	ck_assert_msg(run_prepare(back, &error), "%s", error.text);
	return back;
}

static void
expect_same(struct run *one, struct run *other)
{
	text_run_train(one, 40, UINT64_MAX);
	text_run_train(other, 40, UINT64_MAX);
	ck_assert_double_eq(one->state.history.last, other->state.history.last);
	ck_assert_mem_eq(one->state.model.values, other->state.model.values,
		one->state.model.parameters.packed_total * sizeof(float));
	text_run_end(one);
	text_run_end(other);
}

/* U+FEFF inside a text is a character; it must not restore the mark. */
static const char *const marked[] = {MARK SONG SONG,
	MARK SONG "a " MARK "b" SONG, SONG "a " MARK "b" SONG};

START_TEST(a_run_that_began_without_the_mark_ignores_it)
{
	char path[FOLDER_PATH_SIZE];
	struct run *run = begin_with(marked[_i], path), *back;

	text_run_train(run, 13, UINT64_MAX);
	back = save_and_load(run);
	ck_assert_uint_eq(back->reader.text.length, run->reader.text.length);
	expect_same(run, back);
}
END_TEST

static const char *const kept[][2] = {
	{OTHER SONG SONG, MARK SONG SONG},
	{OTHER SONG "a " OTHER "b" SONG, MARK SONG "a " MARK "b" SONG},
};

/*
 * Simulate a model file of a version that kept the mark as a character: train
 * with another character in its place, then replace it in the vocabulary.
 */
START_TEST(a_run_that_began_with_the_mark_keeps_it)
{
	char path[FOLDER_PATH_SIZE];
	struct run *run = begin_with(kept[_i][0], path), *back;
	struct vocabulary *vocabulary = &run->state.reader.vocabulary;
	struct text_evaluation evaluation;
	struct text text;
	struct error error;

	text_run_train(run, 13, UINT64_MAX);
	ck_assert_uint_eq(vocabulary->character[vocabulary->count - 1],
		UTF8_MARK - 1);
	vocabulary->character[vocabulary->count - 1] = UTF8_MARK;
	write_here("t.txt", kept[_i][1]);
	ck_assert(text_read(&text, path, &(struct text_config){0}, &error));
	run->state.data_hash = text.hash;
	text_destroy(&text);
	back = save_and_load(run);
	ck_assert_uint_eq(back->reader.text.length, run->reader.text.length);
	ck_assert(evaluate_text(back, "", &evaluation, &error));
	ck_assert_uint_eq(evaluation.count,
		run->reader.text.length - run->reader.text.training);
	expect_same(run, back);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("encoding");
	TCase *named = add_case(suite, "named");
	TCase *mark = add_case(suite, "mark");

	suite_add_loop(named,
		a_text_that_is_not_utf8_is_refused_with_a_command_to_convert_it,
		0, COUNT(encoded));
	suite_add_loop(named, an_encoding_is_guessed_only_if_it_is_likely, 0,
		COUNT(guesses));
	tcase_add_test(named, utf8_with_zeros_is_utf8);
	suite_add_loop(named, bytes_and_lines_are_counted_from_one, 0,
		COUNT(places));
	tcase_add_test(mark, a_byte_order_mark_is_no_character);
	tcase_add_test(mark, bytes_keep_the_mark);
	tcase_add_test(mark, a_prime_may_begin_with_a_mark);
	suite_add_loop(mark, a_run_that_began_without_the_mark_ignores_it, 0,
		COUNT(marked));
	suite_add_loop(mark, a_run_that_began_with_the_mark_keeps_it, 0,
		COUNT(kept));
	return suite_run(suite);
}
