/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fault injection into the commands: each memory allocation and each system
 * call fails in turn. The program prints one error line or continues; it never
 * crashes, and the model file is the old one or the new one, complete.
 * Of many calls, only the first ones, the last one and some between fail;
 * LSTMTUI_FAULTS_ALL=1: every call.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "folder.h"
#include "session/model_file.h"
#include "suite.h"

/* After the first calls, the stride grows in proportion to their number. */
enum { STRIDE_FROM = 3, WORDS_MAX = 16 };

#define RECTANGLE "train", "--quiet", "--seed", "1", "--updates", "30"

static const struct {
	const char *words[WORDS_MAX];
	bool has_model;   /* a model file exists before */
	uint64_t updates; /* updates in the file after a success; 0: no file */
} commands[] = {
	{{RECTANGLE, "m.safetensors"}, false, 30},
	{{"train", "--quiet", "--updates", "40", "m.safetensors"}, true, 40},
	{{RECTANGLE, "--task", "points", "--data", "d.csv", "--framing",
		 "sequence", "m.safetensors"},
		false, 30},
	{{RECTANGLE, "--task", "text", "--data", "t.txt", "--units", "4",
		 "m.safetensors"},
		false, 30},
	{{RECTANGLE, "--loss", "rectangle", "--log", "l.json", "--init",
		 "m.safetensors"},
		true, 30},
	{{RECTANGLE, "--log", "events", "--log-format", "tensorboard",
		 "--snapshots", "30", "m.safetensors"},
		false, 30},
	{{"generate", "m.safetensors"}, true, 30},
	{{"generate", "--format", "json", "m.safetensors"}, true, 30},
	{{"generate", "--format", "braille", "m.safetensors"}, true, 30},
	{{"evaluate", "--count", "100", "m.safetensors"}, true, 30},
	{{"inspect", "--gradient", "m.safetensors"}, true, 30},
	{{"inspect", "--json", "m.safetensors"}, true, 30},
	{{"info", "m.safetensors"}, true, 30},
	{{"generate", "--quiet", "--format", "svg", "--count", "2",
		 "m.safetensors"},
		true, 30},
	{{"generate", "--gallery", "m.safetensors"}, true, 30},
	{{"generate", "--length", "20", "t.safetensors"}, true, 30},
	{{"generate", "--format", "json", "t.safetensors"}, true, 30},
	{{"evaluate", "t.safetensors"}, true, 30},
	{{"export", "--quiet", "t.safetensors", "t.c"}, true, 30},
	{{"export", "--quiet", "m.safetensors", "m.csv"}, true, 30},
	{{"export", "--quiet", "m.safetensors", "m.svg"}, true, 30},
	{{"export", "--quiet", "t.safetensors", "t.keras"}, true, 30},
	{{"export", "--quiet", "t.safetensors", "t.weights.h5"}, true, 30},
	{{"export", "--quiet", "t.safetensors", "t-tfjs"}, true, 30},
	{{"export", "--quiet", "t.safetensors", "new.pt"}, true, 30},
	{{"import", "--quiet", "t.pt", "new.safetensors"}, true, 30},
	{{"import", "--quiet", "t.npz", "new.safetensors"}, true, 30},
	{{"sweep", "--vary", "units=1;1,1", "--seeds", "1", "--updates", "20",
		 "--jobs", "1", "--quiet", "--output", "out"},
		false, 0},
	{{"sweep", "--units", "1", "--vary", "cell=gru,rnn", "--seeds", "1",
		 "--plan", "--chunk", "2", "--output", "out"},
		false, 0},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const char *const faults[] = {"calloc:%d:ENOMEM",
	"aligned_alloc:%d:ENOMEM", "realloc:%d:ENOMEM", "write:%d:ENOSPC",
	"write:%d:short", "write:%d:EINTR", "fsync:%d:EIO", "close:%d:EIO",
	"rename:%d:EROFS", "mkostemp:%d:EACCES", "read:%d:EIO", "read:%d:EINTR",
	"read:%d:short", "fopen:%d:EACCES", "open:%d:EACCES",
	"fdopen:%d:ENOMEM"};

enum { FAULTS = sizeof faults / sizeof faults[0] };

static char folder[FOLDER_PATH_SIZE];

static void
file_of(const char *name, const char *text)
{
	char path[FOLDER_PATH_SIZE];

	folder_join(path, folder, name);
	if (text != NULL)
		file_write_text(path, text);
	else
		remove(path);
}

/*
 * The file of the program with fault injection, for a sweep, whose workers
 * execute it. The other commands run in a child of the test, which contains the
 * same.
 */
static const char *
program_of(const char *const *words)
{
	static char path[FOLDER_PATH_SIZE];

	if (strcmp(words[0], "sweep") != 0)
		return NULL;
	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	snprintf(path, sizeof path, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR"));
	return path;
}

static void
run(const char *const *words, const char *const *environment,
	struct outcome *outcome)
{
	command_run(&(struct command){.program = program_of(words),
			    .folder = folder,
			    .arguments = words,
			    .environment = environment},
		outcome);
}

static bool
uses(size_t number, const char *name)
{
	for (size_t i = 0; commands[number].words[i] != NULL; i++)
		if (strcmp(commands[number].words[i], name) == 0)
			return true;
	return false;
}

/* The models and exports that commands read, made once for all tests. */
static struct trained {
	const char *name, *words[WORDS_MAX];
	char *bytes;
	size_t length;
} trained[] = {
	{"m.safetensors", {RECTANGLE, "--snapshots", "10,20", "m.safetensors"},
		NULL, 0},
	{"t.safetensors",
		{RECTANGLE, "--task", "text", "--data", "t.txt", "--units", "3",
			"t.safetensors"},
		NULL, 0},
	{"t.pt", {"export", "--quiet", "t.safetensors", "t.pt"}, NULL, 0},
	{"t.npz", {"export", "--quiet", "t.safetensors", "t.npz"}, NULL, 0},
};

static void
write_data(void)
{
	file_of("d.csv", "0,0\n1,0\n1,1\n\n0,0\n\"0.5\",0\n0.5,1\n");
	file_of("t.txt", "a small text, and not much more\n");
}

static void
set_up(void)
{
	folder_setup();
	folder_new(folder);
	write_data();
	for (size_t i = 0; i < sizeof trained / sizeof trained[0]; i++) {
		char model[FOLDER_PATH_SIZE];
		struct outcome outcome;

		run(trained[i].words, NULL, &outcome);
		expect_status(&outcome, 0);
		outcome_release(&outcome);
		folder_join(model, folder, trained[i].name);
		trained[i].bytes = file_read(model, &trained[i].length);
	}
}

static void
tear_down(void)
{
	for (size_t i = 0; i < sizeof trained / sizeof trained[0]; i++)
		free(trained[i].bytes);
	folder_teardown();
}

/* Empty the folder; write the files that the command needs. */
static void
prepare(size_t number)
{
	folder_remove(folder);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	write_data();
	for (size_t i = 0; i < sizeof trained / sizeof trained[0]; i++) {
		char model[FOLDER_PATH_SIZE];

		if (!commands[number].has_model ||
			(i > 0 && !uses(number, trained[i].name)))
			continue;
		folder_join(model, folder, trained[i].name);
		file_write(model, trained[i].bytes, trained[i].length);
	}
}

/*
 * Assert that the model is complete, the old or the new one, and no temporary
 * file is left.
 */
static void
expect_whole(size_t number, int status, const char *fault)
{
	char path[FOLDER_PATH_SIZE];
	struct run *kept;
	struct error error;

	folder_join(path, folder, "m.safetensors");
	if (!file_exists(path))
		ck_assert_msg(!commands[number].has_model &&
				(status != 0 || commands[number].updates == 0),
			"%s: the model is missing", fault);
	else {
		kept = model_file_open(suite_context(), path, &error);
		ck_assert_msg(kept != NULL, "%s: %s", fault, error.text);
		if (status == 0)
			ck_assert_msg(run_updates(kept) ==
					commands[number].updates,
				"%s: exit status 0, but the model is not saved",
				fault);
		run_destroy(kept);
	}
	/*
	 * besides the model: data, another or a best model, a log or a folder
	 */
	ck_assert_msg(folder_count(folder) <= 6, "%s: files were left behind",
		fault);
}

/* Inject one fault; return false if the command ended before that call. */
static bool
inject(size_t number, const char *fault)
{
	char variable[64], mark[FOLDER_PATH_SIZE];
	char marked[FOLDER_PATH_SIZE + 32];
	struct outcome outcome;
	bool has_happened;

	prepare(number);
	snprintf(variable, sizeof variable, "LSTMTUI_FAULT=%s", fault);
	folder_join(mark, folder, "mark");
	snprintf(marked, sizeof marked, "LSTMTUI_FAULT_MARK=%s", mark);
	run(commands[number].words, WORDS(variable, marked), &outcome);
	has_happened = file_exists(mark);
	ck_assert_msg(!outcome.is_late && outcome.signal == 0,
		"%s: signal %d: %s", fault, outcome.signal, outcome.errors);
	ck_assert_msg(outcome.status == 0 || outcome.status == 1,
		"%s: status %d: %s", fault, outcome.status, outcome.errors);
	if (outcome.status == 1)
		ck_assert_msg(strncmp(outcome.errors, "lstmtui: ", 9) == 0,
			"%s: '%s'", fault, outcome.errors);
	else
		ck_assert_msg(has_happened || outcome.errors_length == 0,
			"%s: '%s'", fault, outcome.errors);
	if (has_happened)
		expect_whole(number, outcome.status, fault);
	outcome_release(&outcome);
	return has_happened;
}

/* Make the nth call of a kind fail; return false if there are fewer calls. */
static bool
inject_nth(size_t number, size_t kind, int n)
{
	char fault[64];

	snprintf(fault, sizeof fault, faults[kind], n);
	return inject(number, fault);
}

START_TEST(no_fault_crashes_a_command_or_damages_a_model)
{
	size_t number = (size_t)_i % COMMANDS, kind = (size_t)_i / COMMANDS;
	bool all = getenv("LSTMTUI_FAULTS_ALL") != NULL;
	int last = 0, beyond = 1, injected = 0;

	while (inject_nth(number, kind, beyond)) {
		last = beyond;
		beyond += all ? 1 : 1 + beyond / STRIDE_FROM;
		injected++;
	}
	/* the calls since the last fault, by bisection up to the last call */
	while (beyond - last > 1) {
		int middle = last + (beyond - last) / 2;

		if (inject_nth(number, kind, middle)) {
			last = middle;
			injected++;
		} else {
			beyond = middle;
		}
	}
	/* every command allocates; a fault that never occurs tests nothing */
	ck_assert(injected > 0 || strncmp(faults[kind], "calloc", 6) != 0);
	printf("%s, %s: %d of %d\n", commands[number].words[0], faults[kind],
		injected, last);
}
END_TEST

static Suite *
faults_suite(void)
{
	Suite *suite = suite_create("faults");
	TCase *group = suite_group(suite, "faults", SUITE_SECONDS_SLOW);

	tcase_add_unchecked_fixture(group, set_up, tear_down);
	suite_add_loop(group, no_fault_crashes_a_command_or_damages_a_model, 0,
		COMMANDS * FAULTS);
	return suite;
}

int
main(void)
{
	return suite_run(faults_suite());
}
