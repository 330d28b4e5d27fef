/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui export`, whatever the format: what decides the format and
 * the name, what is replaced, what cannot be written, and what is left after an
 * error. Also the archives of npz, read here on their own.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/exporter.h"
#include "here.h"
#include "suite.h"

#define MODEL "m.safetensors"

static void
train(void)
{
	MUST("train", "--quiet", "--seed=1", "--updates=3", "--units=3", MODEL);
}

static void
expect_refusal(const char *named, const char *const *arguments)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = arguments},
		&outcome);
	expect_failure(&outcome, named);
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}

static void
expect_usage(const char *named, const char *const *arguments)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = arguments},
		&outcome);
	expect_usage_error(&outcome, named);
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}

/* Whether a file begins with these bytes. */
static bool
begins_with(const char *name, const char *bytes)
{
	size_t length;
	char *file = read_here(name, &length);
	bool does = length >= strlen(bytes) &&
		memcmp(file, bytes, strlen(bytes)) == 0;

	free(file);
	return does;
}

/* ---------------------------------------------------------------------- */
/* Formats and names */

START_TEST(suffix_and_option_decide_the_format)
{
	train();
	MUST("export", "--quiet", MODEL, "a.csv");
	ck_assert(begins_with("a.csv", "first_update,"));
	MUST("export", "--quiet", MODEL, "a.npz");
	ck_assert(begins_with("a.npz", "PK\003\004"));
	MUST("export", "--quiet", "--format=csv", MODEL, "b.npz");
	ck_assert(begins_with("b.npz", "first_update,"));
	MUST("export", "--quiet", "--format=c", MODEL);
	ck_assert(begins_with("m.c", "/*\n * m: "));
	expect_usage("x.y: no format has this suffix",
		WORDS("export", MODEL, "x.y"));
	expect_usage("name OUT or --format", WORDS("export", MODEL));
	expect_usage("pickle", WORDS("export", "--format=pickle", MODEL));
	/* a suffix alone is no name */
	expect_usage(".npz", WORDS("export", MODEL, ".npz"));
	ck_assert(!exists_here(".npz"));
}
END_TEST

START_TEST(every_format_has_a_suffix_of_its_own)
{
	for (size_t i = 0; exporter_list[i] != NULL; i++) {
		const struct exporter *exporter =
			(const struct exporter *)exporter_list[i];
		char path[64];

		snprintf(path, sizeof path, "folder/a.b%s", exporter->suffix);
		ck_assert_ptr_eq(exporter_of_path(path), exporter);
		strcat(path, "/");
		ck_assert_ptr_eq(exporter_of_path(path), exporter);
	}
}
END_TEST

START_TEST(output_says_what_was_written)
{
	char expected[64], *output;
	size_t length;

	train();
	output = OUTPUT_OF("export", MODEL, "a.csv");
	free(read_here("a.csv", &length));
	snprintf(expected, sizeof expected, "a.csv: %zu bytes\n", length);
	ck_assert_uint_lt(length, 1000);
	ck_assert_str_eq(output, expected);
	free(output);
	output = OUTPUT_OF("export", "--quiet", MODEL, "b.csv");
	ck_assert_str_eq(output, "");
	free(output);
}
END_TEST

START_TEST(standard_output_has_the_same_bytes)
{
	struct outcome outcome;
	size_t length;
	char *file;

	train();
	MUST("export", "--quiet", MODEL, "a.npz");
	file = read_here("a.npz", &length);
	RUN(&outcome, "export", "--format=npz", MODEL, "-");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	ck_assert_uint_eq(outcome.output_length, length);
	ck_assert_mem_eq(outcome.output, file, length);
	free(file);
	outcome_release(&outcome);
	ck_assert(!exists_here("-"));
	expect_usage("-: no format", WORDS("export", MODEL, "-"));
	expect_usage("folder", WORDS("export", "--format=tfjs", MODEL, "-"));
}
END_TEST

START_TEST(a_full_standard_output_is_an_error)
{
	struct outcome outcome;

	if (access("/dev/full", W_OK) != 0) {
		printf("not tested: /dev/full is not there\n");
		return;
	}
	train();
	command_run(&(struct command){.folder = folder,
			    .arguments =
				    WORDS("export", "--format=c", MODEL, "-"),
			    .output = "/dev/full"},
		&outcome);
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "standard output: "));
	outcome_release(&outcome);
	/* a device is no file to replace */
	expect_refusal("/dev/full",
		WORDS("export", "--force", "--format=c", MODEL, "/dev/full"));
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Existing files */

static void
expect_content(const char *name, const char *text)
{
	char *content = read_here(name, NULL);

	ck_assert_str_eq(content, text);
	free(content);
}

START_TEST(existing_files_need_force)
{
	train();
	write_here("a.csv", "mine");
	expect_refusal("a.csv: already exists; --force",
		WORDS("export", MODEL, "a.csv"));
	expect_content("a.csv", "mine");
	MUST("export", "--quiet", "--force", MODEL, "a.csv");
	ck_assert(begins_with("a.csv", "first_update,"));
}
END_TEST

START_TEST(the_model_is_never_replaced)
{
	char model[FOLDER_PATH_SIZE], link_path[FOLDER_PATH_SIZE];

	train();
	path_here(model, MODEL);
	ck_assert_int_eq(link(model, path_here(link_path, "hard.csv")), 0);
	ck_assert_int_eq(symlink(MODEL, path_here(link_path, "soft.csv")), 0);
	expect_usage("the same file",
		WORDS("export", "--force", "--format=csv", MODEL, MODEL));
	expect_usage("the same file",
		WORDS("export", "--force", MODEL, "hard.csv"));
	expect_usage("the same file",
		WORDS("export", "--force", MODEL, "soft.csv"));
	ck_assert_uint_eq(updates_of(MODEL), 3);
}
END_TEST

START_TEST(links_and_modes_of_replaced_files_are_kept)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	train();
	write_here("target.csv", "mine");
	chmod_here("target.csv", 0640);
	ck_assert_int_eq(symlink("target.csv", path_here(path, "a.csv")), 0);
	MUST("export", "--quiet", "--force", MODEL, "a.csv");
	ck_assert(begins_with("target.csv", "first_update,"));
	ck_assert_int_eq(lstat(path, &status), 0);
	ck_assert(S_ISLNK(status.st_mode));
	ck_assert_uint_eq(status_here("target.csv").st_mode & 0777, 0640);
}
END_TEST

START_TEST(folders_hold_no_files_of_other_formats)
{
	char path[FOLDER_PATH_SIZE];

	train();
	ck_assert_int_eq(mkdir(path_here(path, "a.csv"), 0700), 0);
	expect_refusal("a.csv", WORDS("export", "--force", MODEL, "a.csv"));
	expect_refusal("missing", WORDS("export", MODEL, "missing/a.csv"));
	/* a folder of a format of several files keeps its other files */
	MUST("export", "--quiet", "--format=tfjs", MODEL, "tfjs");
	write_here("tfjs/other", "mine");
	expect_refusal("tfjs: already exists",
		WORDS("export", "--format=tfjs", MODEL, "tfjs"));
	MUST("export", "--quiet", "--force", "--format=tfjs", MODEL, "tfjs");
	expect_content("tfjs/other", "mine");
	write_here("file", "mine");
	expect_refusal("file",
		WORDS("export", "--force", "--format=tfjs", MODEL, "file"));
	expect_content("file", "mine");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Errors */

START_TEST(bad_models_leave_nothing)
{
	expect_refusal("none.st", WORDS("export", "none.st", "a.csv"));
	write_here("cut.st", "not a model");
	expect_refusal("cut.st", WORDS("export", "cut.st", "a.csv"));
	ck_assert(!exists_here("a.csv"));
}
END_TEST

/* The program whose system calls fail: see tests/faults.c. */
static void
run_faulty(const char *fault, const char *const *arguments,
	struct outcome *outcome)
{
	char program[FOLDER_PATH_SIZE + 32], variable[64];

	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	snprintf(program, sizeof program, "%s/src/lstmtui-faults",
		getenv("TOP_BUILDDIR"));
	snprintf(variable, sizeof variable, "LSTMTUI_FAULT=%s", fault);
	command_run(&(struct command){.program = program,
			    .folder = folder,
			    .arguments = arguments,
			    .environment = WORDS(variable)},
		outcome);
}

/* What fails while a file is written, and up to which call. */
static const struct {
	const char *fault;
	int calls;
} faults[] = {{"write:%d:ENOSPC", 1}, {"fsync:%d:EIO", 1}, {"close:%d:EIO", 5},
	{"rename:%d:EROFS", 1}, {"mkostemp:%d:EACCES", 1}};

/* Export with a fault; return whether it failed. */
static bool
fails(const char *fault, const char *const *arguments)
{
	struct outcome outcome;
	bool has_failed;

	run_faulty(fault, arguments, &outcome);
	ck_assert_msg(outcome.status == 0 || outcome.status == 1, "%s: %d",
		fault, outcome.status);
	has_failed = outcome.status == 1;
	outcome_release(&outcome);
	return has_failed;
}

START_TEST(a_failed_write_leaves_the_old_file_or_none)
{
	int failures = 0;

	train();
	for (int n = 1; n <= faults[_i].calls; n++) {
		char fault[64], path[FOLDER_PATH_SIZE];
		size_t before;

		snprintf(fault, sizeof fault, faults[_i].fault, n);
		write_here("old.c", "mine");
		before = folder_count(folder);
		if (fails(fault,
			    WORDS("export", "--quiet", "--force", MODEL,
				    "old.c"))) {
			expect_content("old.c", "mine");
			failures++;
		}
		if (fails(fault, WORDS("export", "--quiet", MODEL, "new.c")))
			ck_assert(!exists_here("new.c"));
		remove_here("new.c");
		if (fails(fault,
			    WORDS("export", "--quiet", "--format=tfjs", MODEL,
				    "tfjs"))) {
			/* no folder, no temporary file */
			ck_assert_msg(!exists_here("tfjs"), "%s", fault);
			ck_assert_uint_eq(folder_count(folder), before);
		} else {
			folder_remove(path_here(path, "tfjs"));
		}
	}
	ck_assert_int_ge(failures, 1);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* The archive */

static uint32_t
number_at(const unsigned char *at, size_t size)
{
	uint32_t number = 0;

	for (size_t i = size; i-- > 0;)
		number = number << 8 | at[i];
	return number;
}

/* CRC-32 of ISO 3309, bit by bit. */
static uint32_t
crc_of(const unsigned char *bytes, size_t count)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < count; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

START_TEST(the_archive_is_one)
{
	const unsigned char *file, *end, *entry;
	size_t length, count = 0, local = 0;
	char *text;

	train();
	MUST("export", "--quiet", MODEL, "a.npz");
	text = read_here("a.npz", &length);
	file = (const unsigned char *)text;
	ck_assert_uint_gt(length, 22);
	/* the end of the central directory, without a comment */
	end = file + length - 22;
	ck_assert_mem_eq(end, "PK\005\006", 4);
	ck_assert_uint_eq(number_at(end + 20, 2), 0);
	entry = file + number_at(end + 16, 4);
	ck_assert_ptr_eq(entry + number_at(end + 12, 4), end);
	for (; entry < end; count++) {
		const unsigned char *header = file + number_at(entry + 42, 4);
		size_t name = number_at(entry + 28, 2);
		size_t size = number_at(entry + 24, 4);
		const unsigned char *data =
			header + 30 + name + number_at(header + 28, 2);

		ck_assert_mem_eq(entry, "PK\001\002", 4);
		ck_assert_mem_eq(header, "PK\003\004", 4);
		/* stored, members one after the other */
		ck_assert_uint_eq(number_at(entry + 10, 2), 0);
		ck_assert_uint_eq(number_at(entry + 20, 4), size);
		ck_assert_uint_eq((size_t)(header - file), local);
		/* method, date, CRC, sizes and name are the same in both */
		ck_assert_mem_eq(header + 4, entry + 6, 24);
		ck_assert_mem_eq(header + 30, entry + 46, name);
		ck_assert_uint_eq(number_at(entry + 16, 4), crc_of(data, size));
		local = (size_t)(data + size - file);
		entry += 46 + name + number_at(entry + 30, 2) +
			number_at(entry + 32, 2);
	}
	ck_assert_ptr_eq(entry, end);
	ck_assert_uint_eq(local, number_at(end + 16, 4));
	/* lstm has three tensors, dense two; and the description */
	ck_assert_uint_eq(count, 6);
	ck_assert_uint_eq(number_at(end + 10, 2), count);
	free(text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export");
	TCase *group = add_case(suite, "formats");

	tcase_add_test(group, suffix_and_option_decide_the_format);
	tcase_add_test(group, every_format_has_a_suffix_of_its_own);
	tcase_add_test(group, output_says_what_was_written);
	tcase_add_test(group, standard_output_has_the_same_bytes);
	tcase_add_test(group, a_full_standard_output_is_an_error);
	group = add_case(suite, "existing");
	tcase_add_test(group, existing_files_need_force);
	tcase_add_test(group, the_model_is_never_replaced);
	tcase_add_test(group, links_and_modes_of_replaced_files_are_kept);
	tcase_add_test(group, folders_hold_no_files_of_other_formats);
	group = add_case(suite, "errors");
	tcase_add_test(group, bad_models_leave_nothing);
	suite_add_loop(group, a_failed_write_leaves_the_old_file_or_none, 0,
		COUNT(faults));
	group = add_case(suite, "archive");
	tcase_add_test(group, the_archive_is_one);
	return suite_run(suite);
}
