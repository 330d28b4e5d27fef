/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the effect of options, command by command. The tables here are
 * written by hand and must contain every option of every command: each option
 * is either refused or changes the result. tests/check_relevance tests the
 * settings of a run in the same way.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "run/settings.h"
#include "suite.h"

enum { WORDS_MAX = 24 };

/* Like WORDS, for tables with static storage. */
#define LIST(...)                 \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}

enum effect {
	REFUSED, /* refused by name, with status 2 */
	CHANGES, /* changes the command's output or files */
	TAKEN    /* accepted, without a difference in the output */
};

/* Commands as lists of words; the option is inserted before the last word. */
#define GALLERY "generate", "--gallery"
#define PLAN "sweep", "--plan", "--output=d", "--units=2", "--seeds=2"
#define SWEEP_HERE                                                  \
	"sweep", "--quiet", "--output=e", "--units=2", "--seeds=1", \
		"--updates=5", "--count=10"

static const struct usage {
	const char *const *words;
	const char *option; /* "--NAME" or "--NAME=VALUE" */
	enum effect effect;
} usages[] = {
	{LIST("generate", "mae.st"), "--count=3", CHANGES},
	{LIST("generate", "mae.st"), "--length=7", CHANGES},
	{LIST("generate", "mae.st"), "--start=0.25,0.5", CHANGES},
	{LIST("generate", "mae.st"), "--gallery", CHANGES},
	{LIST("generate", "mae.st"), "--format=json", CHANGES},
	{LIST("generate", "mae.st"), "--seed=2", TAKEN},
	{LIST("generate", "mae.st"), "--prime=0.1", REFUSED},
	{LIST("generate", "mae.st"), "--temperature=9", REFUSED},
	{LIST("generate", "mae.st"), "--temperature=1", REFUSED},
	{LIST("generate", "mae.st"), "--no-memory", REFUSED},
	{LIST("generate", "points.st"), "--start=0.25,0.5", CHANGES},
	{LIST("generate", "points.st"), "--start=end", CHANGES},
	{LIST("generate", "points.st"), "--data=other.csv", REFUSED},
	{LIST("generate", "--start=end", "points.st"), "--data=other.csv",
		CHANGES},
	{LIST("generate", "points.st"), "--quantiles=0.5", REFUSED},
	{LIST("generate", "points.st"), "--prime=0.1", REFUSED},
	{LIST("generate", "points.st"), "--temperature=9", REFUSED},
	{LIST("generate", "--seed=1", "mixture.st"), "--count=3", CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--seed=2", CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--start=0.25,0.5",
		CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--temperature=0.1",
		CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--quantiles=0.5",
		CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--prime=0.1", REFUSED},
	{LIST("generate", "--seed=1", "text.st"), "--count=3", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--length=7", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--seed=2", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--prime=to", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--no-memory", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--temperature=0", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--format=json", CHANGES},
	{LIST("generate", "text.st"), "--start=0,0", REFUSED},
	{LIST("generate", "text.st"), "--gallery", CHANGES},
	{LIST(GALLERY, "mae.st"), "--count=3", REFUSED},
	{LIST(GALLERY, "mae.st"), "--count=1", REFUSED},
	{LIST(GALLERY, "mae.st"), "--length=7", REFUSED},
	{LIST(GALLERY, "mae.st"), "--start=0,0", REFUSED},
	{LIST(GALLERY, "points.st"), "--data=other.csv", REFUSED},
	{LIST(GALLERY, "mixture.st"), "--quantiles=0.5", REFUSED},
	{LIST(GALLERY, "mae.st"), "--seed=2", REFUSED},
	{LIST(GALLERY, "mixture.st"), "--temperature=0.1", REFUSED},
	{LIST(GALLERY, "mixture.st"), "--prime=x", REFUSED},
	{LIST(GALLERY, "mae.st"), "--format=json", CHANGES},
	{LIST(GALLERY, "text.st"), "--format=json", CHANGES},
	{LIST(GALLERY, "text.st"), "--prime=to", REFUSED},
	{LIST(GALLERY, "text.st"), "--no-memory", REFUSED},

	{LIST("evaluate", "mae.st"), "--count=7", CHANGES},
	{LIST("evaluate", "mae.st"), "--seed=2", CHANGES},
	{LIST("evaluate", "mae.st"), "--data=four.csv", CHANGES},
	{LIST("evaluate", "mae.st"), "--json", CHANGES},
	{LIST("evaluate", "--data=four.csv", "mae.st"), "--count=1", CHANGES},
	{LIST("evaluate", "--data=four.csv", "mae.st"), "--seed=2", REFUSED},
	{LIST("evaluate", "--data=four.csv", "mixture.st"), "--seed=2",
		CHANGES},
	{LIST("evaluate", "points.st"), "--count=1", CHANGES},
	{LIST("evaluate", "points.st"), "--data=other.csv", CHANGES},
	{LIST("evaluate", "points.st"), "--seed=2", REFUSED},
	{LIST("evaluate", "text.st"), "--data=four.txt", CHANGES},
	{LIST("evaluate", "text.st"), "--json", CHANGES},
	{LIST("evaluate", "text.st"), "--count=7", REFUSED},
	{LIST("evaluate", "text.st"), "--seed=2", REFUSED},

	{LIST("export", "--format=npz", "mae.st", "-"), "--force", TAKEN},
	{LIST("export", "--force", "mae.st", "o.npz"), "--format=npz", TAKEN},
#ifdef HAVE_CAIRO /* else there is no svg to compare with */
	{LIST("export", "--format=svg", "--force", "mae.st", "-"), "--animated",
		CHANGES},
#endif
	{LIST("export", "--format=npz", "mae.st", "-"), "--animated", REFUSED},

	/* without it only a new MODEL is written */
	{LIST("import", "--help"), "--force", TAKEN},
	{LIST("import", "--force", "mae.st", "i.st"), "--format=safetensors",
		TAKEN},
	{LIST("import", "--force", "text.st", "i.st"), "--format=npz", REFUSED},
	{LIST("import", "--force", "text.st", "i.st"),
		"--vocabulary-file=tokens.json", TAKEN},
	{LIST("import", "--force", "mae.st", "i.st"), "--columns=1", REFUSED},

	{LIST("inspect", "mae.st"), "--start=0,0.5", CHANGES},
	{LIST("inspect", "mae.st"), "--seed=2", CHANGES},
	{LIST("inspect", "mae.st"), "--gradient", CHANGES},
	{LIST("inspect", "mae.st"), "--json", CHANGES},
	{LIST("inspect", "mae.st"), "--prime=0.1", REFUSED},
	{LIST("inspect", "mae.st"), "--no-memory", REFUSED},
	{LIST("inspect", "--start=0,0", "mae.st"), "--seed=2", REFUSED},
	{LIST("inspect", "--start=0,0", "mae.st"), "--gradient", REFUSED},
	{LIST("inspect", "points.st"), "--start=0,0.5", CHANGES},
	{LIST("inspect", "points.st"), "--seed=2", REFUSED},
	{LIST("inspect", "text.st"), "--prime=to", CHANGES},
	{LIST("inspect", "text.st"), "--no-memory", CHANGES},
	{LIST("inspect", "text.st"), "--gradient", CHANGES},
	{LIST("inspect", "text.st"), "--json", CHANGES},
	{LIST("inspect", "text.st"), "--start=0,0", REFUSED},
	{LIST("inspect", "text.st"), "--seed=2", REFUSED},
	{LIST("inspect", "--prime=t", "text.st"), "--gradient", REFUSED},

	{LIST("info", "mae.st"), "--json", CHANGES},

	{LIST("train", "--updates=9", "--seed=1"), "--log=-", CHANGES},
	{LIST("train", "--updates=9", "--seed=1", "--log=-", "--units=3"),
		"--init=mae.st", CHANGES},
	{LIST("train", "--updates=9", "--seed=1"), "--log-every=3", REFUSED},
	{LIST("train", "--updates=9", "--seed=1"), "--log-every=1", REFUSED},
	{LIST("train", "--updates=9", "--seed=1", "--log=-"), "--log-every=3",
		CHANGES},
	{LIST("train", "--updates=9", "--seed=1"), "--log-format=json",
		REFUSED},
	{LIST("train", "--updates=9", "--seed=1", "--log=-"),
		"--log-format=json", TAKEN},
	{LIST("train", "--updates=9", "--seed=1", "--log=-"),
		"--log-format=tensorboard", REFUSED},
	{LIST("train", "--updates=9", "--seed=1", "--quiet", "--log=events",
		 "--log-format=tensorboard"),
		"--log-every=3", TAKEN},
	{LIST("train", "--updates=9", "--seed=1", "--quiet", "--log=events",
		 "--log-format=tensorboard"),
		"--snapshots=3", TAKEN},
	{LIST("train", "--updates=9", "--seed=1", "--quiet", "--log=l"),
		"--snapshots=3", REFUSED},
	{LIST("train", "--updates=9", "--seed=1"), "--checkpoint-every=3",
		REFUSED},
	{LIST("train", "--updates=9", "--seed=1"), "--checkpoint-every=0",
		REFUSED},
	{LIST("train", "--updates=9", "--quiet", "new.st"),
		"--checkpoint-every=3", TAKEN},
	{LIST("train", "--updates=9", "--seed=1"), "--force", REFUSED},
	{LIST("train", "--updates=9", "--seed=1", "mae.st"), "--force",
		CHANGES},
	{LIST("train", "--updates=9", "--seed=1"), "--snapshots=3", REFUSED},
	{LIST("train", "mae.st"), "--init=mae.st", REFUSED},

	{LIST(PLAN, "--quiet"), "--units=3", CHANGES},
	{LIST(PLAN, "--quiet"), "--seeds=1", CHANGES},
	{LIST(PLAN, "--quiet"), "--seed=7", CHANGES},
	{LIST(PLAN, "--quiet"), "--checkpoint-every=7", CHANGES},
	{LIST(PLAN, "--quiet"), "--output=f", CHANGES},
	{LIST(PLAN, "--quiet"), "--jobs=2", REFUSED},
	{LIST(PLAN, "--quiet"), "--count=2", REFUSED},
	{LIST(PLAN, "--quiet"), "--force", REFUSED},
	{LIST(PLAN, "--quiet"), "--mixtures=2", REFUSED},
	{LIST(PLAN, "--quiet"), "--loss=mse", CHANGES},
	{LIST(PLAN, "--quiet"), "--vary=cell=gru,rnn", CHANGES},
	{LIST(PLAN, "--quiet"), "--chunk=3", CHANGES},
	{LIST(PLAN, "--quiet"), "--bytes", REFUSED},
	{LIST(SWEEP_HERE, "--quiet"), "--count=2", CHANGES},
	{LIST(SWEEP_HERE, "--quiet"), "--jobs=2", TAKEN},
	{LIST(SWEEP_HERE, "--quiet"), "--force", TAKEN},
	{LIST(SWEEP_HERE, "--quiet"), "--chunk=3", REFUSED},
	{LIST(SWEEP_HERE, "--quiet"), "--plan",
		REFUSED}, /* --count has no effect with --plan */
	{LIST("sweep", "--collect=e", "--quiet"), "--count=7", CHANGES},
	{LIST("sweep", "--collect=e", "--quiet"), "--units=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--vary=cell=gru", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--chunk=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--seeds=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--seed=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--jobs=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--output=f", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--force", TAKEN},
	{LIST("sweep", "--collect=e", "--quiet"), "--plan", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--checkpoint-every=7",
		REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--updates=7", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--task=rectangle", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--collect=e", TAKEN},
};

/*
 * The same for the interface, whose command line is checked without a terminal.
 */
static const struct usage starts[] = {
	{LIST("--units=2"), "--log=l", TAKEN},
	{LIST("--units=2"), "--log-every=3", REFUSED},
	{LIST("--units=2", "--log=l"), "--log-every=3", TAKEN},
	{LIST("--units=2"), "--log-format=tensorboard", REFUSED},
	{LIST("--units=2", "--log=l"), "--log-format=tensorboard", TAKEN},
	/* the model may get a file name while the program runs */
	{LIST("--units=2"), "--checkpoint-every=3", TAKEN},
	{LIST("--units=2"), "--tour", TAKEN},
	{LIST("--units=2"), "--history-memory=5", TAKEN},
	{LIST("--units=2"), "--record=l", TAKEN},
	{LIST("--units=2"), "--snapshots=3", TAKEN},
	{LIST("--units=2"), "--init=mae.st", TAKEN},
};

/* Options that every command accepts; they change only the screen. */
static const char *const common[] = {"quiet", "ascii", "speed", "no-mouse",
	"color", "theme", "help", "version"};

static bool
is_common(const char *name)
{
	for (int i = 0; i < COUNT(common); i++)
		if (strcmp(common[i], name) == 0)
			return true;
	return false;
}

static void
write_data(void)
{
	char text[1200] = "";

	write_here("four.csv",
		"0,0\n0.5,0\n0.5,0.5\n0,0.5\n\n"
		"0,0\n0.25,0\n0.25,0.75\n0,0.75\n");
	write_here("other.csv", "0,0\n1,0\n1,0.5\n0,0.5\n");
	for (size_t length = 0; length < 600; length = strlen(text))
		strcat(text, "to be, or not\nto \xc3\xa4 be: that is\n\nthe ");
	write_here("text.txt", text);
}

static void
make_models(void)
{
	write_data();
	write_here("four.txt", "to be, or not");
	write_here("tokens.json",
		"[\"\\n\", \" \", \",\", \":\", \"a\", \"b\", \"e\", "
		"\"h\", \"i\", \"n\", \"o\", \"r\", \"s\", \"t\", "
		"\"\xc3\xa4\"]");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--snapshots=3", "mae.st");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--snapshots=3", "--loss=mixture", "mixture.st");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--task=points", "--data=four.csv", "points.st");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--snapshots=3", "--task=text", "--data=text.txt", "text.st");
	MUST("sweep", "--quiet", "--output=e", "--units=2", "--seeds=1",
		"--updates=5");
}

static void
run_usage(const struct usage *usage, bool has_option, struct outcome *outcome)
{
	const char *words[WORDS_MAX];
	size_t count = 0;

	for (size_t i = 0; usage->words[i] != NULL; i++) {
		if (has_option && usage->words[i + 1] == NULL)
			words[count++] = usage->option;
		words[count++] = usage->words[i];
	}
	words[count] = NULL;
	command_run(&(struct command){.folder = folder, .arguments = words},
		outcome);
}

/* Assert that the message names the option and says that it has no effect. */
static void
expect_refused(const struct usage *usage, const struct outcome *outcome)
{
	char name[64];

	snprintf(name, sizeof name, "%.*s", (int)strcspn(usage->option, "="),
		usage->option);
	if (strcmp(name, "--plan") == 0)
		snprintf(name, sizeof name, "has no effect with --");
	ck_assert_msg(outcome->status == 2 &&
			strstr(outcome->errors, name) != NULL,
		"%s ... %s: status %d, %s", usage->words[0], usage->option,
		outcome->status, outcome->errors);
	ck_assert_str_eq(outcome->output, "");
}

START_TEST(an_option_is_refused_or_has_an_effect)
{
	make_models();
	for (int i = 0; i < COUNT(usages); i++) {
		const struct usage *usage = &usages[i];
		struct outcome plain, with;

		run_usage(usage, true, &with);
		if (usage->effect == REFUSED) {
			expect_refused(usage, &with);
			outcome_release(&with);
			continue;
		}
		run_usage(usage, false, &plain);
		ck_assert_msg(with.status == 0 && plain.status == 0,
			"%s %s %s: status %d and %d, %s", usage->words[0],
			usage->words[1], usage->option, with.status,
			plain.status, with.errors);
		if (usage->effect == CHANGES)
			ck_assert_msg(strcmp(with.output, plain.output) != 0,
				"%s %s %s changes nothing", usage->words[0],
				usage->words[1], usage->option);
		outcome_release(&plain);
		outcome_release(&with);
	}
}
END_TEST

/*
 * Without a terminal the interface does not start: accepted options fail with a
 * message about the terminal.
 */
START_TEST(the_interface_refuses_options_without_effect)
{
	for (int i = 0; i < COUNT(starts); i++) {
		struct outcome outcome;

		run_usage(&starts[i], true, &outcome);
		if (starts[i].effect == REFUSED)
			expect_refused(&starts[i], &outcome);
		else
			expect_failure(&outcome, "terminal");
		outcome_release(&outcome);
	}
}
END_TEST

static bool
has_usage(const struct usage *list, int count, const char *command,
	const char *option)
{
	size_t length = strlen(option);

	for (int i = 0; i < count; i++)
		if ((command == NULL ||
			    strcmp(list[i].words[0], command) == 0) &&
			strncmp(list[i].option + 2, option, length) == 0 &&
			strchr("=", list[i].option[2 + length]) != NULL)
			return true;
	return false;
}

static bool
is_setting(const char *option)
{
	for (size_t id = 0; setting_list[id] != NULL; id++)
		if (strcmp(setting_list[id]->option, option) == 0)
			return true;
	return false;
}

/*
 * A new option must be added to the tables, for each command that accepts it.
 */
START_TEST(the_tables_contain_every_option)
{
	static const char *const commands[] = {NULL, "train", "generate",
		"evaluate", "inspect", "info", "sweep"};
	const char *command = commands[_i];
	bool trains = command == NULL || strcmp(command, "train") == 0 ||
		strcmp(command, "sweep") == 0;
	struct outcome outcome;
	int seen = 0;

	command_run(&(struct command){.arguments = command == NULL
				    ? WORDS("help", "options")
				    : WORDS(command, "--help")},
		&outcome);
	expect_status(&outcome, 0);
	for (char *line = outcome.output; (line = strstr(line, "\n  --"));
		line++) {
		char option[64];

		snprintf(option, sizeof option, "%.*s",
			(int)strcspn(line + 5, " \n"), line + 5);
		/* check_relevance tests the settings of a new run */
		if ((trains && is_setting(option)) || is_common(option))
			continue;
		seen++;
		ck_assert_msg(command == NULL
				? has_usage(starts, COUNT(starts), NULL, option)
				: has_usage(usages, COUNT(usages), command,
					  option),
			"the tables lack %s --%s",
			command != NULL ? command : "lstmtui", option);
	}
	ck_assert_int_gt(seen, 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(common_options_are_accepted_by_every_command)
{
	/* clang-format off */
	const char *const *const commands[] = {
		LIST("train", "--updates=1"), LIST("generate", "mae.st"),
		LIST("evaluate", "mae.st"), LIST("inspect", "mae.st"),
		LIST("info", "mae.st"),
		LIST("sweep", "--collect=e")};
	static const char *const options[] = {"--quiet", "--ascii",
		"--speed=9", "--color=never", "--theme=light"};

	make_models();
	for (int c = 0; c < COUNT(commands); c++)
		for (int i = 0; i < COUNT(options); i++)
			MUST(commands[c][0], options[i], commands[c][1]);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* models that always generate the same */

static void
expect_note(const char *const *words, const char *note)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	expect_status(&outcome, 0);
	if (note == NULL)
		ck_assert_str_eq(outcome.errors, "");
	else
		ck_assert_str_eq(outcome.errors, note);
	outcome_release(&outcome);
}

#define NOTE_MAE "lstmtui: note: mae.st: with --loss mae every sequence is " \
	"the same, whatever the seed\n"
#define NOTE_COLD(name) "lstmtui: note: " name ": with --temperature 0 every " \
	"sequence is the same, whatever the seed\n"

START_TEST(a_deterministic_model_notes_equal_samples)
{
	make_models();
	expect_note(WORDS("generate", "--count=3", "mae.st"), NOTE_MAE);
	expect_note(WORDS("generate", "--seed=3", "mae.st"), NOTE_MAE);
	expect_note(WORDS("generate", "--quiet", "--count=3", "mae.st"), NULL);
	expect_note(WORDS("generate", "mae.st"), NULL);
	expect_note(WORDS("generate", "--count=1", "mae.st"), NULL);
	expect_note(WORDS("generate", "--count=3", "mixture.st"), NULL);
	expect_note(WORDS("generate", "--seed=3", "text.st"), NULL);
	expect_note(WORDS("generate", "--count=2", "--temperature=0",
		"mixture.st"), NOTE_COLD("mixture.st"));
	expect_note(WORDS("generate", "--seed=2", "--temperature=0",
		"text.st"), NOTE_COLD("text.st"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("options");
	TCase *tcase = add_case(suite, "options");

	tcase_add_test(tcase, an_option_is_refused_or_has_an_effect);
	tcase_add_test(tcase,
		the_interface_refuses_options_without_effect);
	suite_add_loop(tcase, the_tables_contain_every_option, 0,
		7);
	tcase_add_test(tcase, common_options_are_accepted_by_every_command);
	tcase_add_test(tcase, a_deterministic_model_notes_equal_samples);
	return suite_run(suite);
}

/* clang-format on */
