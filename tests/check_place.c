/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the place where a model is saved: a place that cannot be written is
 * detected at the start; owner, group and mode are kept; links do not redirect
 * derived files; a lock belongs to one model and one living process.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "interface.h"
#include "suite.h"

#ifdef HAVE_LINUX_XATTR
#include <sys/xattr.h>
#endif

#define LEARN "train", "--quiet", "--seed", "1"
#define LOCK ".m.safetensors.lock"
#define BEST "m-best.safetensors"
#define TEXT                                            \
	"the quick brown fox jumps over the lazy dog\n" \
	"the quick brown fox jumps over the lazy dog\n"
#define A_TEXT                                                               \
	"--task", "text", "--data", "t.txt", "--units", "4", "--batch", "2", \
		"--sequence-length", "10"

START_TEST(a_protected_model_is_refused_before_training)
{
	struct outcome outcome;
	char *before, *after;
	size_t length, now;

	MUST(LEARN, "--updates", "10", MODEL);
	chmod_here(MODEL, 0444);
	before = read_here(MODEL, &length);
	RUN(&outcome, "train", "--updates", "20", "--log", "log", MODEL);
	expect_failure(&outcome, MODEL ": write-protected");
	ck_assert_ptr_nonnull(strstr(outcome.errors, "--force"));
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
	after = read_here(MODEL, &now);
	ck_assert_uint_eq(now, length);
	ck_assert_mem_eq(after, before, length);
	ck_assert(!exists_here("log"));
	ck_assert(!exists_here(LOCK));
	free(before);
	free(after);
	/* --force replaces the file, which stays write-protected */
	MUST(LEARN, "--updates", "5", "--force", MODEL);
	ck_assert_uint_eq(updates_of(MODEL), 5);
	ck_assert_uint_eq(status_here(MODEL).st_mode & 07777, 0444);
}
END_TEST

START_TEST(w_does_not_replace_a_protected_file)
{
	char *text;

	write_here("kept", "mine");
	chmod_here("kept", 0444);
	OPEN("--seed", "1", "--speed", "50");
	expect_at_least(3);
	pause_training();
	press("w");
	expect("File name");
	press("kept\r");
	expect("Replace the file?");
	press("y");
	expect("write-protected");
	text = read_here("kept", NULL);
	ck_assert_str_eq(text, "mine");
	free(text);
	leave();
}
END_TEST

START_TEST(the_place_of_the_best_model_is_checked_at_the_start)
{
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE];

	write_here("t.txt", TEXT);
	if (_i == 0)
		ck_assert_int_eq(mkdir(path_here(path, BEST), 0700), 0);
	else
		ck_assert_int_eq(mkfifo(path_here(path, BEST), 0600), 0);
	RUN(&outcome, "train", A_TEXT, "--updates", "1", "--log", "log", MODEL);
	expect_failure(&outcome, BEST);
	outcome_release(&outcome);
	ck_assert(!exists_here("log"));
	ck_assert(!exists_here(MODEL));
	/* shapes have no best model, so nothing is in the way */
	MUST(LEARN, "--updates", "1", MODEL);
}
END_TEST

/* Names too long for the suffix "-best". */
START_TEST(a_name_too_long_for_the_best_model_is_refused)
{
	struct outcome outcome;
	char name[NAME_MAX + 1];

	write_here("t.txt", TEXT);
	memset(name, 'n', NAME_MAX - 4);
	name[NAME_MAX - 4] = '\0';
	RUN(&outcome, "train", A_TEXT, "--updates", "1", name);
	expect_failure(&outcome, "-best: not saved: File name too long");
	outcome_release(&outcome);
	MUST(LEARN, "--updates", "1", name);
	ck_assert_uint_eq(updates_of(name), 1);
}
END_TEST

/* Not even root can create files there. */
START_TEST(a_directory_that_takes_no_files_is_refused)
{
	struct outcome outcome;

	if (access("/proc/self", W_OK) != 0) {
		printf("not tested: /proc is not there or not for us\n");
		return;
	}
	RUN(&outcome, "train", "--updates", "1", "--log", "log",
		"/proc/self/" MODEL);
	expect_failure(&outcome, "/proc/self/" MODEL ": not saved");
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
	ck_assert(!exists_here("log"));
}
END_TEST

#ifdef HAVE_SYS_XATTR_H

/*
 * As `setfacl -m u:54321:rw,g::-` leaves it; the mode's group bits are the
 * mask.
 */
static const unsigned char access_list[] = {
	2, 0, 0, 0, 0x01, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, /* owner: rw */
	0x02, 0, 6, 0, 0x31, 0xd4, 0, 0,                   /* user 54321: rw */
	0x04, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,             /* group: nothing */
	0x10, 0, 6, 0, 0xff, 0xff, 0xff, 0xff,             /* mask: rw */
	0x20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,             /* others: nothing */
};

START_TEST(an_access_control_list_is_kept)
{
	static const char name[] = "system.posix_acl_access";
	unsigned char after[2 * sizeof access_list];
	char path[FOLDER_PATH_SIZE];

	MUST(LEARN, "--updates", "1", MODEL);
	path_here(path, MODEL);
	if (setxattr(path, name, access_list, sizeof access_list, 0) != 0) {
		printf("not tested: no access control lists here: %s\n",
			strerror(errno));
		return;
	}
	ck_assert_uint_eq(status_here(MODEL).st_mode & 0777, 0660);
	MUST("train", "--quiet", "--updates", "2", MODEL);
	/* without the list, the group would get the permissions of the mask */
	ck_assert_int_eq(getxattr(path, name, after, sizeof after),
		(int)sizeof access_list);
	ck_assert_mem_eq(after, access_list, sizeof access_list);
	ck_assert_uint_eq(status_here(MODEL).st_mode & 0777, 0660);
}
END_TEST

#endif

START_TEST(a_notice_says_that_a_hard_link_is_replaced)
{
	char from[FOLDER_PATH_SIZE], to[FOLDER_PATH_SIZE];
	struct outcome outcome;
	const char *notice;

	MUST(LEARN, "--updates", "1", MODEL);
	ck_assert_int_eq(link(path_here(from, MODEL), path_here(to, "other")),
		0);
	RUN(&outcome, "train", "--quiet", "--updates", "50",
		"--checkpoint-every", "5", MODEL);
	expect_status(&outcome, 0);
	notice = strstr(outcome.errors, "2 names (hard links)");
	ck_assert_ptr_nonnull(notice);
	/* one notice, however many saves */
	ck_assert_ptr_null(strstr(notice + 20, "hard links"));
	outcome_release(&outcome);
	ck_assert_uint_eq(updates_of("other"), 1);
	ck_assert_uint_eq(updates_of(MODEL), 50);
	RUN(&outcome, "train", "--quiet", "--updates", "60", MODEL);
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_planted_link_does_not_redirect_a_derived_file)
{
	char path[FOLDER_PATH_SIZE], *text;

	write_here("t.txt", TEXT);
	write_here("profile", "mine");
	ck_assert_int_eq(symlink("profile", path_here(path, BEST)), 0);
	MUST("train", "--quiet", "--force", A_TEXT, "--updates", "40", MODEL);
	text = read_here("profile", NULL);
	ck_assert_str_eq(text, "mine");
	free(text);
	ck_assert(S_ISREG(status_here(BEST).st_mode));
	ck_assert_uint_gt(updates_of(BEST), 0);
}
END_TEST

START_TEST(results_of_a_sweep_do_not_follow_links)
{
	char path[FOLDER_PATH_SIZE], *text;
	struct outcome outcome;

	ck_assert_int_eq(mkdir(path_here(path, "d"), 0700), 0);
	write_here("profile", "units,seed,parameters,updates,loss\n");
	ck_assert_int_eq(symlink("../profile",
				 path_here(path, "d/results.csv")),
		0);
	RUN(&outcome, "sweep", "--quiet", "--force", "--units", "2", "--seeds",
		"1", "--updates", "5", "--output", "d");
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	text = read_here("profile", NULL);
	ck_assert_str_eq(text, "units,seed,parameters,updates,loss\n");
	free(text);
}
END_TEST

START_TEST(a_link_to_a_model_is_followed)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(symlink("real", path_here(path, MODEL)), 0);
	MUST(LEARN, "--updates", "3", MODEL);
	ck_assert(S_ISLNK(status_here(MODEL).st_mode));
	ck_assert_uint_eq(updates_of("real"), 3);
}
END_TEST

/* Hold the lock of a name, like a process that trains the model. */
static int
hold(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	int descriptor;

	write_here(name, "12345\n");
	descriptor = open(path_here(path, name), O_RDWR);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(flock(descriptor, LOCK_EX | LOCK_NB), 0);
	return descriptor;
}

START_TEST(the_lock_covers_the_best_model)
{
	struct outcome outcome;
	int held;

	write_here("t.txt", TEXT);
	held = hold(".m-best.safetensors.lock");
	RUN(&outcome, "train", A_TEXT, "--updates", "1", MODEL);
	expect_failure(&outcome, BEST ": process 12345");
	outcome_release(&outcome);
	ck_assert(!exists_here(MODEL));
	/* a run without a best model may use the name */
	MUST(LEARN, "--updates", "1", "lesson.safetensors");
	MUST(LEARN, "--updates", "1", MODEL);
	close(held);
}
END_TEST

START_TEST(the_best_model_of_another_run_is_locked)
{
	struct process process;
	struct outcome outcome;
	char number[64];

	write_here("t.txt", TEXT);
	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", A_TEXT, "--updates",
				      "0", "--log", "-", MODEL)},
		&process);
	ck_assert(process_wait_for_lines(&process, 1, LIMIT_MS));
	snprintf(number, sizeof number, BEST ": process %ld",
		(long)process.pid);
	RUN(&outcome, LEARN, "--force", "--updates", "1", BEST);
	expect_failure(&outcome, number);
	outcome_release(&outcome);
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	outcome_release(&outcome);
	ck_assert(!exists_here(".m-best.safetensors.lock"));
	ck_assert(!exists_here(LOCK));
}
END_TEST

/* Names of 239 bytes that differ only in the last byte. */
START_TEST(similar_long_names_have_different_locks)
{
	char first[240], second[240], lock[NAME_MAX + 1], path[PATH_MAX];
	struct process process;
	struct outcome outcome;

	memset(first, 'n', sizeof first - 1);
	first[sizeof first - 1] = '\0';
	memcpy(second, first, sizeof first);
	second[sizeof second - 2] = 'm';
	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--updates", "0",
				      "--log", "-", first)},
		&process);
	ck_assert(process_wait_for_lines(&process, 1, LIMIT_MS));
	MUST(LEARN, "--updates", "7", second);
	RUN(&outcome, LEARN, "--updates", "7", first);
	expect_failure(&outcome, "is training it");
	outcome_release(&outcome);
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	outcome_release(&outcome);
	ck_assert_uint_eq(updates_of(second), 7);
	ck_assert_uint_eq(folder_count(folder), 2);
	/* nor is the other's temporary file removed as left over */
	snprintf(lock, sizeof lock, ".%.200s.lstmtui-Ab3dEf", first);
	write_here(lock, "of another");
	MUST(LEARN, "--updates", "8", second);
	ck_assert(file_exists(folder_join(path, folder, lock)));
}
END_TEST

static const struct {
	const char *text; /* NULL: a FIFO */
	bool is_lock;
} in_its_place[] = {
	{"12345\n", true},
	{"", true},
	{"my notes\n", false},
	{"1234567890123456789012345678901234567890\n", false},
	{NULL, false},
};

START_TEST(a_file_that_is_no_lock_is_not_overwritten)
{
	char path[FOLDER_PATH_SIZE], *text;
	struct outcome outcome;

	if (in_its_place[_i].text == NULL)
		ck_assert_int_eq(mkfifo(path_here(path, LOCK), 0600), 0);
	else
		write_here(LOCK, in_its_place[_i].text);
	RUN(&outcome, LEARN, "--updates", "1", MODEL);
	if (in_its_place[_i].is_lock) {
		expect_status(&outcome, 0);
		ck_assert(!exists_here(LOCK));
	} else {
		expect_failure(&outcome, LOCK);
		ck_assert(!exists_here(MODEL));
	}
	outcome_release(&outcome);
	if (in_its_place[_i].text == NULL || in_its_place[_i].is_lock)
		return;
	text = read_here(LOCK, NULL);
	ck_assert_str_eq(text, in_its_place[_i].text);
	free(text);
}
END_TEST

static void
add_places(Suite *suite)
{
	TCase *tcase = add_case(suite, "places");

	tcase_add_test(tcase, a_protected_model_is_refused_before_training);
	suite_add_loop(tcase,
		the_place_of_the_best_model_is_checked_at_the_start, 0, 2);
	tcase_add_test(tcase, a_name_too_long_for_the_best_model_is_refused);
	tcase_add_test(tcase, a_directory_that_takes_no_files_is_refused);
#ifdef HAVE_SYS_XATTR_H
	tcase_add_test(tcase, an_access_control_list_is_kept);
#endif
	tcase_add_test(tcase, a_notice_says_that_a_hard_link_is_replaced);
	tcase_add_test(tcase, a_planted_link_does_not_redirect_a_derived_file);
	tcase_add_test(tcase, results_of_a_sweep_do_not_follow_links);
	tcase_add_test(tcase, a_link_to_a_model_is_followed);
	tcase = add_screen_case(suite, "screen");
	tcase_add_test(tcase, w_does_not_replace_a_protected_file);
}

static void
add_locks(Suite *suite)
{
	TCase *tcase = add_case(suite, "locks");

	tcase_add_test(tcase, the_lock_covers_the_best_model);
	tcase_add_test(tcase, the_best_model_of_another_run_is_locked);
	tcase_add_test(tcase, similar_long_names_have_different_locks);
	suite_add_loop(tcase, a_file_that_is_no_lock_is_not_overwritten, 0,
		COUNT(in_its_place));
}

int
main(void)
{
	Suite *suite = suite_create("place");

	command_run_file();
	add_places(suite);
	add_locks(suite);
	return suite_run(suite);
}
