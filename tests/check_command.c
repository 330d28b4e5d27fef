/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of all commands, run without a terminal: help, usage errors, names,
 * failing output, locales.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "comma_locale.h"
#include "core/kernel.h"
#include "here.h"
#include "run/relevance.h"
#include "run/settings.h"
#include "suite.h"

static const char *const *const helps[] = {
	(const char *const[]){"--help", NULL},
	(const char *const[]){"train", "--help", NULL},
	(const char *const[]){"generate", "--help", NULL},
	(const char *const[]){"evaluate", "--help", NULL},
	(const char *const[]){"inspect", "--help", NULL},
	(const char *const[]){"info", "--help", NULL},
	(const char *const[]){"--version", NULL},
};

START_TEST(help_and_version_go_to_standard_output)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = helps[_i]},
		&outcome);
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	ck_assert_ptr_nonnull(strstr(outcome.output, "lstmtui"));
	ck_assert_int_eq(outcome.output[outcome.output_length - 1], '\n');
	outcome_release(&outcome);
}
END_TEST

START_TEST(version_begins_with_the_programs_name)
{
	struct outcome outcome;

	RUN(&outcome, "--version");
	expect_status(&outcome, 0);
	ck_assert_int_eq(strncmp(outcome.output, "lstmtui ", 8), 0);
	outcome_release(&outcome);
}
END_TEST

/* Read the kernel that --version names, in an environment. */
static void
expect_kernel(const char *const *environment, const char *name)
{
	static const char before[] = "\nKernel: ";
	struct outcome outcome;
	const char *at;

	command_run(&(struct command){.arguments = WORDS("--version"),
			    .environment = environment},
		&outcome);
	expect_status(&outcome, 0);
	at = strstr(outcome.output, before);
	ck_assert_ptr_nonnull(at);
	at += strlen(before);
	ck_assert_msg(strncmp(at, name, strlen(name)) == 0 &&
			at[strlen(name)] == ' ',
		"%s is not the kernel: %s", name, outcome.output);
	outcome_release(&outcome);
}

START_TEST(the_environment_can_name_the_kernel)
{
	const char *const unknown[] = {"LSTMTUI_KERNEL=abacus", NULL};
	const char *const none[] = {"LSTMTUI_KERNEL", NULL};

	for (size_t i = 0; kernel_variant(i) != NULL; i++) {
		const char *name = kernel_variant(i)->name;
		char variable[64];

		snprintf(variable, sizeof variable, "LSTMTUI_KERNEL=%s", name);
		expect_kernel((const char *const[]){variable, NULL}, name);
	}
	expect_kernel(unknown, kernel_variant(0)->name);
	expect_kernel(none, kernel_variant(0)->name);
}
END_TEST

static const struct {
	const char *named; /* contained in the message */
	const char *const *arguments;
} wrong_usages[] = {
	{"--frobnicate", (const char *const[]){"--frobnicate", NULL}},
	{"--frobnicate", (const char *const[]){"train", "--frobnicate", NULL}},
	{"-xy", (const char *const[]){"train", "-xy", NULL}},
	{"-x", (const char *const[]){"train", "m", "-x", NULL}},
	{"--frobnicate",
		(const char *const[]){"info", "--frobnicate", "m", NULL}},
	/* no command, so these are two names of models */
	{NULL, (const char *const[]){"trian", "m", NULL}},
	{"no such command", (const char *const[]){"trian", "m", NULL}},
	{"ambiguous",
		(const char *const[]){"generate", "--co", "2", "m", NULL}},
	{"--bytes",
		(const char *const[]){"sweep", "--bytes", "--output", "d",
			NULL}},
	{"--log", (const char *const[]){"train", "--log", "", NULL}},
	{"b", (const char *const[]){"train", "a", "b", NULL}},
	{"b", (const char *const[]){"info", "a", "b", NULL}},
	{"MODEL", (const char *const[]){"generate", NULL}},
	{"MODEL", (const char *const[]){"evaluate", NULL}},
	{"MODEL", (const char *const[]){"inspect", NULL}},
	{"MODEL", (const char *const[]){"info", NULL}},
	{"--units", (const char *const[]){"train", "--units", NULL}},
	{"--units", (const char *const[]){"train", "--units", "0", NULL}},
	{"--units", (const char *const[]){"train", "--units", "ten", NULL}},
	{"--units", (const char *const[]){"train", "--units", "10,", NULL}},
	{"--units", (const char *const[]){"train", "--units", "", NULL}},
	{"--units",
		(const char *const[]){"train", "--units",
			"99999999999999999999", NULL}},
	{"--updates", (const char *const[]){"train", "--updates", "-5", NULL}},
	{"--updates",
		(const char *const[]){"train", "--updates", "1e3x", NULL}},
	{"--batch", (const char *const[]){"train", "--batch", "0", NULL}},
	{"--learning-rate",
		(const char *const[]){"train", "--learning-rate", "fast",
			NULL}},
	{"--learning-rate",
		(const char *const[]){"train", "--learning-rate", "0,01",
			NULL}},
	{"--learning-rate",
		(const char *const[]){"train", "--learning-rate", "-1", NULL}},
	{"--learning-rate",
		(const char *const[]){"train", "--learning-rate", "nan", NULL}},
	{"--clip", (const char *const[]){"train", "--clip", "inf", NULL}},
	{"--seed", (const char *const[]){"train", "--seed", "x", NULL}},
	{"hexagon", (const char *const[]){"train", "--task", "hexagon", NULL}},
	{"sideways",
		(const char *const[]){"train", "--framing", "sideways", NULL}},
	{"worst", (const char *const[]){"train", "--loss", "worst", NULL}},
	{"luck", (const char *const[]){"train", "--optimizer", "luck", NULL}},
	{"relu",
		(const char *const[]){"train", "--recurrent-activation", "relu",
			NULL}},
	{"--data", (const char *const[]){"train", "--task", "points", NULL}},
	{"--log-every",
		(const char *const[]){"train", "--log-every", "0", NULL}},
	{"oil",
		(const char *const[]){"generate", "--format", "oil", "m",
			NULL}},
	{"--count",
		(const char *const[]){"evaluate", "--count", "0", "m", NULL}},
};

START_TEST(a_usage_error_exits_with_2_and_names_the_cause)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder,
			    .arguments = wrong_usages[_i].arguments},
		&outcome);
	expect_usage_error(&outcome, wrong_usages[_i].named);
	ck_assert_str_eq(outcome.output, "");
	ck_assert_uint_eq(folder_count(folder), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(control_characters_of_a_name_do_not_reach_the_terminal)
{
	struct outcome outcome;

	RUN(&outcome, "info", "a\033]0;title\007b\nc");
	expect_failure(&outcome, "]0;title");
	outcome_release(&outcome);
}
END_TEST

/* A model file with such a name, whose data file has such a name too. */
START_TEST(control_characters_of_existing_files_do_not_reach_the_terminal)
{
	static const char *const shown[] = {"train", "info", "evaluate"};
	static const char model[] = "m\033[31m.safetensors";
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	file_write_text(folder_join(path, folder, "d\033]0;t\007\xc2\x9b"),
		"0,0\n1,1\n");
	for (size_t i = 0; i < 3; i++) {
		if (i == 0)
			RUN(&outcome, "train", "--updates", "4", "--task",
				"points", "--data", "d\033]0;t\007\xc2\x9b",
				model);
		else
			RUN(&outcome, shown[i], model);
		expect_status(&outcome, 0);
		ck_assert_ptr_null(strpbrk(outcome.output, "\033\007\x9b"));
		ck_assert_ptr_null(strpbrk(outcome.errors, "\033\007\x9b"));
		outcome_release(&outcome);
	}
}
END_TEST

START_TEST(a_name_that_is_no_command_is_a_model_for_the_interface)
{
	struct outcome outcome;

	RUN(&outcome, "frobnicate");
	ck_assert(outcome.status == 1 || outcome.status == 2);
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "lstmtui train"));
	ck_assert(!exists_here("frobnicate"));
	outcome_release(&outcome);
}
END_TEST

static const char *const reading_commands[] = {"info", "evaluate", "generate",
	"inspect"};

START_TEST(a_missing_model_is_named)
{
	struct outcome outcome;

	RUN(&outcome, reading_commands[_i], "missing.safetensors");
	expect_failure(&outcome, "missing.safetensors");
	ck_assert_str_eq(outcome.output, "");
	ck_assert_uint_eq(folder_count(folder), 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_failed_write_of_output_is_an_error)
{
	struct outcome outcome;

	if (!file_exists("/dev/full")) {
		printf("not tested: there is no /dev/full\n");
		return;
	}
	MUST("train", "--updates", "50", "m.safetensors");
	for (int i = 0; i < COUNT(reading_commands); i++) {
		command_run(&(struct command){.folder = folder,
				    .output = "/dev/full",
				    .arguments = WORDS(reading_commands[i],
					    "m.safetensors")},
			&outcome);
		expect_failure(&outcome, NULL);
		outcome_release(&outcome);
	}
	RUN(&outcome, "train", "--updates", "50", "--log", "/dev/full");
	expect_failure(&outcome, "/dev/full");
	outcome_release(&outcome);
}
END_TEST

START_TEST(every_command_accepts_speed)
{
	MUST("train", "--quiet", "--speed", "5", "--updates", "20000",
		"m.safetensors");
	MUST("info", "--speed", "0", "m.safetensors");
	MUST("evaluate", "--speed", "0", "m.safetensors");
	MUST("generate", "--speed", "0", "m.safetensors");
	MUST("inspect", "--speed", "0", "m.safetensors");
}
END_TEST

enum { WORDS_MAX = 12, DEFAULT_SIZE = 256, CHOICE_COLUMN = 31 };

/*
 * Get the default that the help gives in brackets at the end of an option's
 * text: "10" or "10; text: 128,128". Return false if there is none.
 */
static bool
find_default(const char *help, const char *option, char value[DEFAULT_SIZE])
{
	char name[64], text[1024] = "", *open;
	const char *line;
	size_t length;

	snprintf(name, sizeof name, "\n  --%s ", option);
	line = strstr(help, name);
	ck_assert_msg(line != NULL, "no --%s in the help", option);
	/* the lines before the next option, a list of choices or the end */
	do {
		line++;
		line += strspn(line, " ");
		length = strlen(text);
		ck_assert_uint_lt(length + strcspn(line, "\n"), 1000);
		snprintf(text + length, sizeof text - length, "%.*s ",
			(int)strcspn(line, "\n"), line);
		line = strchr(line, '\n');
	} while (strspn(line + 1, " ") > 2 &&
		strspn(line + 1, " ") < CHOICE_COLUMN);
	length = strlen(text);
	open = strrchr(text, '[');
	if (open == NULL || strcmp(text + length - 2, "] ") != 0)
		return false;
	snprintf(value, DEFAULT_SIZE, "%.*s",
		(int)(text + length - 2 - (open + 1)), open + 1);
	return true;
}

/* Format a setting in the object of `info` as a user writes it. */
static void
format_value(const json_t *value, char text[DEFAULT_SIZE])
{
	char item[DEFAULT_SIZE];

	text[0] = '\0';
	if (json_is_string(value))
		snprintf(text, DEFAULT_SIZE, "%s", json_string_value(value));
	else if (json_is_integer(value))
		snprintf(text, DEFAULT_SIZE, "%jd",
			(intmax_t)json_integer_value(value));
	else if (json_is_real(value))
		snprintf(text, DEFAULT_SIZE, "%g", json_real_value(value));
	for (size_t i = 0; i < json_array_size(value); i++) {
		size_t length = strlen(text);

		format_value(json_array_get(value, i), item);
		snprintf(text + length, DEFAULT_SIZE - length, "%s%s",
			i > 0 ? "," : "", item);
	}
}

/*
 * Write a text so long, with 400 updates an epoch, that the default decay
 * applies.
 */
static void
write_data(void)
{
	static const char lines[] = "to be, or not to be\nthat is\n\n";
	const size_t length = strlen(lines), count = 40000;
	char *text = malloc(count * length + 1);

	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < count; i++)
		memcpy(text + i * length, lines, length + 1);
	write_here("text.txt", text);
	free(text);
	write_here("four.csv", "0,0\n0.5,0\n0.5,0.5\n0,0.5\n");
}

static bool
is_among(const char *const *words, const char *option)
{
	size_t length = strlen(option);

	for (; *words != NULL; words++)
		if (strncmp(*words + 2, option, length) == 0 &&
			strchr("=", (*words)[2 + length]) != NULL)
			return true;
	return false;
}

/* Run `train` with a word before the options and `last` after them. */
static char *
train_with(const char *first, const char *const *options, const char *last)
{
	const char *words[WORDS_MAX] = {"train", first};
	size_t count = 2;

	for (size_t i = 0; options[i] != NULL; i++)
		words[count++] = options[i];
	words[count++] = last;
	ck_assert_uint_lt(count, WORDS_MAX);
	return run_for_output(words);
}

/* Compare the help of `train` with options with a run made with them. */
static void
expect_true_help(const char *const *options)
{
	char *help, *told;
	json_t *object;
	int compared = 0;

	write_data();
	help = train_with("--help", options, NULL);
	free(train_with("--quiet", options, "m.st"));
	/* the text of info has only the relevant settings */
	told = OUTPUT_OF("info", "m.st");
	object = info("m.st");
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		char shown[DEFAULT_SIZE], has[DEFAULT_SIZE], key[64];

		snprintf(key, sizeof key, "\n%s ", setting->key);
		/* a short form has no default */
		if (is_among(options, setting->option) ||
			strstr(told, key) == NULL || setting == &setting_seed ||
			setting->chooses != NULL)
			continue;
		format_value(json_object_get(object, setting->key), has);
		/* the task brings its text: no choice of the user */
		if (setting == &setting_data &&
			strncmp(has, "builtin:", strlen("builtin:")) == 0)
			continue;
		ck_assert_msg(find_default(help, setting->option, shown),
			"%s: the help has no default of --%s", options[0],
			setting->option);
		/* the rest are defaults of kinds that are not chosen */
		shown[strcspn(shown, ";")] = '\0';
		ck_assert_msg(strcmp(shown, has) == 0,
			"%s: --%s is %s by the help and %s in the model",
			options[0], setting->option, shown, has);
		compared++;
	}
	ck_assert_int_gt(compared, 7);
	json_decref(object);
	free(told);
	free(help);
}

/* Return a kind by its number among all kinds of all settings, or NULL. */
static const struct kind *
kind_of(int number, const struct setting **choice)
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct kind *const *kind = setting_list[i]->choices;

		*choice = setting_list[i];
		for (; kind != NULL && *kind != NULL; kind++)
			if (number-- == 0)
				return *kind;
	}
	return NULL;
}

static int
count_kinds(void)
{
	const struct setting *choice;
	int count = 0;

	while (kind_of(count, &choice) != NULL)
		count++;
	return count;
}

/* _i: the number of a kind: a task, a loss, an optimizer, ... */
START_TEST(the_help_gives_the_defaults_of_each_kind)
{
	const char *words[WORDS_MAX] = {NULL, "--updates=1"};
	const struct setting *choice = NULL;
	const struct kind *kind = kind_of(_i, &choice);
	size_t count = 2;
	char word[64];

	/* kinds of data files, which set no defaults */
	if (choice->needs != NULL && choice->needs[0] == &need_points) {
		ck_assert_ptr_null(kind->defaults);
		return;
	}
	snprintf(word, sizeof word, "--%s=%s", choice->option, kind->name);
	words[0] = word;
	if (kind == &loss_crossentropy.kind || choice == &setting_reset_at ||
		choice == &setting_tokens)
		words[count++] = "--task=text";
	if (kind == &task_points.kind)
		words[count++] = "--data=four.csv";
	else if (kind == &task_text.kind || count > 2)
		words[count++] = "--data=text.txt";
	expect_true_help(words);
}
END_TEST

static const char *const *const together[] = {
	(const char *const[]){"--seed=1", NULL},
	(const char *const[]){"--task=text", "--optimizer=sgd",
		"--data=text.txt", "--updates=1", NULL},
	(const char *const[]){"--optimizer=adamw", "--task=text",
		"--data=text.txt", "--updates=1", NULL},
	(const char *const[]){"--task=text", "--framing=one-to-many",
		"--data=text.txt", "--updates=1", NULL},
	(const char *const[]){"--task=text", "--learning-rate-decay=0.5",
		"--data=text.txt", "--updates=1", NULL},
	(const char *const[]){"--loss=huber", "--optimizer=adamw",
		"--task=spiral", "--updates=1", NULL},
	(const char *const[]){"--loss=mixture", "--optimizer=sgd",
		"--framing=sequence", "--updates=1", NULL},
};

/* The first case also compares the default of --updates. */
START_TEST(the_help_gives_the_defaults_of_several_kinds_together)
{
	expect_true_help(together[_i]);
}
END_TEST

static void
expect_default(const char *const *words, const char *option,
	const char *expected)
{
	char *help = run_for_output(words), value[DEFAULT_SIZE];

	ck_assert(find_default(help, option, value));
	ck_assert_str_eq(value, expected);
	free(help);
}

START_TEST(the_help_gives_the_defaults_of_the_kinds_on_the_command_line)
{
	expect_default(WORDS("train", "--help"), "learning-rate",
		"0.001; recall: 0.003; count: 0.01; text: 0.002; words: 0.01; "
		"sgd: 0.01");
	expect_default(WORDS("train", "--help", "--optimizer", "sgd"),
		"learning-rate", "0.01");
	expect_default(WORDS("train", "--optimizer", "sgd", "--help"),
		"learning-rate", "0.01");
	expect_default(WORDS("train", "--help", "--optimizer", "adam"),
		"learning-rate",
		"0.001; recall: 0.003; count: 0.01; text: 0.002; "
		"words: 0.01");
	expect_default(WORDS("train", "--help"), "units",
		"10; count: 4; text: 128,128; words: 128");
	expect_default(WORDS("train", "--task", "text", "--help"), "units",
		"128,128");
	expect_default(WORDS("--task", "text", "--help"), "units", "128,128");
	expect_default(WORDS("--task", "circle", "--help"), "units", "10");
	expect_default(WORDS("train", "--help"), "learning-rate-decay",
		"1; text: 0.97");
}
END_TEST

static void
expect_same_in(const struct comma_locale *locale, const char *const *arguments)
{
	struct outcome plain, comma;

	command_run(&(struct command){.folder = folder, .arguments = arguments},
		&plain);
	command_run(&(struct command){.folder = folder,
			    .arguments = arguments,
			    .environment = locale->environment},
		&comma);
	expect_status(&plain, 0);
	expect_status(&comma, 0);
	ck_assert_str_eq(plain.output, comma.output);
	outcome_release(&plain);
	outcome_release(&comma);
}

static void
expect_same_output(const struct comma_locale *locale)
{
	write_here("walk.csv", "0,0\n0.5,0\n0.5,0.25\n");
	MUST("train", "--seed", "1", "--updates", "40", "m.safetensors");
	expect_same_in(locale,
		WORDS("train", "--seed", "1", "--updates", "40",
			"--learning-rate", "0.0025", "--clip", "0.5", "--log",
			"-"));
	expect_same_in(locale,
		WORDS("train", "--seed", "1", "--updates", "40", "--task",
			"points", "--data", "walk.csv", "--log", "-"));
	expect_same_in(locale, WORDS("info", "m.safetensors"));
	expect_same_in(locale, WORDS("info", "--json", "m.safetensors"));
	expect_same_in(locale, WORDS("evaluate", "m.safetensors"));
	expect_same_in(locale, WORDS("evaluate", "--json", "m.safetensors"));
	expect_same_in(locale, WORDS("inspect", "m.safetensors"));
	expect_same_in(locale, WORDS("inspect", "--json", "m.safetensors"));
	expect_same_in(locale,
		WORDS("generate", "--start", "0.25,0.5", "m.safetensors"));
	expect_same_in(locale,
		WORDS("generate", "--format", "json", "m.safetensors"));
}

static void
expect_same_model(const struct comma_locale *locale)
{
	struct outcome outcome;
	char *plain, *comma;
	size_t length, comma_length;

	MUST("train", "--seed", "1", "--updates", "40", "--learning-rate",
		"0.0025", "plain.safetensors");
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--seed", "1",
				    "--updates", "40", "--learning-rate",
				    "0.0025", "comma.safetensors"),
			    .environment = locale->environment},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	plain = read_here("plain.safetensors", &length);
	comma = read_here("comma.safetensors", &comma_length);
	ck_assert_uint_eq(length, comma_length);
	ck_assert_mem_eq(plain, comma, length);
	free(plain);
	free(comma);
}

/* Both in one test, since it takes long to make a locale. */
START_TEST(a_comma_locale_changes_no_output_and_no_model_file)
{
	struct comma_locale locale;

	if (!comma_locale_make(&locale))
		return;
	expect_same_output(&locale);
	expect_same_model(&locale);
}
END_TEST

static void
add_usage(Suite *suite)
{
	TCase *tcase = add_case(suite, "usage");

	suite_add_loop(tcase, help_and_version_go_to_standard_output, 0,
		COUNT(helps));
	tcase_add_test(tcase, version_begins_with_the_programs_name);
	tcase_add_test(tcase, the_environment_can_name_the_kernel);
	suite_add_loop(tcase, a_usage_error_exits_with_2_and_names_the_cause, 0,
		COUNT(wrong_usages));
	tcase_add_test(tcase,
		control_characters_of_a_name_do_not_reach_the_terminal);
	tcase_add_test(tcase,
		control_characters_of_existing_files_do_not_reach_the_terminal);
	tcase_add_test(tcase,
		a_name_that_is_no_command_is_a_model_for_the_interface);
	tcase_add_test(tcase, every_command_accepts_speed);
}

static void
add_defaults(Suite *suite)
{
	TCase *tcase = add_case(suite, "defaults");

	suite_add_loop(tcase, the_help_gives_the_defaults_of_each_kind, 0,
		count_kinds());
	suite_add_loop(tcase,
		the_help_gives_the_defaults_of_several_kinds_together, 0,
		COUNT(together));
	tcase_add_test(tcase,
		the_help_gives_the_defaults_of_the_kinds_on_the_command_line);
}

static void
add_files(Suite *suite)
{
	TCase *tcase = add_case(suite, "files");

	suite_add_loop(tcase, a_missing_model_is_named, 0,
		COUNT(reading_commands));
	tcase_add_test(tcase, a_failed_write_of_output_is_an_error);
}

static void
add_locales(Suite *suite)
{
	TCase *tcase = add_case(suite, "locales");

	tcase_add_test(tcase,
		a_comma_locale_changes_no_output_and_no_model_file);
}

int
main(void)
{
	Suite *suite = suite_create("command");

	command_run_file();
	add_usage(suite);
	add_defaults(suite);
	add_files(suite);
	add_locales(suite);
	return suite_run(suite);
}
