/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fault injection into the commands: each memory allocation and each system
 * call fails in turn. The program prints one error line or continues; it never
 * crashes, and the model file is the old one or the new one, complete.
 * LSTMTUI_FAULTS_ALL=1: inject at every call, not only at some of the later
 * ones.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "folder.h"
#include "session/model_file.h"
#include "suite.h"

enum { STRIDE_FROM = 30, STRIDE = 7, WORDS_MAX = 16 };

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
	{{"sweep", "--units", "1,2", "--seeds", "1", "--updates", "20",
		 "--jobs", "1", "--quiet", "--output", "out"},
		false, 0},
	{{"sweep", "--units", "1", "--seeds", "2", "--plan", "--output", "out"},
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
static const char *program;

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

static void
run(const char *const *words, const char *const *environment,
	struct outcome *outcome)
{
	command_run(&(struct command){.program = program,
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

/* Create a new folder with the files that the command needs. */
static void
prepare(size_t number)
{
	struct outcome outcome;

	if (folder[0] != '\0')
		folder_remove(folder);
	folder_new(folder);
	file_of("d.csv", "0,0\n1,0\n1,1\n\n0,0\n\"0.5\",0\n0.5,1\n");
	file_of("t.txt", "a small text, and not much more\n");
	if (!commands[number].has_model)
		return;
	run(WORDS(RECTANGLE, "--snapshots", "10,20", "m.safetensors"), NULL,
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	if (!uses(number, "t.safetensors"))
		return;
	run(WORDS(RECTANGLE, "--task", "text", "--data", "t.txt", "--units",
		    "3", "t.safetensors"),
		NULL, &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
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

START_TEST(no_fault_crashes_a_command_or_damages_a_model)
{
	size_t number = (size_t)_i % COMMANDS, kind = (size_t)_i / COMMANDS;
	bool all = getenv("LSTMTUI_FAULTS_ALL") != NULL;
	static char path[FOLDER_PATH_SIZE];
	int injected = 0;

	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	snprintf(path, sizeof path, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR"));
	program = path;
	for (int n = 1;; n += all || n < STRIDE_FROM ? 1 : STRIDE) {
		char fault[64];

		snprintf(fault, sizeof fault, faults[kind], n);
		if (!inject(number, fault))
			break;
		injected++;
	}
	/* every command allocates; a fault that never occurs tests nothing */
	ck_assert(injected > 0 || strncmp(faults[kind], "calloc", 6) != 0);
	printf("%s, %s: %d\n", commands[number].words[0], faults[kind],
		injected);
}
END_TEST

static Suite *
faults_suite(void)
{
	Suite *suite = suite_create("faults");
	TCase *group = suite_group(suite, "faults", SUITE_SECONDS_SLOW);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_loop_test(group,
		no_fault_crashes_a_command_or_damages_a_model, 0,
		COMMANDS * FAULTS);
	return suite;
}

int
main(void)
{
	return suite_run(faults_suite());
}
