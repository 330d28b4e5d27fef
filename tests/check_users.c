/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of files of two users: owner and permissions of a model that the other
 * user saves, and locks of another user. They need root; for others the program
 * is skipped.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "here.h"
#include "suite.h"
#include "users.h"

#define MODEL "m.safetensors"
#define LOCK ".m.safetensors.lock"
#define LEARN "train", "--quiet", "--seed", "1"

enum { SKIPPED = 77 }; /* automake's exit status for a skipped test */

START_TEST(another_users_file_in_a_sticky_directory_is_refused)
{
	struct outcome outcome;

	users_share_folder(01777);
	MUST(LEARN, "--updates", "1", MODEL);
	chmod_here(MODEL, 0666);
	users_run_other(WORDS("train", "--updates", "20", MODEL), &outcome);
	expect_failure(&outcome, MODEL ": not saved: Operation not permitted");
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
	ck_assert_uint_eq(updates_of(MODEL), 1);
}
END_TEST

START_TEST(owner_group_and_mode_are_kept)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	MUST(LEARN, "--updates", "1", MODEL);
	ck_assert_int_eq(chown(path_here(path, MODEL), OTHER_USER, OTHER_GROUP),
		0);
	chmod_here(MODEL, 06640);
	MUST("train", "--quiet", "--updates", "2", MODEL);
	status = status_here(MODEL);
	ck_assert_uint_eq(status.st_uid, OTHER_USER);
	ck_assert_uint_eq(status.st_gid, OTHER_GROUP);
	ck_assert_uint_eq(status.st_mode & 07777, 0640);
}
END_TEST

/*
 * A user who replaces a file and is not in its group must not grant the group's
 * permissions to another one.
 */
START_TEST(a_group_that_cannot_be_kept_gets_no_permissions)
{
	struct outcome outcome;
	struct stat status;

	users_share_folder(0777);
	MUST(LEARN, "--updates", "1", MODEL);
	chmod_here(MODEL, 0662);
	users_run_other(WORDS("train", "--updates", "2", MODEL), &outcome);
	/* the group may read it, the other user may only write it */
	expect_failure(&outcome, "Permission denied");
	outcome_release(&outcome);
	chmod_here(MODEL, 0676);
	users_run_other(WORDS("train", "--quiet", "--updates", "2", MODEL),
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	status = status_here(MODEL);
	ck_assert_uint_eq(status.st_uid, OTHER_USER);
	ck_assert_uint_eq(status.st_gid, OTHER_GROUP);
	ck_assert_uint_eq(status.st_mode & 07777, 0666);
}
END_TEST

/* _i 0: a lock of a dead process; 1: of a living one; 2: an unreadable one. */
START_TEST(a_lock_of_another_user_is_reported_or_taken_over)
{
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;
	int held;

	users_share_folder(0777);
	write_here(LOCK, "12345\n");
	held = open(path_here(path, LOCK), O_RDWR);
	ck_assert_int_ge(held, 0);
	ck_assert_int_eq(flock(held, LOCK_EX | LOCK_NB), 0);
	chmod_here(LOCK, _i == 2 ? 0600 : 0644);
	if (_i != 1)
		close(held);
	users_run_other(WORDS("train", "--quiet", "--updates", "2", MODEL),
		&outcome);
	if (_i == 0) {
		expect_status(&outcome, 0);
		ck_assert(!exists_here(LOCK));
		ck_assert_uint_eq(updates_of(MODEL), 2);
	} else {
		expect_failure(&outcome, "root, since 20");
		expect_failure(&outcome,
			_i == 1 ? "process 12345" : "remove it if no process");
	}
	outcome_release(&outcome);
	if (_i == 1)
		close(held);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("users");
	TCase *tcase = add_case(suite, "users");

	command_run_file();
	tcase_add_test(tcase,
		another_users_file_in_a_sticky_directory_is_refused);
	tcase_add_test(tcase, owner_group_and_mode_are_kept);
	tcase_add_test(tcase, a_group_that_cannot_be_kept_gets_no_permissions);
	suite_add_loop(tcase, a_lock_of_another_user_is_reported_or_taken_over,
		0, 3);
	if (!users_are_two()) {
		srunner_free(srunner_create(suite));
		return SKIPPED;
	}
	return suite_run(suite);
}
