/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of processes that are killed, and of two processes that train one
 * model: the file can always be opened and training continues. LSTMTUI_KILLS:
 * number of kills.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "core/random.h"
#include "folder.h"
#include "session/model_file.h"
#include "suite.h"

static char folder[FOLDER_PATH_SIZE], model[FOLDER_PATH_SIZE];

static void
begin(void)
{
	folder_join(model, folder_new(folder), "m.safetensors");
}

static pid_t
start_training(const char *updates, const char *every)
{
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0)
		command_become(&(struct command){.folder = folder,
			.arguments = WORDS("train", "--quiet", "--seed", "1",
				"--updates", updates, "--checkpoint-every",
				every, "m.safetensors")});
	return child;
}

static void
kill_and_wait(pid_t child)
{
	int status;

	kill(child, SIGKILL);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
}

/*
 * Wait until the training has saved 0 to 3 times, then up to 20 milliseconds
 * more.
 */
static void
wait_at_random(struct random *random)
{
	uint64_t saves = random_next(random) % 4;
	long nanoseconds = (long)(20e6 * random_uniform(random));
	long deadline = now_ms() + COMMAND_LIMIT_MS;
	struct stat saved = {0};

	stat(model, &saved);
	while (saves > 0) {
		struct stat now = {0};

		ck_assert_msg(now_ms() < deadline, "no model is saved");
		if (stat(model, &now) == 0 && now.st_ino != saved.st_ino) {
			saved = now;
			saves--;
		}
		pause_shortly();
	}
	nanosleep(&(struct timespec){0, nanoseconds}, NULL);
}

/* Return the updates of the model file; 0 if it does not exist yet. */
static uint64_t
updates_saved(void)
{
	struct run *run;
	struct error error;
	uint64_t updates;

	if (!file_exists(model))
		return 0;
	run = model_file_open(suite_context(), model, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	updates = run_updates(run);
	run_destroy(run);
	return updates;
}

START_TEST(a_kill_never_loses_a_saved_model)
{
	const char *wanted = getenv("LSTMTUI_KILLS");
	int kills = wanted != NULL ? atoi(wanted) : 40;
	uint64_t before = 0;
	struct random random;

	begin();
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < kills; i++) {
		pid_t child = start_training("1000000000", "1");
		uint64_t after;

		wait_at_random(&random);
		kill_and_wait(child);
		after = updates_saved();
		ck_assert_msg(after >= before, "%llu updates, after %llu",
			(unsigned long long)after, (unsigned long long)before);
		before = after;
	}
	ck_assert(before > 0);
	/* the next training leaves no file except the model */
	kill_and_wait(start_training("1000000000", "1"));
	{
		struct outcome outcome;

		command_run(&(struct command){.folder = folder,
				    .arguments = WORDS("train", "--quiet",
					    "--updates", "1", "m.safetensors")},
			&outcome);
		expect_status(&outcome, 0);
		outcome_release(&outcome);
	}
	ck_assert_uint_eq(folder_count(folder), file_exists(model) ? 1 : 0);
}
END_TEST

static void
wait_for_file(const char *path)
{
	long deadline = now_ms() + COMMAND_LIMIT_MS;

	while (!file_exists(path)) {
		ck_assert_msg(now_ms() < deadline, "no file %s", path);
		pause_shortly();
	}
}

START_TEST(a_second_process_is_told_which_one_trains_the_model)
{
	static const char *const commands[][6] = {
		{"info", "m.safetensors", NULL},
		{"generate", "m.safetensors", NULL},
		{"evaluate", "--count", "10", "m.safetensors", NULL},
	};
	struct outcome outcome;
	char number[64];
	pid_t child;

	begin();
	child = start_training("1000000000", "100000");
	wait_for_file(model);
	snprintf(number, sizeof number, "process %ld", (long)child);
	command_run(&(struct command){.folder = folder,
			    .arguments =
				    WORDS("train", "--quiet", "m.safetensors")},
		&outcome);
	expect_failure(&outcome, number);
	outcome_release(&outcome);
	for (size_t i = 0; i < 3; i++) {
		command_run(&(struct command){.folder = folder,
				    .arguments = commands[i]},
			&outcome);
		expect_status(&outcome, 0);
		outcome_release(&outcome);
	}
	kill_and_wait(child);
	/* a lock is released when its process dies */
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--quiet", "--updates",
				    "1", "m.safetensors")},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(files_of_other_programs_are_not_removed)
{
	static const char *const names[] = {".m.safetensors.lstmtui-abc",
		".m.safetensors.lstmtui-abcdefg",
		".n.safetensors.lstmtui-abcdef", "m.safetensors.lstmtui-abcdef",
		".lstmtui-abcdef",
		/* names of temporary files of other programs */
		".m.safetensors.abcdef", ".m.safetensors.backup"};
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	begin();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		file_write_text(folder_join(path, folder, names[i]), "mine");
	file_write_text(folder_join(path, folder,
				".m.safetensors.lstmtui-Ab3dEf"),
		"left over");
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--quiet", "--updates",
				    "1", "m.safetensors")},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	ck_assert(!file_exists(path));
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		ck_assert(file_exists(folder_join(path, folder, names[i])));
}
END_TEST

/* Nor does a link lead the lock to another file. */
START_TEST(a_lock_that_cannot_be_opened_is_an_error)
{
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	begin();
	folder_join(path, folder, ".m.safetensors.lock");
	ck_assert_int_eq(symlink("elsewhere", path), 0);
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--quiet", "--updates",
				    "1", "m.safetensors")},
		&outcome);
	expect_failure(&outcome, ".m.safetensors.lock");
	outcome_release(&outcome);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

static Suite *
kills_suite(void)
{
	Suite *suite = suite_create("kills");
	TCase *group = suite_group(suite, "kills", SUITE_SECONDS_SLOW);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_test(group, a_kill_never_loses_a_saved_model);
	tcase_add_test(group,
		a_second_process_is_told_which_one_trains_the_model);
	tcase_add_test(group, files_of_other_programs_are_not_removed);
	tcase_add_test(group, a_lock_that_cannot_be_opened_is_an_error);
	return suite;
}

int
main(void)
{
	return suite_run(kills_suite());
}
