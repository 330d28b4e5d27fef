/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the configuration file of the interface: where it is, what it may
 * contain, errors, and the keys that it changes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "interface.h"
#include "suite.h"
#include "tui/action.h"
#include "tui/bindings.h"
#include "tui/input.h"

/* Write the file under a folder of the test's folder, as "x/lstmtui/config". */
static void
write_config(const char *base, const char *text)
{
	char path[FOLDER_PATH_SIZE], name[FOLDER_PATH_SIZE];

	mkdir(path_here(path, base), 0777);
	snprintf(name, sizeof name, "%s/lstmtui", base);
	mkdir(path_here(path, name), 0777);
	snprintf(name, sizeof name, "%s/lstmtui/config", base);
	write_here(name, text);
}

/* XDG_CONFIG_HOME of the test. */
static const char *
config_home(void)
{
	static char variable[FOLDER_PATH_SIZE + 32];

	snprintf(variable, sizeof variable, "XDG_CONFIG_HOME=%s/x", folder);
	return variable;
}

static void
open_configured(const char *text, const char *const *arguments)
{
	write_config("x", text);
	open_with(&(struct terminal_options){.command.arguments = arguments,
		.command.environment = WORDS(config_home())});
	expect_at_least(1);
	pause_training();
}

#define OPEN_CONFIGURED(text, ...) \
	open_configured(text, WORDS("--seed", "1", ##__VA_ARGS__))

enum { MODEL_DARK = 208, MODEL_LIGHT = 130 };

/* ---------------------------------------------------------------------- */
/* Options */

START_TEST(the_file_sets_options_of_the_interface)
{
	OPEN_CONFIGURED("# colours\n\n  theme = light  \r\nspeed\t2000\nascii");
	ck_assert(terminal_shows_color(&terminal, MODEL_LIGHT));
	ck_assert(terminal_shows(&terminal, "< 2,000/s >"));
	leave();
	ck_assert_uint_eq(terminal.high, 0);
}
END_TEST

START_TEST(the_command_line_counts_more_than_the_file)
{
	OPEN_CONFIGURED("theme=light\nspeed=2000\ncolor never\n",
		"--theme=dark", "--speed=500", "--color=auto");
	ck_assert(terminal_shows_color(&terminal, MODEL_DARK));
	ck_assert(terminal_shows(&terminal, "◂ 500/s ▸"));
	leave();
}
END_TEST

START_TEST(the_file_can_begin_with_the_tour)
{
	write_config("x", "tour\nquiet\n");
	open_with(&(struct terminal_options){.command.arguments =
						     WORDS("--seed", "1"),
		.command.environment = WORDS(config_home())});
	expect("Scene 1 of 8");
	press(KEY_ESCAPE);
	expect_gone("Scene");
	leave();
}
END_TEST

START_TEST(a_line_counts_more_than_the_one_before)
{
	OPEN_CONFIGURED("speed 2000\nspeed 200\n");
	ck_assert(terminal_shows(&terminal, "◂ 200/s ▸"));
	leave();
}
END_TEST

/* Variables of the environment, and the file that they select. */
static const struct {
	const char *config_home, *home; /* below the test's folder */
	const char *file;
} places[] = {
	{"x", "h", "x"},
	{NULL, "h", "h/.config"},
	{"", "h", "h/.config"},
};

START_TEST(the_file_is_in_the_configuration_folder)
{
	char config[FOLDER_PATH_SIZE + 32] = "XDG_CONFIG_HOME";
	char home[FOLDER_PATH_SIZE + 32], path[FOLDER_PATH_SIZE];

	mkdir(path_here(path, "h"), 0777);
	write_config(places[_i].file, "speed 300\n");
	snprintf(home, sizeof home, "HOME=%s/h", folder);
	if (places[_i].config_home != NULL)
		snprintf(config, sizeof config, "XDG_CONFIG_HOME=%s%s",
			places[_i].config_home[0] != '\0' ? folder : "",
			places[_i].config_home[0] != '\0' ? "/x" : "");
	open_with(&(struct terminal_options){.command.arguments =
						     WORDS("--seed", "1"),
		.command.environment = WORDS(config, home)});
	expect("◂ 300/s ▸");
	leave();
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Errors */

static const struct {
	const char *text;
	const char *message; /* after the path */
} bad[] = {
	{"theme darrk\n", ":1: theme: 'darrk' is unknown; did you mean "},
	{"\n# x\ntheme\n", ":3: theme: missing value"},
	{"theme=\n", ":1: theme: missing value"},
	{"speed fast\n", ":1: speed: 'fast' is not a number"},
	{"speed -1\n", ":1: speed: '-1' is not a number"},
	{"ascii yes\n", ":1: ascii takes no value"},
	{"them light\n", ":1: 'them' is unknown; did you mean 'theme'?"},
	{"zzzzzz\n", ":1: 'zzzzzz' is unknown; there are key, theme, color,"},
	{"units 5\n", ":1: units: only --units on the command line"},
	{"log x\n", ":1: log: only --log on the command line"},
	{"tour yes\n", ":1: tour takes no value"},
	{"quiet=1\n", ":1: quiet takes no value"},
	{"--theme light\n", ":1: '--theme' is unknown; did you mean 'theme'?"},
	{"key\n", ":1: key: expected a key and an action"},
	{"key w\n", ":1: key: expected a key and an action"},
	{"key w save now\n", ":1: key: expected a key and an action"},
	{"key w saave\n", ":1: key: 'saave' is no action; did you mean 's"},
	{"key w zzzzzzzz\n", ":1: key: 'zzzzzzzz' is no action; see "},
	{"key ww save\n", ":1: key: 'ww' is no key"},
	{"key Esc save\n", ":1: key: 'Esc' is no key"},
	{"key 5 save\n", ":1: key: digits are the count before a key"},
	{"key z suspend\n", ":1: key: the terminal handles suspend"},
	{"key z save\nkey z quit\n", ":2: key: z is save already"},
	{"key a save\nkey b save\nkey c save\nkey d save\nkey o save\n",
		":5: key: save has 4 keys already"},
	{"theme \xff\n", ":1: the line is not valid UTF-8"},
};

/* Asserted for the command line without a terminal. */
START_TEST(a_bad_line_is_one_error_of_usage)
{
	char named[FOLDER_PATH_SIZE + 256];
	struct outcome outcome;

	write_config("x", bad[_i].text);
	command_run(&(struct command){.folder = folder,
			    .environment = WORDS(config_home())},
		&outcome);
	snprintf(named, sizeof named, "lstmtui: %s/x/lstmtui/config%s", folder,
		bad[_i].message);
	expect_usage_error(&outcome, named);
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	outcome_release(&outcome);
	/* a value is also checked where the command line overrides it */
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("--theme=dark", "--speed=1"),
			    .environment = WORDS(config_home())},
		&outcome);
	expect_usage_error(&outcome, named);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_line_that_is_too_long_is_refused)
{
	static char text[8192];
	struct outcome outcome;

	memset(text, 'x', sizeof text - 1);
	write_config("x", text);
	command_run(&(struct command){.folder = folder,
			    .environment = WORDS(config_home())},
		&outcome);
	expect_usage_error(&outcome, ":1: the line is too long or not text");
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_file_that_is_no_file_is_refused)
{
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	write_config("x", "");
	remove_here("x/lstmtui/config");
	mkdir(path_here(path, "x/lstmtui/config"), 0777);
	command_run(&(struct command){.folder = folder,
			    .environment = WORDS(config_home())},
		&outcome);
	expect_failure(&outcome, "x/lstmtui/config");
	outcome_release(&outcome);
}
END_TEST

/* Runs of the commands, and --help, do not depend on the file. */
START_TEST(other_commands_do_not_read_the_file)
{
	static const char *const words[][4] = {{"train", "--updates=1",
						       "--quiet"},
		{"--help"}, {"--version"}};
	struct outcome outcome;

	write_config("x", "nonsense\n");
	for (int i = 0; i < COUNT(words); i++) {
		command_run(&(struct command){.folder = folder,
				    .arguments = words[i],
				    .environment = WORDS(config_home())},
			&outcome);
		expect_status(&outcome, 0);
		outcome_release(&outcome);
	}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Keys */

START_TEST(a_key_of_the_file_acts_and_is_shown)
{
	OPEN_CONFIGURED("key ö step\nkey w faster\nkey = save-as\nkey F1 run\n",
		"--speed=100");
	/* the first key of an action is the one that is shown */
	expect("ö step");
	expect("w - speed");
	press("w");
	expect("◂ 200/s ▸");
	press("+");
	expect("◂ 500/s ▸");
	press("=");
	expect("Save as");
	press(KEY_ESCAPE);
	expect_gone("Save as");
	/* save has lost its first key */
	ck_assert(!terminal_shows(&terminal, "w save"));
	expect("F4 save");
	press(KEY_F1);
	expect("running");
	press(" ");
	expect("paused");
	leave();
}
END_TEST

/* The extra program has a view with an action of its own, on s. */
START_TEST(a_key_of_the_file_acts_in_each_view)
{
	char program[FOLDER_PATH_SIZE];

	write_config("x", "key z say\nkey s visit\n");
	snprintf(program, sizeof program, "%s/src/lstmtui-extra-pane",
		getenv("TOP_BUILDDIR"));
	open_with(&(struct terminal_options){
		.command = {.program = program,
			.arguments = WORDS("--seed", "1"),
			.environment = WORDS(config_home())}});
	pause_training();
	press("s");
	expect("entered 1");
	expect("z say");
	press("z");
	expect("this view has its own s");
	press("s");
	expect("Loss");
	leave();
}
END_TEST

static void
act(struct app *app, uint64_t count)
{
	(void)app;
	(void)count;
}

/* Three actions; the first has an entry of two keys in the key bar. */
static const struct action up = {.name = "up",
	.key = {'+', '='},
	.shown = "+",
	.bar_keys = "+ -",
	.act = act};
static const struct action down = {.name = "down",
	.key = {'-'},
	.shown = "-",
	.act = act};
static const struct action help = {.name = "help",
	.key = {'?', INPUT_F1},
	.shown = "?",
	.bar_keys = "?",
	.act = act};
/* As those of two views: one action is in both. */
static const struct action *const first[] = {&up, &down, NULL};
static const struct action *const second[] = {&down, &help, NULL};
static const struct action *const *const lists[] = {first, second, NULL};

static struct bindings bindings;

static void
bind_keys(const char *const *words)
{
	struct error error;

	ck_assert(bindings_create(&bindings, lists, &error));
	for (; *words != NULL; words += 2)
		ck_assert_msg(bindings_add(&bindings, words[0], words[1],
				      &error),
			"%s", error.text);
	bindings_finish(&bindings);
}

#define BIND(...) bind_keys(WORDS(__VA_ARGS__))

static void
expect_keys(const struct action *original, const int *keys, const char *shown)
{
	const struct action *action = bindings_action(&bindings, original);

	for (int k = 0; k < ACTION_KEYS; k++)
		ck_assert_int_eq(action->key[k], keys[k]);
	ck_assert_str_eq(action->shown, shown);
}

#define EXPECT_KEYS(action, shown, ...) \
	expect_keys(&(action), (const int[ACTION_KEYS]){__VA_ARGS__}, shown)

static const char *
bar_keys(const struct action *original)
{
	return bindings_action(&bindings, original)->bar_keys;
}

START_TEST(a_binding_keeps_the_other_keys)
{
	BIND("ä", "up", "space", "up", "?", "up");
	EXPECT_KEYS(up, "ä", 0xe4, ' ', '?', '+');
	ck_assert_str_eq(bar_keys(&up), "ä -");
	EXPECT_KEYS(down, "-", '-');
	ck_assert_ptr_null(bar_keys(&down));
	EXPECT_KEYS(help, "F1", INPUT_F1);
	ck_assert_str_eq(bar_keys(&help), "F1");
	bindings_destroy(&bindings);
}
END_TEST

START_TEST(an_action_may_lose_all_its_keys)
{
	BIND("?", "down", "f1", "down", "-", "up");
	EXPECT_KEYS(up, "-", '-', '+', '=');
	EXPECT_KEYS(down, "?", '?', INPUT_F1);
	EXPECT_KEYS(help, "none", 0);
	ck_assert_str_eq(bar_keys(&up), "- ?");
	ck_assert_ptr_null(bar_keys(&help));
	bindings_destroy(&bindings);
}
END_TEST

START_TEST(without_bindings_the_actions_are_unchanged)
{
	BIND(NULL);
	EXPECT_KEYS(up, "+", '+', '=');
	EXPECT_KEYS(down, "-", '-');
	EXPECT_KEYS(help, "?", '?', INPUT_F1);
	ck_assert_str_eq(bar_keys(&up), "+ -");
	ck_assert_ptr_null(bar_keys(&down));
	ck_assert_uint_eq(bindings.count, 3);
	bindings_destroy(&bindings);
}
END_TEST

static void
add_options(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "options");

	tcase_add_test(tcase, the_file_sets_options_of_the_interface);
	tcase_add_test(tcase, the_command_line_counts_more_than_the_file);
	tcase_add_test(tcase, the_file_can_begin_with_the_tour);
	tcase_add_test(tcase, a_line_counts_more_than_the_one_before);
	suite_add_loop(tcase, the_file_is_in_the_configuration_folder, 0,
		COUNT(places));
}

static void
add_errors(Suite *suite)
{
	TCase *tcase = add_case(suite, "errors");

	suite_add_loop(tcase, a_bad_line_is_one_error_of_usage, 0, COUNT(bad));
	tcase_add_test(tcase, a_line_that_is_too_long_is_refused);
	tcase_add_test(tcase, a_file_that_is_no_file_is_refused);
	tcase_add_test(tcase, other_commands_do_not_read_the_file);
}

static void
add_keys(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "keys");

	tcase_add_test(tcase, a_key_of_the_file_acts_and_is_shown);
	tcase_add_test(tcase, a_key_of_the_file_acts_in_each_view);
	tcase_add_test(tcase, a_binding_keeps_the_other_keys);
	tcase_add_test(tcase, an_action_may_lose_all_its_keys);
	tcase_add_test(tcase, without_bindings_the_actions_are_unchanged);
}

int
main(void)
{
	Suite *suite = suite_create("config");

	add_options(suite);
	add_errors(suite);
	add_keys(suite);
	return suite_run(suite);
}
