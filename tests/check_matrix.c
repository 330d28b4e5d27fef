/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of every command that reads a model, with every kind of model: it
 * succeeds, or refuses with one line, and leaves the file unchanged. A build
 * with sanitizers also checks memory accesses. Each kind is written in some of
 * the formats, and each format with some of the kinds; JSON and the plain
 * output alternate. LSTMTUI_FAULTS_ALL=1: each with each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/format.h"
#include "interface.h"
#include "run/relevance.h"
#include "run/settings.h"
#include "suite.h"

enum { WORDS_MAX = 32, EITHER = -1, FORMATS_STEP = 4 };

/* Kinds of models, as the options that create them. */

static const char *const special[][12] = {
	/* losses, optimizers, layers, with generated sequences */
	{"--loss", "mse", "--optimizer", "sgd", "--momentum", "0.9"},
	{"--loss", "mse", "--framing", "many-to-one", "--optimizer", "rmsprop",
		"--batch", "3"},
	{"--loss", "huber", "--huber-delta", "0.1", "--optimizer", "adamw",
		"--weight-decay", "0.01"},
	{"--loss", "huber", "--framing", "sequence", "--task", "spiral"},
	{"--loss", "rectangle", "--clip", "1"},
	{"--task", "recall", "--gap", "3"},
	{"--task", "count", "--sequence-length", "20"},
	{"--task", "recall", "--gap", "2", "--loss", "mixture", "--framing",
		"one-to-one"},
	{"--loss", "rectangle", "--rectangle-weight", "0.3", "--framing",
		"sequence"},
	{"--loss", "mixture"},
	{"--loss", "mixture", "--mixtures", "2", "--sigma-floor", "0.01",
		"--framing", "sequence", "--task", "star"},
	{"--loss", "mixture", "--framing", "many-to-one", "--task", "circle"},
	{"--loss", "mixture", "--framing", "one-to-many", "--window", "2"},
	{"--recurrent-activation", "hard-sigmoid"},
	{"--cell", "gru"},
	{"--cell", "gru", "--units", "3,2", "--framing", "sequence",
		"--recurrent-activation", "hard-sigmoid"},
	{"--cell", "gru", "--loss", "rectangle"},
	{"--cell", "gru", "--loss", "mixture", "--framing", "one-to-many"},
	{"--cell", "rnn"},
	{"--cell", "rnn", "--units", "3,2", "--framing", "many-to-one"},
	{"--cell", "rnn", "--loss", "rectangle", "--framing", "sequence"},
	{"--units", "3,2,4"},
	{"--units", "3,2", "--framing", "sequence", "--batch", "2"},
	/* data */
	{"--data", "rectangles.csv"},
	{"--task", "points", "--data", "one.csv"},
	{"--task", "points", "--data", "one.csv", "--framing", "sequence"},
	{"--task", "points", "--data", "one.csv", "--framing", "many-to-one",
		"--window", "2"},
	{"--task", "points", "--data", "three.csv", "--framing", "one-to-many",
		"--window", "2"},
	{"--task", "points", "--data", "three.csv", "--loss", "mixture"},
	{"--task", "points", "--data", "three.csv", "--layout", "strokes",
		"--missing", "drop", "--scale", "none"},
	{"--task", "points", "--data", "three.csv", "--layout", "series",
		"--missing", "hold", "--scale", "standard"},
	/* texts */
	{"--task", "text", "--data", "letters.txt"},
	{"--task", "text", "--data", "letters.txt", "--framing", "one-to-one"},
	{"--task", "text", "--data", "letters.txt", "--framing", "many-to-one"},
	{"--task", "text", "--data", "letters.txt", "--framing", "one-to-many",
		"--window", "2"},
	{"--task", "text", "--data", "letters.txt", "--bytes"},
	{"--task", "text", "--data", "letters.txt", "--tokens", "bytes",
		"--framing", "one-to-one"},
	{"--task", "text", "--data", "letters.txt", "--bytes", "--framing",
		"many-to-one"},
	{"--task", "text", "--data", "letters.txt", "--bytes", "--framing",
		"one-to-many"},
	{"--task", "text", "--data", "letters.txt", "--tokens", "words"},
	{"--task", "text", "--data", "letters.txt", "--units", "3,2",
		"--dropout", "0.2"},
	{"--task", "text", "--data", "letters.txt", "--cell", "gru", "--units",
		"3,2", "--dropout", "0.2"},
	{"--task", "text", "--data", "letters.txt", "--cell", "rnn"},
	{"--task", "text", "--data", "letters.txt", "--cell", "rnn",
		"--framing", "many-to-one"},
	{"--task", "text", "--data", "letters.txt", "--optimizer", "adamw"},
	{"--task", "text", "--data", "letters.txt", "--reset-at", "line",
		"--validation", "0"},
	{"--task", "text", "--data", "letters.txt", "--reset-at", "paragraph",
		"--optimizer", "sgd"},
};

/*
 * Count the kinds: the special ones, and each generating task in each framing.
 */
static size_t
kinds(void)
{
	return COUNT(special) +
		kind_count(task_list) * kind_count(framing_list);
}

static void
add(const char **words, const char *word)
{
	size_t count = 0;

	while (words[count] != NULL)
		count++;
	ck_assert_uint_lt(count + 1, WORDS_MAX);
	words[count] = word;
}

static bool
has(const char *const *words, const char *word)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

/* Get the options of a kind; return false if its task reads a file instead. */
static bool
options_of(size_t kind, const char *words[WORDS_MAX])
{
	size_t framings = kind_count(framing_list);
	size_t number = kind - COUNT(special);
	const struct task *task;

	memset(words, 0, WORDS_MAX * sizeof *words);
	if (kind < COUNT(special)) {
		for (size_t i = 0; special[kind][i] != NULL; i++)
			add(words, special[kind][i]);
		return true;
	}
	/* the kind is the first member of a task */
	task = (const struct task *)task_list[number / framings];
	if (task->make == NULL)
		return false;
	add(words, "--task");
	add(words, task->kind.name);
	add(words, "--framing");
	add(words, framing_list[number % framings]->name);
	return true;
}

static void
write_data(void)
{
	write_here("rectangles.csv",
		"0,0\n0.5,0\n0.5,0.7\n0,0.7\n\n"
		"0,0\n0.2,0\n0.2,0.1\n0,0.1\n");
	write_here("one.csv", "1\n2\n3\n4\n3\n2\n\n1\n0.5\n0\n-1\n");
	write_here("three.csv", "0,1,2\n1,2,3\n2,3,4\n3,4,5\n4,5,6\n");
	write_here("letters.txt",
		"abc def, ghi.\n\nabé def.\r\n"
		"abc abc.\n\ndef def ghi abc\n");
}

/* Train a model of a kind as MODEL. Return true if it is of a text. */
static bool
train(const char *const *options)
{
	bool is_text = has(options, "text") || has(options, "count");
	const char *words[WORDS_MAX] = {"train", "--quiet", "--seed", "3",
		"--updates", "3"};

	write_data();
	for (size_t i = 0; options[i] != NULL; i++)
		add(words, options[i]);
	if (!has(options, "--units")) {
		add(words, "--units");
		add(words, "2");
	}
	if (is_text) {
		add(words, "--batch");
		add(words, "2");
	}
	add(words, "--snapshots");
	add(words, "1,3");
	add(words, MODEL);
	must_run(words);
	return is_text;
}

/* Assert success, with at most a note on standard error. */
static void
expect_success(const struct outcome *outcome)
{
	static const char note[] = "lstmtui: note: ";

	expect_status(outcome, 0);
	ck_assert_msg(outcome->errors_length == 0 ||
			(strncmp(outcome->errors, note, strlen(note)) == 0 &&
				count_lines(outcome->errors) == 1),
		"%s", outcome->errors);
}

/* Run a command on MODEL and assert its exit status; EITHER: 0 or 1. */
static void
read_model(int status, const char *const *command)
{
	const char *words[WORDS_MAX] = {NULL};
	struct outcome outcome;

	for (size_t i = 0; command[i] != NULL; i++)
		add(words, command[i]);
	add(words, MODEL);
	if (strcmp(command[0], "train") == 0)
		add(words, "--quiet");
	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	if (status == EITHER)
		status = outcome.status == 0 ? 0 : 1;
	if (status == 0)
		expect_success(&outcome);
	else if (status == 1)
		expect_failure(&outcome, NULL);
	else
		expect_usage_error(&outcome, NULL);
	outcome_release(&outcome);
}

#define READ(status, ...) read_model(status, WORDS(__VA_ARGS__))

static bool
is_whole(void)
{
	return getenv("LSTMTUI_FAULTS_ALL") != NULL;
}

/* Run a command in two forms: every other kind with one of them, or both. */
static void
read_either(size_t kind, const char *const *plain, const char *const *json)
{
	if (is_whole() || kind % 2 == 0)
		read_model(0, plain);
	if (is_whole() || kind % 2 == 1)
		read_model(0, json);
}

static void
read_with_any(size_t kind)
{
	read_either(kind, WORDS("info"), WORDS("info", "--json"));
	READ(0, "generate", "--length", "1");
	READ(0, "train");
}

/* Write a sequence and the gallery of a model in the formats of its kind. */
static void
read_points(size_t kind)
{
	size_t step = is_whole() ? 1 : FORMATS_STEP;

	read_either(kind, WORDS("evaluate", "--count", "70"),
		WORDS("evaluate", "--count", "70", "--json"));
	for (size_t i = kind % step; i < kind_count(format_list); i += step) {
		/* the kind is the first member of a format */
		const struct format *format =
			(const struct format *)format_list[i];
		/* pictures are refused in a build without cairo */
		int status = format->content == FORMAT_PICTURE ? EITHER : 0;

		READ(status, "generate", "--seed", "1", "--count", "2",
			"--format", format->kind.name);
		READ(status, "generate", "--gallery", "--format",
			format->kind.name);
	}
}

static void
read_text(size_t kind, bool is_bytes)
{
	read_either(kind, WORDS("evaluate"), WORDS("evaluate", "--json"));
	READ(0, "generate", "--seed", "1", "--length", "30");
	READ(0, "generate", "--count", "2", "--prime", "abc", "--length", "30");
	/* bytes may not form valid characters */
	READ(is_bytes ? EITHER : 0, "generate", "--length", "30", "--format",
		"json");
	READ(0, "generate", "--gallery");
	if (is_whole() || kind % 2 == 0)
		READ(2, "generate", "--format", "braille");
	if (is_whole() || kind % 2 == 1)
		READ(2, "generate", "--gallery", "--format", "braille");
}

/* Collect MODEL as the only run of a sweep, under the name of its settings. */
static void
collect(const char *const *options)
{
	char *bytes, path[FOLDER_PATH_SIZE];
	struct outcome outcome;
	size_t length;

	bytes = read_here(MODEL, &length);
	folder_join(path, folder, "sweep");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	folder_join(path, folder, "sweep/units-2-seed-3.safetensors");
	file_write(path, bytes, length);
	free(bytes);
	RUN(&outcome, "sweep", "--collect", "sweep", "--count", "70");
	if (has(options, "--units")) {
		expect_failure(&outcome, "not part of this sweep");
	} else {
		expect_success(&outcome);
		ck_assert(exists_here("sweep/results.csv"));
	}
	outcome_release(&outcome);
}

START_TEST(each_command_reads_each_kind_of_model)
{
	const char *options[WORDS_MAX];
	char *before, *after;
	size_t length, new_length;
	bool is_text;

	if (!options_of((size_t)_i, options))
		return;
	is_text = train(options);
	before = read_here(MODEL, &length);
	read_with_any((size_t)_i);
	if (is_text)
		read_text((size_t)_i,
			has(options, "--bytes") || has(options, "bytes"));
	else
		read_points((size_t)_i);
	collect(options);
	after = read_here(MODEL, &new_length);
	ck_assert_uint_eq(new_length, length);
	ck_assert_mem_eq(after, before, length);
	free(before);
	free(after);
}
END_TEST

/* A finished run: the interface only shows it. */
START_TEST(the_interface_reads_each_kind_of_model)
{
	const char *options[WORDS_MAX];

	if (!options_of((size_t)_i, options))
		return;
	train(options);
	OPEN(MODEL);
	expect("finished");
	press("q");
	expect_end(0);
	expect_restored();
}
END_TEST

/* Return true if some kind of model has the name among its options. */
static bool
is_among_kinds(const char *name)
{
	const char *options[WORDS_MAX];

	for (size_t kind = 0; kind < kinds(); kind++)
		if (options_of(kind, options) && has(options, name))
			return true;
	return false;
}

/* Each choice of each setting belongs to at least one kind of model. */
START_TEST(each_name_is_among_the_kinds)
{
	size_t lists = 0;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const struct kind *const *kind = setting->choices;

		lists += kind != NULL;
		/* how files are written: tests/check_dialects.c */
		if (setting == &setting_separator ||
			setting == &setting_decimal)
			continue;
		for (; kind != NULL && *kind != NULL; kind++) {
			const char *name = (*kind)->name;

			/* defaults need no option */
			if (strcmp(name, setting->initial) == 0 ||
				*kind == &loss_crossentropy.kind)
				continue;
			ck_assert_msg(is_among_kinds(name), "--%s %s",
				setting->option, name);
		}
	}
	ck_assert_uint_ge(lists, 6);
}
END_TEST

/* Each setting that applies only to some kind is set with that kind. */
START_TEST(each_setting_of_a_kind_is_among_the_kinds)
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const struct need *const *need = setting->needs;
		char option[64];

		snprintf(option, sizeof option, "--%s", setting->option);
		for (; need != NULL && *need != NULL; need++)
			ck_assert_msg((*need)->kind == NULL ||
					is_among_kinds(option),
				"%s", option);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("matrix");
	TCase *tcase = add_screen_case(suite, "reading");

	suite_add_loop(tcase, each_command_reads_each_kind_of_model, 0,
		(int)kinds());
	tcase_add_test(tcase, each_name_is_among_the_kinds);
	tcase_add_test(tcase, each_setting_of_a_kind_is_among_the_kinds);
	tcase = add_screen_case(suite, "screen");
	suite_add_loop(tcase, the_interface_reads_each_kind_of_model, 0,
		(int)kinds());
	return suite_run(suite);
}
