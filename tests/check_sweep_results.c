/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of a sweep's result files: files not written by a sweep are not
 * replaced, and each row gives the updates that its models have done.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "here.h"
#include "suite.h"

#define SWEEP "sweep", "--quiet", "--units", "2,3", "--seeds", "1"

static const char *const results[] = {
	"results.csv",
	"results.json",
#ifdef HAVE_CAIRO
	"shapes.svg",
#endif
};

/* Files not written by a sweep; NULL: a FIFO. */
static const char *const foreign[] = {"mine", "", "{\"runs\": 3}",
	"units,seed\n1,2\n", NULL};

static char *
path_in(char path[FOLDER_PATH_SIZE], const char *name)
{
	char inner[FOLDER_PATH_SIZE];

	folder_join(inner, folder, "d");
	return folder_join(path, inner, name);
}

/* Return the type of a file. A symbolic link is not followed. */
static mode_t
kind_of(const char *path)
{
	struct stat status;

	ck_assert_int_eq(lstat(path, &status), 0);
	return status.st_mode & S_IFMT;
}

static void
expect_text(const char *path, const char *wanted)
{
	char *text = file_read(path, NULL);

	ck_assert_str_eq(text, wanted);
	free(text);
}

/* _i: a result file and a foreign file in its place. */
START_TEST(files_that_are_no_results_of_a_sweep_are_not_replaced)
{
	const char *name = results[_i / COUNT(foreign)];
	const char *text = foreign[_i % COUNT(foreign)];
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;
	bool collects = false;

	ck_assert_int_eq(mkdir(path_in(path, ""), 0700), 0);
	path_in(path, name);
	if (text != NULL)
		file_write_text(path, text);
	else
		ck_assert_int_eq(mkfifo(path, 0600), 0);
	do {
		if (collects)
			RUN(&outcome, "sweep", "--collect", "d");
		else
			RUN(&outcome, SWEEP, "--updates", "30", "--output",
				"d");
		expect_failure(&outcome, name);
		if (text != NULL)
			expect_failure(&outcome, "--force");
		ck_assert_str_eq(outcome.output, "");
		outcome_release(&outcome);
		if (text != NULL)
			expect_text(path, text);
		/* no other result was written */
		path_in(path, "");
		ck_assert_uint_eq(folder_count(path), collects ? 2 : 1);
		if (!collects)
			MUST("train", "--quiet", "--units", "2", "--seed", "1",
				"--updates", "30",
				"d/units-2-seed-1.safetensors");
		path_in(path, name);
		collects = !collects;
	} while (collects);
	if (text == NULL)
		return;
	MUST(SWEEP, "--updates", "30", "--output", "d", "--force");
	/* the file is now the sweep's own and is replaced without --force */
	MUST(SWEEP, "--updates", "40", "--output", "d");
	MUST("sweep", "--quiet", "--collect", "d");
}
END_TEST

START_TEST(results_through_a_link_are_refused_and_replaced_by_force)
{
	char path[FOLDER_PATH_SIZE], victim[FOLDER_PATH_SIZE];
	struct outcome outcome;

	MUST(SWEEP, "--updates", "30", "--output", "d");
	path_in(path, results[_i]);
	folder_join(victim, folder, "victim");
	ck_assert_int_eq(rename(path, victim), 0);
	ck_assert_int_eq(chmod(victim, 0600), 0);
	ck_assert_int_eq(symlink("../victim", path), 0);
	file_write_text(victim, "mine");
	RUN(&outcome, SWEEP, "--updates", "40", "--output", "d");
	expect_failure(&outcome, results[_i]);
	outcome_release(&outcome);
	MUST(SWEEP, "--updates", "40", "--output", "d", "--force");
	expect_text(victim, "mine");
	ck_assert_uint_eq(kind_of(path), S_IFREG);
}
END_TEST

START_TEST(a_protected_result_is_not_replaced)
{
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;
	char *before;

	MUST(SWEEP, "--updates", "30", "--output", "d");
	ck_assert_int_eq(chmod(path_in(path, results[_i]), 0444), 0);
	before = file_read(path, NULL);
	RUN(&outcome, SWEEP, "--updates", "40", "--output", "d");
	expect_failure(&outcome, "write-protected");
	outcome_release(&outcome);
	expect_text(path, before);
	free(before);
}
END_TEST

START_TEST(a_model_is_not_trained_through_a_link)
{
	char path[FOLDER_PATH_SIZE];
	struct outcome outcome;

	ck_assert_int_eq(mkdir(path_in(path, ""), 0700), 0);
	ck_assert_int_eq(symlink("../elsewhere",
				 path_in(path, "units-3-seed-1.safetensors")),
		0);
	RUN(&outcome, SWEEP, "--updates", "30", "--output", "d");
	expect_failure(&outcome, "units-3-seed-1.safetensors");
	outcome_release(&outcome);
	ck_assert(!exists_here("elsewhere"));
}
END_TEST

/* Results of an older version have no marks, but are recognized. */
START_TEST(results_of_an_older_version_are_recognized)
{
	char path[FOLDER_PATH_SIZE], *text;
	size_t length;
	json_t *object;

	MUST(SWEEP, "--updates", "30", "--output", "d");
	path_in(path, "results.json");
	object = json_load_file(path, 0, NULL);
	ck_assert_str_eq(get_string(object, "format"), "lstmtui sweep");
	json_object_del(object, "format");
	ck_assert_int_eq(json_dump_file(object, path, 0), 0);
	json_decref(object);
	if (COUNT(results) == 3) {
		text = file_read(path_in(path, "shapes.svg"), &length);
		ck_assert_ptr_nonnull(strstr(text, "<!-- lstmtui sweep -->"));
		*strstr(text, "<!-- lstmtui sweep -->") = '\0';
		file_write_text(path, text);
		free(text);
	}
	MUST(SWEEP, "--updates", "40", "--output", "d");
	if (COUNT(results) == 3) {
		text = file_read(path_in(path, "shapes.svg"), NULL);
		ck_assert_ptr_nonnull(strstr(text, "<!-- lstmtui sweep -->"));
		free(text);
	}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* updates */

/* Get the row of a number of units from the table. */
static void
find_row(const char *table, const char *units, char row[256])
{
	char start[32];
	const char *at;

	snprintf(start, sizeof start, "\n%5s  ", units);
	at = strstr(table, start);
	ck_assert_msg(at != NULL, "no row of %s units in %s", units, table);
	snprintf(row, 256, "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
}

static json_t *
read_results(void)
{
	char path[FOLDER_PATH_SIZE], *text;
	json_t *object;

	text = file_read(path_in(path, "results.json"), NULL);
	object = parse_object(text);
	free(text);
	return object;
}

/* _i 0: sweep; 1: sweep --collect. */
START_TEST(each_row_gives_the_updates_of_its_models)
{
	char path[FOLDER_PATH_SIZE], row[256], *table, *csv;
	json_t *object;
	const json_t *sizes;

	/* one model was trained for longer; the others are new */
	MUST("sweep", "--plan", "--units", "2,3", "--seeds", "2", "--output",
		"d");
	MUST("train", "--quiet", "--units", "2", "--seed", "1", "--updates",
		"20000", "d/units-2-seed-1.safetensors");
	table = OUTPUT_OF("sweep", "--quiet", "--units", "2,3", "--seeds", "2",
		"--updates", "30", "--output", "d");
	if (_i == 1) {
		free(table);
		table = OUTPUT_OF("sweep", "--quiet", "--collect", "d");
	}
	ck_assert_ptr_nonnull(strstr(table,
		"after 30 to 20,000 updates, "
		"not the same for all models\n"));
	find_row(table, "2", row);
	ck_assert_msg(strstr(row, "  30 to 20,000  ") != NULL, "%s", row);
	find_row(table, "3", row);
	ck_assert_msg(strstr(row, "  30  ") != NULL, "%s", row);
	free(table);

	csv = file_read(path_in(path, "results.csv"), NULL);
	ck_assert_ptr_nonnull(strstr(csv, "\n2,1,46,20000,"));
	ck_assert_ptr_nonnull(strstr(csv, "\n3,2,"));
	free(csv);
	object = read_results();
	sizes = json_object_get(object, "sizes");
	ck_assert_int_eq(get_integer(json_array_get(sizes, 0), "updates_least"),
		30);
	ck_assert_int_eq(get_integer(json_array_get(sizes, 0), "updates_most"),
		20000);
	ck_assert_int_eq(get_integer(json_array_get(sizes, 1), "updates_most"),
		30);
	json_decref(object);
}
END_TEST

/* A model with a smaller target is finished when it has reached that. */
START_TEST(a_collected_model_is_finished_by_its_own_target)
{
	char path[FOLDER_PATH_SIZE], *table, row[256];

	ck_assert_int_eq(mkdir(path_in(path, ""), 0700), 0);
	MUST("train", "--quiet", "--units", "2", "--seed", "1", "--updates",
		"500", "d/units-2-seed-1.safetensors");
	MUST("train", "--quiet", "--units", "3", "--seed", "1", "--updates",
		"30", "d/units-3-seed-1.safetensors");
	table = OUTPUT_OF("sweep", "--quiet", "--collect", "d");
	ck_assert_ptr_nonnull(strstr(table, "after 30 to 500 updates"));
	find_row(table, "2", row);
	ck_assert_msg(strstr(row, "  500  ") != NULL, "%s", row);
	find_row(table, "3", row);
	ck_assert_msg(strstr(row, "  30  ") != NULL, "%s", row);
	ck_assert_ptr_null(strstr(table, "not finished"));
	free(table);
}
END_TEST

START_TEST(updates_equal_in_all_rows_are_in_the_heading)
{
	char *table;

	table = OUTPUT_OF(SWEEP, "--updates", "1500", "--output", "d");
	ck_assert_ptr_nonnull(strstr(table, "after 1,500 updates\n"));
	free(table);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sweep_results");
	TCase *tcase = add_case(suite, "files");

	suite_add_loop(tcase,
		files_that_are_no_results_of_a_sweep_are_not_replaced, 0,
		COUNT(results) * COUNT(foreign));
	suite_add_loop(tcase,
		results_through_a_link_are_refused_and_replaced_by_force, 0,
		COUNT(results));
	suite_add_loop(tcase, a_protected_result_is_not_replaced, 0,
		COUNT(results));
	tcase_add_test(tcase, a_model_is_not_trained_through_a_link);
	tcase_add_test(tcase, results_of_an_older_version_are_recognized);
	tcase = add_case(suite, "updates");
	suite_add_loop(tcase, each_row_gives_the_updates_of_its_models, 0, 2);
	tcase_add_test(tcase, a_collected_model_is_finished_by_its_own_target);
	tcase_add_test(tcase, updates_equal_in_all_rows_are_in_the_heading);
	return suite_run(suite);
}
