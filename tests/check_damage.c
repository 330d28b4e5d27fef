/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of damaged model files, truncated or with random changes, and of paths
 * that are no regular files.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bad_file.h"
#include "suite.h"
#include "users.h"

enum {
	LENGTH_BYTES = 8,
	TRUNCATIONS = 500,
	COMMAND_EVERY = 64, /* truncations that a command reads too */
	BYTE_FLIPS = 400,
	FLIPS_WORKED = 16
};

START_TEST(a_file_cut_anywhere_is_refused)
{
	char path[FOLDER_PATH_SIZE], what[64];
	size_t length, step, number = 0;
	char *bytes = file_read(path_of(path, GOOD), &length);

	step = length / TRUNCATIONS + 1;
	for (size_t cut = 0; cut < length;
		cut += cut < 16 || cut + 16 >= length ? 1 : step) {
		if (cut + step >= length && cut + 16 < length)
			cut = length - 16;
		write_bad(bytes, cut);
		snprintf(what, sizeof what, "cut at %zu", cut);
		if (number++ % COMMAND_EVERY == 0)
			expect_refusal(what, number / COMMAND_EVERY);
		else
			ck_assert_msg(!opens_bad(what), "%s is accepted", what);
	}
	/* once with all commands, truncated within the tensors */
	write_bad(bytes, length - 100);
	expect_bad("cut near the end");
	free(bytes);
}
END_TEST

/* Marsaglia's xorshift: the same numbers on every machine. */
static uint32_t
next_number(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

START_TEST(a_byte_changed_anywhere_does_no_harm)
{
	char path[FOLDER_PATH_SIZE], what[64];
	size_t length, header;
	char *bytes = file_read(path_of(path, GOOD), &length);
	uint32_t state = 20240229;

	header = (size_t)((unsigned char)bytes[0] |
		(unsigned char)bytes[1] << 8);
	for (int i = 0; i < BYTE_FLIPS; i++) {
		/*
		 * three of four changes are in the header, which is more
		 * vulnerable
		 */
		size_t range = i % 4 == 0 ? length : LENGTH_BYTES + header;
		size_t place = next_number(&state) % range;
		char old = bytes[place];

		bytes[place] = (char)(unsigned char)(i % 2 == 0
				? (unsigned char)old ^
					1u << next_number(&state) % 8
				: next_number(&state) & 0xff);
		write_bad(bytes, length);
		snprintf(what, sizeof what, "byte %zu is 0x%02x", place,
			(unsigned)(unsigned char)bytes[place]);
		expect_decency(what, (size_t)i);
		bytes[place] = old;
	}
	free(bytes);
}
END_TEST

START_TEST(every_command_works_on_a_changed_file_that_opens)
{
	char path[FOLDER_PATH_SIZE], what[64];
	size_t length;
	char *bytes = file_read(path_of(path, GOOD), &length);
	uint32_t state = 20240301;

	for (int i = 0; i < FLIPS_WORKED; i++) {
		size_t place = next_number(&state) % length;
		char old = bytes[place];

		bytes[place] =
			(char)(unsigned char)(next_number(&state) & 0xff);
		write_bad(bytes, length);
		snprintf(what, sizeof what, "byte %zu is 0x%02x", place,
			(unsigned)(unsigned char)bytes[place]);
		expect_decent_work(what, (size_t)i);
		bytes[place] = old;
	}
	free(bytes);
}
END_TEST

START_TEST(a_directory_is_refused)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(mkdir(path_of(path, BAD), 0700), 0);
	expect_bad("a directory");
	ck_assert_uint_eq(folder_count(path), 0);
}
END_TEST

START_TEST(a_device_is_refused)
{
	/* without the command that saves: root could replace the device */
	expect_each_refuses("/dev/null");
	expect_each_refuses("/dev/zero");
}
END_TEST

START_TEST(a_fifo_is_refused_without_waiting_for_a_writer)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(mkfifo(path_of(path, BAD), 0600), 0);
	expect_bad("a FIFO");
}
END_TEST

/*
 * A model file may name any path as its data. Opening a FIFO without a writer
 * blocks; reading a terminal or /dev/zero does not end.
 */
START_TEST(data_that_are_not_a_regular_file_are_refused)
{
	static const char *const kinds[] = {"fifo", "/dev/ptmx", "/dev/zero",
		"/"};
	const char *kind = kinds[_i];
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	if (kind[0] != '/')
		ck_assert_int_eq(mkfifo(path_of(path, kind), 0600), 0);
	set(metadata(), "data", json_string(kind));
	write_good_as_bad();
	RUN(&outcome, "train", "--updates", "70", BAD);
	expect_failure(&outcome, "not a regular file");
	ck_assert_ptr_nonnull(strstr(outcome.errors, BAD));
	outcome_release(&outcome);
	RUN(&outcome, "train", "--data", kind, "--updates", "1");
	expect_failure(&outcome, "not a regular file");
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", kind, GOOD);
	expect_failure(&outcome, "not a regular file");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--task", "text", "--data", kind, "--updates",
		"1");
	expect_failure(&outcome, "not a regular file");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--init", kind, "--updates", "1");
	expect_failure(&outcome, "not a regular file");
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_link_to_nothing_is_refused)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(symlink("nowhere", path_of(path, BAD)), 0);
	expect_each_refuses(BAD);
}
END_TEST

START_TEST(a_link_to_itself_is_refused)
{
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	ck_assert_int_eq(symlink(BAD, path_of(path, BAD)), 0);
	expect_each_refuses(BAD);
	run_reader(READERS_ONLY, BAD, &outcome);
	expect_failure(&outcome, BAD);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_file_that_may_not_be_read_is_refused)
{
	char path[FOLDER_PATH_SIZE];

	if (!users_become_plain())
		return;
	write_good_as_bad();
	ck_assert_int_eq(chmod(path_of(path, BAD), 0), 0);
	expect_bad("forbidden");
}
END_TEST

static void
add_chance(Suite *suite)
{
	TCase *tcase = add_bad_case(suite, "chance");

	tcase_add_test(tcase, a_file_cut_anywhere_is_refused);
	tcase_add_test(tcase, a_byte_changed_anywhere_does_no_harm);
	tcase_add_test(tcase, every_command_works_on_a_changed_file_that_opens);
}

static void
add_others(Suite *suite)
{
	TCase *tcase = add_bad_case(suite, "others");

	tcase_add_test(tcase, a_directory_is_refused);
	tcase_add_test(tcase, a_device_is_refused);
	tcase_add_test(tcase, a_fifo_is_refused_without_waiting_for_a_writer);
	suite_add_loop(tcase, data_that_are_not_a_regular_file_are_refused, 0,
		4);
	tcase_add_test(tcase, a_link_to_nothing_is_refused);
	tcase_add_test(tcase, a_link_to_itself_is_refused);
	tcase_add_test(tcase, a_file_that_may_not_be_read_is_refused);
}

int
main(void)
{
	Suite *suite = suite_create("damage");

	add_chance(suite);
	add_others(suite);
	return suite_run(suite);
}
