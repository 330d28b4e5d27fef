/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of what the program says about data that it has read: sequences,
 * points, columns with their ranges, what was left out, and suspicions; in
 * `train`, `info`, the model file and the interface.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

#define TRAIN                                                         \
	"train", "--task", "points", "--updates", "2", "--seed", "1", \
		"--units", "2", "--data", "a.csv"

/* Files, an option or "", and the lines about them without the path. */
static const struct {
	const char *file, *option, *lines;
} files[] = {
	{"0,0\n1,0\n0.5,0.8\n\n0,0\n0.6,0\n0.3,0.5\n", "",
		"2 sequences of 3 points, 2 columns\n"
		"  column 1: 0 to 1, mean 0.4\n"
		"  column 2: 0 to 0.8, mean 0.216667\n"},
	{"d,open,close\n2020-01-01,840.5,841\n2020-01-02,842,-3.25\n", "",
		"1 sequence of 2 points, 2 columns\n"
		"  open: 840.5 to 842, mean 841.25\n"
		"  close: -3.25 to 841, mean 418.875\n"
		"  left out: column 1 (d): dates\n"},
	{"n,x,y,z\nA,1,2,3\nB,NA,2,3\nC,3,4,\n", "--missing=hold",
		"1 sequence of 3 points, 3 columns\n"
		"  x: 1 to 3, mean 1.66667\n"
		"  y: 2 to 4, mean 2.66667\n"
		"  z: 3 to 3, mean 3\n"
		"  left out: column 1 (n): text\n"
		"  left out: 2 missing values, each replaced by the one "
		"before\n"},
	{"1\nNA\n3\n5\n\n2\n4\n", "--missing=drop",
		"2 sequences of up to 3 points, 5 in all, 1 column\n"
		"  column 1: 1 to 5, mean 3\n"
		"  left out: 1 line with a missing value\n"},
	{"1,2\n3,4\n5,5\n", "--columns=2",
		"1 sequence of 3 points, 1 column\n"
		"  column 2: 2 to 5, mean 3.66667\n"
		"  left out: column 1: numbers, not listed\n"},
	{"20,7\n17,9\n18,8\n", "",
		"1 sequence of 3 points, 2 columns\n"
		"  column 1: 17 to 20, mean 18.3333\n"
		"  column 2: 7 to 9, mean 8\n"
		"  note: both columns are integers: if '20,7' is one number, "
		"--separator ';' --decimal , reads it\n"},
	{"d,t\n2020-01-01,20,7\n2020-01-02,17,9\n2020-01-03,18,8\n", "",
		"1 sequence of 3 points, 2 columns\n"
		"  d: 17 to 20, mean 18.3333\n"
		"  t: 7 to 9, mean 8\n"
		"  left out: column 1: dates\n"
		"  note: both columns are integers: if '20,7' is one number, "
		"write it with a decimal point, or in quotation marks and give "
		"--decimal ,\n"},
	{"d,t,n\nA,20,7\nB,17,9\nC,18,8\n", "",
		"1 sequence of 3 points, 2 columns\n"
		"  t: 17 to 20, mean 18.3333\n"
		"  n: 7 to 9, mean 8\n"
		"  left out: column 1 (d): text\n"},
	{"1,2,3,4,5,6,7,8,9,9\n1,2,3,4,5,6,7,8,9,9\n", "",
		"1 sequence of 2 points, 10 columns\n"
		"  column 1: 1 to 1, mean 1\n"
		"  column 2: 2 to 2, mean 2\n"
		"  column 3: 3 to 3, mean 3\n"
		"  column 4: 4 to 4, mean 4\n"
		"  column 5: 5 to 5, mean 5\n"
		"  column 6: 6 to 6, mean 6\n"
		"  column 7: 7 to 7, mean 7\n"
		"  3 more columns\n"
		"  note: 2 lines of 10 numbers are read as points: if each "
		"line is a sequence, --layout series reads it\n"},
	{"1,2,3,4,5,6,7,8,9,9\n1,2,3,4,5,6,7,8,9,9\n", "--layout=series",
		"2 sequences of 10 points, 1 column\n"
		"  numbers: 1 to 9, mean 5.4\n"},
	{"n,1990,1991,1992\nA,1,2,4\nB,4,5,7\n", "",
		"1 sequence of 2 points, 3 columns\n"
		"  column 2 (1990): 1 to 4, mean 2.5\n"
		"  column 3 (1991): 2 to 5, mean 3.5\n"
		"  column 4 (1992): 4 to 7, mean 5.5\n"
		"  left out: column 1 (n): text\n"
		"  note: 2 lines of 3 numbers are read as points: if each line "
		"is a sequence, --layout series reads it\n"
		"  note: the first line is read as a header, because it counts "
		"from 1990 to 1992; if it is data, put a line of names above "
		"it\n"},
	{"t,v\n7,1.5\n8,2.5\n9,0.5\n", "",
		"1 sequence of 3 points, 2 columns\n"
		"  t: 7 to 9, mean 8\n"
		"  v: 0.5 to 2.5, mean 1.5\n"
		"  note: column 1 (t) counts the lines: --columns can leave it "
		"out\n"},
	{"t,v\n1600000000,1\n1600000060,3\n1600000120,2\n1600000180,2\n"
	 "1600000240,2\n1600000300,1\n1600000360,3\n1600000420,2\n",
		"",
		"1 sequence of 8 points, 2 columns\n"
		"  t: 1600000000 to 1600000420, mean 1600000210\n"
		"  v: 1 to 3, mean 2\n"
		"  note: column 1 (t) changes by 60 with each line: --columns "
		"can leave it out\n"},
	{"0,1\n.1,3\n.2,2\n.3,2\n.4,2\n.5,1\n.6,3\n.7,2\n", "",
		"1 sequence of 8 points, 2 columns\n"
		"  column 1: 0 to 0.7, mean 0.35\n"
		"  column 2: 1 to 3, mean 2\n"
		"  note: column 1 changes by 0.1 with each line: --columns can "
		"leave it out\n"},
	{"0,1\n.1,3\n.2,2\n.3,2\n.4,2\n.5,1\n.61,3\n.7,2\n", "",
		"1 sequence of 8 points, 2 columns\n"
		"  column 1: 0 to 0.7, mean 0.35125\n"
		"  column 2: 1 to 3, mean 2\n"},
	{"0,1\n2,3\n4,2\n", "",
		"1 sequence of 3 points, 2 columns\n"
		"  column 1: 0 to 4, mean 2\n"
		"  column 2: 1 to 3, mean 2\n"},
	{"100.0000001,1\n100.0000002,3\n100.0000004,2\n", "",
		"1 sequence of 3 points, 2 columns\n"
		"  column 1: 100.0000001 to 100.0000004, mean 100.0000002\n"
		"  column 2: 1 to 3, mean 2\n"},
	{"n,Lat,1/22/20,1/23/20,1/24/20\nA,41.1,0,2,4\nB,9.5,1,2,3\n",
		"--layout=series",
		"2 sequences of 4 points, 1 column\n"
		"  numbers: 0 to 41.1, mean 7.825\n"
		"  left out: column 1 (n): text\n"
		"  note: each sequence has column 2 (Lat) too: --columns can "
		"leave it out\n"},
	{"n,1990,1991,1992,mean\nA,4,5,3,4\nB,6,2,4,4\n", "--layout=series",
		"2 sequences of 4 points, 1 column\n"
		"  numbers: 2 to 6, mean 4\n"
		"  left out: column 1 (n): text\n"
		"  note: each sequence has column 5 (mean) too: --columns can "
		"leave it out\n"
		"  note: the first line is read as a header, because it counts "
		"from 1990 to 1992; if it is data, put a line of names above "
		"it\n"},
	{"20,1,7,5\n17,4,9,6\n18,2,8,9\n", "--columns=1,3",
		"1 sequence of 3 points, 2 columns\n"
		"  column 1: 17 to 20, mean 18.3333\n"
		"  column 3: 7 to 9, mean 8\n"
		"  left out: column 2: numbers, not listed\n"
		"  left out: column 4: numbers, not listed\n"},
	{"t,v\n2,4\n1,7\n0,5\n\n2,7\n1,9\n0,1\n\n2,4\n1,4\n0,3\n", "",
		"3 sequences of 3 points, 2 columns\n"
		"  t: 0 to 2, mean 1\n"
		"  v: 1 to 9, mean 4.88889\n"
		"  note: column 1 (t) changes by -1 with each line: --columns "
		"can leave it out\n"},
};

/* Return the lines that `train` writes to standard error. */
static void
expect_lines(const struct outcome *outcome, const char *lines)
{
	char path[FOLDER_PATH_SIZE], expected[2048];

	expect_status(outcome, 0);
	snprintf(expected, sizeof expected, "lstmtui: %s: %s",
		path_here(path, "a.csv"), lines);
	ck_assert_str_eq(outcome->errors, expected);
}

START_TEST(train_says_what_it_has_read)
{
	struct outcome outcome;

	write_here("a.csv", files[_i].file);
	if (files[_i].option[0] != '\0')
		RUN(&outcome, TRAIN, files[_i].option);
	else
		RUN(&outcome, TRAIN);
	expect_lines(&outcome, files[_i].lines);
	outcome_release(&outcome);
	RUN(&outcome, TRAIN, "--quiet",
		files[_i].option[0] != '\0' ? files[_i].option : NULL);
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
}
END_TEST

/* Write sequences of the numbers around two levels, sorted or in turns. */
static void
write_kinds(bool is_sorted)
{
	char text[4096] = "";
	size_t length = 0;

	for (int i = 0; i < 40; i++) {
		int kind = is_sorted ? i / 20 : i % 2;

		length += (size_t)sprintf(text + length, "%.2f\n%.2f\n\n",
			kind * 0.5 + i % 7 * 0.01, kind * 0.5 + i % 5 * 0.01);
	}
	write_here("a.csv", text);
}

START_TEST(data_sorted_by_kind_are_suspected)
{
	struct outcome outcome;

	for (int is_sorted = 0; is_sorted < 2; is_sorted++) {
		write_kinds(is_sorted);
		RUN(&outcome, TRAIN);
		expect_status(&outcome, 0);
		ck_assert((strstr(outcome.errors,
				   "may be sorted by kind; --shuffle ") !=
				  NULL) == is_sorted);
		outcome_release(&outcome);
	}
}
END_TEST

/* Steps of 60 s near 1.6·10⁹, where floats are 128 apart, and of 1000 s. */
START_TEST(numbers_that_floats_cannot_tell_apart_are_counted)
{
	struct outcome outcome;

	write_here("a.csv",
		"1600000000\n1600000060\n1600000120\n1600001120\n1600002120\n");
	RUN(&outcome, TRAIN, "--scale=none");
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.errors,
		"note: column 1: steps between neighbours that are lost in 32 "
		"bits: 1 of 4\n"));
	outcome_release(&outcome);
	RUN(&outcome, TRAIN);
	expect_status(&outcome, 0);
	ck_assert_ptr_null(strstr(outcome.errors, "note:"));
	outcome_release(&outcome);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the model file */

static const char table[] = "d,open,close\n2020-01-01,0.5,1\n"
			    "2020-01-02,2,-3.25\n";

START_TEST(info_knows_the_data_without_the_file)
{
	char *text;
	json_t *object, *report, *column;

	write_here("a.csv", table);
	MUST(TRAIN, "--quiet", MODEL);
	remove_here("a.csv");
	text = OUTPUT_OF("info", MODEL);
	ck_assert_ptr_nonnull(strstr(text,
		"data_report           1 sequence of 2 points, 2 columns\n"));
	ck_assert_ptr_nonnull(strstr(text,
		"                      open: 0.5 to 2, mean 1.25\n"));
	ck_assert_ptr_nonnull(strstr(text,
		"                      left out: column 1 (d): dates\n"));
	free(text);
	object = OBJECT_OF("info", "--json", MODEL);
	report = json_object_get(object, "data_report");
	ck_assert_int_eq(get_integer(report, "sequences"), 1);
	ck_assert_int_eq(get_integer(report, "points"), 2);
	column = json_array_get(json_object_get(report, "columns"), 1);
	ck_assert_str_eq(get_string(column, "name"), "close");
	ck_assert_int_eq(get_integer(column, "number"), 3);
	ck_assert(get_number(column, "min") == -3.25);
	ck_assert(get_number(column, "max") == 1);
	ck_assert(get_number(column, "mean") == -1.125);
	ck_assert(get_number(column, "deviation") == 2.125);
	json_decref(object);
}
END_TEST

START_TEST(columns_without_names_have_their_numbers_in_the_file)
{
	char *text;

	write_here("a.csv", "A,100,200\nB,100.5,201.5\nC,101,203\n");
	MUST(TRAIN, "--quiet", MODEL);
	text = OUTPUT_OF("info", MODEL);
	ck_assert_ptr_nonnull(strstr(text, " (column 2 - 100.5) / 0.408"));
	ck_assert_ptr_nonnull(strstr(text, " (column 3 - 201.5) / 1.22"));
	ck_assert_ptr_nonnull(
		strstr(text, " column 3: 200 to 203, mean 201.5\n"));
	ck_assert_ptr_nonnull(strstr(text, " left out: column 1: text\n"));
	free(text);
	write_here("a.csv", "n,x,y\nA,100,200\nB,100.5,201.5\nC,101,203\n");
	MUST(TRAIN, "--quiet", "named.lstm");
	text = OUTPUT_OF("info", "named.lstm");
	ck_assert_ptr_nonnull(strstr(text, " (y - 201.5) / 1.22"));
	free(text);
}
END_TEST

START_TEST(other_commands_note_a_header_of_numbers)
{
	static const char note[] = "the first line is read as a header, "
				   "because it counts from 1990 to 1992";
	struct outcome outcome;

	write_here("a.csv", "1.5,2,3\n2,4,1\n3,4,5\n1,1,1\n");
	write_here("b.csv", "1990,1991,1992\n1,2,2\n3,2,1\n4,4,4\n");
	MUST(TRAIN, "--framing", "sequence", "--quiet", MODEL);
	RUN(&outcome, "evaluate", "--data", "b.csv", MODEL);
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.errors, note));
	ck_assert_ptr_nonnull(strstr(outcome.output, "over 2 points"));
	outcome_release(&outcome);
	RUN(&outcome, "generate", "--start", "end", "--data", "b.csv", MODEL);
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(strstr(outcome.errors, note));
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "a.csv", MODEL);
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
}
END_TEST

/* Change or remove (NULL) the report in the model file. */
static void
set_report(const char *text)
{
	struct tensors tensors;
	char path[FOLDER_PATH_SIZE];
	json_t *metadata;

	read_tensors_here(&tensors, MODEL);
	metadata = json_object_get(tensors.header, "__metadata__");
	if (text == NULL)
		json_object_del(metadata, "data_report");
	else
		json_object_set_new(metadata, "data_report", json_string(text));
	tensors_write(&tensors, path_here(path, MODEL));
	tensors_release(&tensors);
}

START_TEST(an_older_model_gets_its_report_when_it_is_resumed)
{
	json_t *object;

	write_here("a.csv", table);
	MUST(TRAIN, "--quiet", MODEL);
	set_report(NULL);
	object = OBJECT_OF("info", "--json", MODEL);
	ck_assert(json_is_null(json_object_get(object, "data_report")));
	json_decref(object);
	MUST("train", "--quiet", "--updates", "4", MODEL);
	object = OBJECT_OF("info", "--json", MODEL);
	ck_assert_int_eq(get_integer(json_object_get(object, "data_report"),
				 "points"),
		2);
	json_decref(object);
}
END_TEST

static const char *const forged[] = {"", "{", "[]", "{}",
	"{\"sequences\":0,\"points\":2,\"longest\":2,\"columns\":[],"
	"\"left_out\":[],\"warnings\":[]}",
	"{\"sequences\":1,\"points\":2,\"longest\":2,\"columns\":[{\"name\":"
	"1,\"min\":0,\"max\":1,\"mean\":0,\"deviation\":1}],\"left_out\":[],"
	"\"warnings\":[]}",
	"{\"sequences\":1,\"points\":2,\"longest\":2,\"columns\":[{\"name\":"
	"\"\",\"min\":0,\"max\":1,\"mean\":0,\"deviation\":1}],\"left_out\":"
	"[1],\"warnings\":[]}"};

START_TEST(a_forged_report_is_refused)
{
	struct outcome outcome;

	write_here("a.csv", table);
	MUST(TRAIN, "--quiet", MODEL);
	for (int i = 0; i < COUNT(forged); i++) {
		set_report(forged[i]);
		RUN(&outcome, "info", MODEL);
		expect_failure(&outcome, "'data_report' is wrong");
		outcome_release(&outcome);
	}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the interface */

START_TEST(the_screen_says_what_was_read)
{
	write_here("a.csv", table);
	OPEN("--task", "points", "--data", "a.csv", "--updates", "3", "--seed",
		"1", "--units", "2");
	expect("read 1 sequence of 2 points: open 0.5 to 2, close -3.25 to 1");
	leave();
}
END_TEST

START_TEST(a_suspicion_comes_before_the_note_on_the_task)
{
	write_here("a.csv",
		"n,Lat,1/1/20,1/2/20,1/3/20\nA,4,5,6,6\nB,1,1,2,4\n");
	OPEN("--data", "a.csv", "--layout", "series", "--updates", "3",
		"--seed", "1", "--units", "2");
	/* whole at 80 columns */
	terminal_resize(&terminal, 24, 80);
	expect(" each sequence has column 2 (Lat) too: --columns can leave it "
	       "out");
	leave();
}
END_TEST

START_TEST(the_form_describes_the_data_file)
{
	write_here("a.csv", table);
	OPEN("--task", "points", "--data", "a.csv", "--updates", "3", "--seed",
		"1", "--units", "2");
	expect("finished");
	press("n");
	expect("New run");
	/* from the start line up to the lines of data */
	press(KEY_UP);
	for (int i = 0; i < 40; i++) {
		press_and_settle(KEY_UP);
		if (terminal_shows(&terminal, "columns to read, by name"))
			break;
	}
	expect("columns to read, by name");
	expect("2 columns: open, close; left out: d");
	press("close");
	expect("1 column: close; left out: d, open");
	press(KEY_ESCAPE);
	leave();
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("data report");
	TCase *commands = add_case(suite, "commands");
	TCase *screen = add_screen_case(suite, "screen");

	suite_add_loop(commands, train_says_what_it_has_read, 0, COUNT(files));
	tcase_add_test(commands, data_sorted_by_kind_are_suspected);
	tcase_add_test(commands,
		numbers_that_floats_cannot_tell_apart_are_counted);
	tcase_add_test(commands, info_knows_the_data_without_the_file);
	tcase_add_test(commands,
		columns_without_names_have_their_numbers_in_the_file);
	tcase_add_test(commands, other_commands_note_a_header_of_numbers);
	tcase_add_test(commands,
		an_older_model_gets_its_report_when_it_is_resumed);
	tcase_add_test(commands, a_forged_report_is_refused);
	tcase_add_test(screen, the_screen_says_what_was_read);
	tcase_add_test(screen, a_suspicion_comes_before_the_note_on_the_task);
	tcase_add_test(screen, the_form_describes_the_data_file);
	return suite;
}

int
main(void)
{
	return suite_run(make_suite());
}
