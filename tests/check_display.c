/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the interface in terminals of many kinds: characters, colours,
 * locales; and without a terminal.
 */
#include <stdlib.h>
#include <string.h>

#include "comma_locale.h"
#include "interface.h"
#include "suite.h"

static void
use_the_interface_a_little(void)
{
	expect_at_least(200);
	pause_training();
	press_and_settle("?");
	press_and_settle(KEY_ESCAPE);
	press_and_settle("lxgt");
	press_and_settle("w");
	press_and_settle(KEY_ESCAPE);
	press_and_settle("q");
	press_and_settle("c");
	press_and_settle("++++++++++++++++ ");
	expect("finished");
}

START_TEST(a_utf8_locale_gets_braille)
{
	OPEN("--seed", "1");
	expect_at_least(200);
	pause_training();
	/* the braille block is U+2800 to U+28FF */
	expect("\342\240");
	expect("┌");
	leave();
}
END_TEST

START_TEST(another_locale_gets_ascii_only)
{
	open_with(&(struct terminal_options){
		.command = {
			.arguments = WORDS("--seed", "1"),
			.environment = WORDS("LC_ALL=C"),
		}});
	use_the_interface_a_little();
	expect("Loss");
	leave();
	ck_assert_uint_eq(terminal.high, 0);
	/* nor the line drawing characters of a terminal */
	ck_assert_ptr_null(strchr(terminal.transcript, '\016'));
	ck_assert_ptr_null(strstr(terminal.transcript, "\033(0"));
}
END_TEST

/* The signs that all fonts of Linux's console have, besides ASCII. */
static void
expect_signs_of_the_console(void)
{
	static const char *const signs[] = {"─", "│", "┌", "┐", "└", "┘", "░",
		"▒", "▓", "█", "▀", "▄"};

	for (const char *text = terminal_text(&terminal); *text != '\0';) {
		size_t known = (unsigned char)*text < 0x80;

		for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
			if (strncmp(text, signs[i], strlen(signs[i])) == 0)
				known = strlen(signs[i]);
		ck_assert_msg(known > 0, "not in the font: %.4s", text);
		text += known;
	}
}

static const char *const consoles[] = {"TERM=linux", "TERM=screen.linux"};

/* Return false, with a line, if the system does not know a type of terminal. */
static bool
knows(const char *type)
{
	struct outcome outcome;
	bool is_known;

	command_run(&(struct command){.program = "tput",
			    .arguments = WORDS("-T", type, "cols")},
		&outcome);
	is_known = outcome.status == 0;
	outcome_release(&outcome);
	if (!is_known)
		printf("not tested: the terminal type %s (Debian: apt-get "
		       "install ncurses-term)\n",
			type);
	fflush(stdout);
	return is_known;
}

START_TEST(the_console_of_linux_gets_signs_of_its_font)
{
	if (!knows(strchr(consoles[_i], '=') + 1))
		return;
	open_with(&(struct terminal_options){
		.command = {
			.arguments = WORDS("--seed", "1"),
			.environment = WORDS(consoles[_i]),
		}});
	expect_at_least(200);
	pause_training();
	expect("┌");
	expect_signs_of_the_console();
	press_and_settle("i");
	expect_signs_of_the_console();
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

START_TEST(the_option_ascii_gets_ascii_only)
{
	OPEN("--seed", "1", "--ascii");
	use_the_interface_a_little();
	expect("Loss");
	leave();
	ck_assert_uint_eq(terminal.high, 0);
	ck_assert_ptr_null(strstr(terminal.transcript, "\033(0"));
}
END_TEST

static size_t
coloured_cells(void)
{
	size_t coloured = 0;

	for (int row = 0; row < terminal.rows; row++)
		for (int column = 0; column < terminal.columns; column++) {
			struct terminal_cell cell;

			terminal_cell(&terminal, row, column, &cell);
			coloured += cell.is_coloured;
		}
	return coloured;
}

START_TEST(a_terminal_with_colours_gets_colours)
{
	OPEN("--seed", "1");
	expect_at_least(100);
	ck_assert_uint_gt(coloured_cells(), 0);
	leave();
}
END_TEST

/* Settings that disable colours; attributes still convey the meaning. */
static const struct {
	const char *option, *environment;
} colourless[] = {
	{NULL, "NO_COLOR=1"},
	{"--color=never", "COLORTERM=truecolor"},
	{NULL, "TERM=vt100"},
	{NULL, "TERM=xterm-mono"},
};

START_TEST(no_color_disables_colours)
{
	open_with(&(struct terminal_options){
		.command = {
			.arguments =
				WORDS("--seed", "1", colourless[_i].option),
			.environment = WORDS(colourless[_i].environment),
		}});
	expect_at_least(100);
	ck_assert_uint_eq(coloured_cells(), 0);
	pause_training();
	press_and_settle("?");
	ck_assert_uint_eq(coloured_cells(), 0);
	press_and_settle("?");
	press_and_settle("q");
	ck_assert_uint_eq(coloured_cells(), 0);
	press("d");
	expect_end(0);
}
END_TEST

static const char *const terms[] = {"TERM=xterm", "TERM=screen", "TERM=linux",
	"TERM=vt100", "TERM=vt220", "TERM=ansi", "TERM=tmux-256color",
	"TERM=screen-256color", "TERM=rxvt"};

START_TEST(the_interface_works_in_terminals_of_many_kinds)
{
	open_with(&(struct terminal_options){
		.command = {
			.arguments = WORDS("--seed", "1"),
			.environment = WORDS(terms[_i]),
		}});
	expect("running");
	expect_at_least(50);
	press(" ");
	expect("paused");
	press("q");
	expect("discard");
	press("d");
	expect_end(0);
	ck_assert(terminal_is_restored(&terminal));
}
END_TEST

/* Assert one line of error that names an alternative. */
static void
expect_hint(const struct outcome *outcome)
{
	ck_assert_int_eq(outcome->signal, 0);
	ck_assert_msg(outcome->status == 1 || outcome->status == 2,
		"status %d: %s", outcome->status, outcome->errors);
	ck_assert_int_eq(strncmp(outcome->errors, "lstmtui: ", 9), 0);
	ck_assert_msg(count_lines(outcome->errors) == 1, "%s", outcome->errors);
	ck_assert_msg(strstr(outcome->errors, "lstmtui train") != NULL, "%s",
		outcome->errors);
}

static const char *const useless_terms[] = {"TERM=dumb", "TERM",
	"TERM=", "TERM=nonsense", "TERM=unknown"};

START_TEST(a_dumb_terminal_is_refused)
{
	char path[FOLDER_PATH_SIZE];

	open_with(&(struct terminal_options){
		.command = {
			.arguments = WORDS(MODEL),
			.environment = WORDS(useless_terms[_i]),
			.errors = folder_join(path, folder, "errors"),
		}});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	terminal.outcome.errors =
		file_read(path, &terminal.outcome.errors_length);
	expect_hint(&terminal.outcome);
	ck_assert(terminal_is_restored(&terminal));
	/* only the file of error messages, and nothing on the screen */
	ck_assert_uint_eq(folder_count(folder), 1);
	ck_assert_msg(strspn(terminal_text(&terminal), " \n") ==
			strlen(terminal_text(&terminal)),
		"%s", terminal_text(&terminal));
	free(terminal.outcome.errors);
}
END_TEST

START_TEST(output_that_is_no_terminal_is_refused)
{
	char errors[FOLDER_PATH_SIZE], output[FOLDER_PATH_SIZE];

	open_with(&(struct terminal_options){
		.command = {
			.errors = folder_join(errors, folder, "errors"),
			.output = folder_join(output, folder, "output"),
		}});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	terminal.outcome.errors = file_read(errors, NULL);
	expect_hint(&terminal.outcome);
	free(terminal.outcome.errors);
	ck_assert_str_eq(terminal.outcome.errors = file_read(output, NULL), "");
	free(terminal.outcome.errors);
}
END_TEST

START_TEST(input_that_is_no_terminal_is_refused)
{
	char errors[FOLDER_PATH_SIZE];

	open_with(&(struct terminal_options){
		.command = {
			.errors = folder_join(errors, folder, "errors"),
			.input = "/dev/null",
		}});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	terminal.outcome.errors = file_read(errors, NULL);
	expect_hint(&terminal.outcome);
	free(terminal.outcome.errors);
}
END_TEST

START_TEST(no_terminal_at_all_is_refused)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder}, &outcome);
	expect_hint(&outcome);
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}
END_TEST

/*
 * Copy the screen of the finished lesson, without the line of the progress,
 * which shows the speed of a run that took longer than half a second.
 */
static void
finished_screen(const char *const *environment, char *text, size_t size)
{
	char line[TEXT_SIZE];

	open_with(&(struct terminal_options){
		.command = {
			.arguments = WORDS("--seed", "1", "--speed", "0"),
			.environment = environment,
		}});
	expect("finished");
	settle();
	text[0] = '\0';
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		if (strstr(line, "25,000/25,000") == NULL &&
			strlen(text) + strlen(line) + 2 < size)
			strcat(strcat(text, line), "\n");
	}
	expect("25,000/25,000");
	expect("0.001");
	leave();
	close_terminal();
}

/* Its error is 1, before the first update and after the last. */
START_TEST(a_drawn_dot_is_named_and_has_a_large_error)
{
	char line[TEXT_SIZE];

	write_here("dots.csv", "0,0\n0,0\n0,0\n0,0\n");
	OPEN("--data", "dots.csv", "--task", "rectangle", "--seed", "1",
		"--units", "2", "--updates", "2000", "--speed", "0");
	expect("2,000/2,000");
	expect("degenerate");
	line_with("error", "degenerate", line);
	ck_assert_double_gt(atof(strstr(line, "error ") + 6), 0.5);
	leave();
}
END_TEST

START_TEST(a_comma_locale_shows_the_same_numbers)
{
	static char here[8 * TEXT_SIZE], there[8 * TEXT_SIZE];
	struct comma_locale locale;

	if (!comma_locale_make(&locale))
		return;
	finished_screen(NULL, here, sizeof here);
	finished_screen(locale.environment, there, sizeof there);
	ck_assert_str_eq(here, there);
}
END_TEST

static void
add_terminals(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "terminals");

	tcase_add_test(tcase, a_utf8_locale_gets_braille);
	tcase_add_test(tcase, another_locale_gets_ascii_only);
	suite_add_loop(tcase, the_console_of_linux_gets_signs_of_its_font, 0,
		2);
	tcase_add_test(tcase, the_option_ascii_gets_ascii_only);
	tcase_add_test(tcase, a_terminal_with_colours_gets_colours);
	suite_add_loop(tcase, no_color_disables_colours, 0, COUNT(colourless));
	suite_add_loop(tcase, the_interface_works_in_terminals_of_many_kinds, 0,
		COUNT(terms));
	suite_add_loop(tcase, a_dumb_terminal_is_refused, 0,
		COUNT(useless_terms));
	tcase_add_test(tcase, output_that_is_no_terminal_is_refused);
	tcase_add_test(tcase, input_that_is_no_terminal_is_refused);
	tcase_add_test(tcase, no_terminal_at_all_is_refused);
	tcase_add_test(tcase, a_comma_locale_shows_the_same_numbers);
	tcase_add_test(tcase, a_drawn_dot_is_named_and_has_a_large_error);
}

int
main(void)
{
	Suite *suite = suite_create("display");

	add_terminals(suite);
	return suite_run(suite);
}
