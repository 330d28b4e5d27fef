/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of exports from the interface: the form, the names, what is asked, and
 * what cannot be written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export/exporter.h"
#include "interface.h"
#include "suite.h"

/* Assert that two files of the test are equal. */
static void
expect_equal_files(const char *one, const char *other)
{
	size_t one_length, other_length;
	char *a = read_here(one, &one_length);
	char *b = read_here(other, &other_length);

	ck_assert_uint_eq(one_length, other_length);
	ck_assert_mem_eq(a, b, one_length);
	free(a);
	free(b);
}

/* Open the form of a paused run of so many updates, saved as MODEL. */
static void
open_form(void)
{
	MUST("train", "--quiet", "--seed=1", "--updates=20", MODEL);
	OPEN(MODEL);
	expect("finished");
	press("E");
	expect("Format");
}

START_TEST(the_present_state_is_exported)
{
	OPEN("--seed=1", "--speed=200", MODEL);
	expect_at_least(5);
	pause_training();
	press("w");
	expect("saved " MODEL);
	press(" ");
	expect_at_least(60);
	pause_training();
	press("E");
	expect("Format");
	press("\025now.npz\r");
	expect("exported now.npz");
	expect_gone("Format");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	MUST("export", "--quiet", MODEL, "then.npz");
	expect_equal_files("now.npz", "then.npz");
}
END_TEST

START_TEST(training_goes_on)
{
	uint64_t before;

	OPEN("--seed=1", "--speed=100");
	expect_at_least(3);
	press("E");
	expect("Format");
	/* a run without a name has one for its exports */
	expect("rectangle.");
	before = count();
	expect_at_least(before + 10);
	press("\033");
	expect_gone("Format");
	leave();
}
END_TEST

START_TEST(an_existing_file_is_asked_for)
{
	char *text;

	write_here("kept.csv", "mine");
	open_form();
	press("kept.csv\r");
	expect("Replace the file?");
	press("n");
	expect("Format");
	text = read_here("kept.csv", NULL);
	ck_assert_str_eq(text, "mine");
	free(text);
	press("\r");
	expect("Replace the file?");
	press("y");
	expect("exported kept.csv");
	expect_gone("Format");
	MUST("export", "--quiet", MODEL, "new.csv");
	expect_equal_files("kept.csv", "new.csv");
	leave();
}
END_TEST

/* Return the format after this one. */
static const struct exporter *
exporter_after(const struct exporter *exporter)
{
	size_t at = 0;

	while (exporter_list[at] != &exporter->kind)
		at++;
	at = (at + 1) % kind_count(exporter_list);
	return (const struct exporter *)exporter_list[at];
}

START_TEST(name_and_format_follow_each_other)
{
	const struct exporter *npz = exporter_of_path("a.npz");
	const struct exporter *next = exporter_after(npz);
	char text[64];

	open_form();
	/* the first format, with the name of the model */
	snprintf(text, sizeof text, "m%s",
		((const struct exporter *)exporter_list[0])->suffix);
	expect(text);
	press("x.y.npz");
	expect(npz->kind.summary);
	press(KEY_RIGHT);
	expect(next->kind.summary);
	snprintf(text, sizeof text, "x.y%s", next->suffix);
	expect(text);
	press(KEY_LEFT);
	expect("x.y.npz");
	press(KEY_LEFT);
	press(KEY_RIGHT);
	press("\r");
	expect("exported x.y.npz");
	ck_assert(exists_here("x.y.npz"));
	/* the format is the same next time, the name that of the model */
	press("E");
	expect(npz->kind.summary);
	expect("m.npz");
	press("\033");
	leave();
}
END_TEST

START_TEST(a_folder_is_created)
{
	const struct exporter *folder_format = NULL;

	for (size_t i = 0; exporter_list[i] != NULL; i++)
		if (((const struct exporter *)exporter_list[i])->is_folder)
			folder_format =
				(const struct exporter *)exporter_list[i];
	ck_assert_ptr_nonnull(folder_format);
	open_form();
	for (const struct exporter *at =
			(const struct exporter *)exporter_list[0];
		at != folder_format; at = exporter_after(at))
		press(KEY_RIGHT);
	expect("Folder");
	press("\r");
	expect("exported m");
	leave();
	MUST("export", "--quiet", "--force", "--format",
		folder_format->kind.name, MODEL, "other");
	ck_assert(exists_here("other/model.json"));
}
END_TEST

START_TEST(what_cannot_be_written_is_said)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(mkdir(path_here(path, "folder.csv"), 0700), 0);
	open_form();
	press("missing/x.csv\r");
	expect("missing/");
	press("E");
	expect("Format");
	press("folder.csv\r");
	expect("Replace the file?");
	press("y");
	expect("folder.csv: not saved: it is a directory");
	press("E");
	expect("Format");
	press(MODEL "\r");
	expect("the same file");
	expect("Format");
	if (access("/proc/self", W_OK) == 0) {
		press("\025/proc/self/x.csv\r");
		expect("/proc/self/x.csv: not saved");
		press("E");
		expect("Format");
	}
	/* the model is as it was, and the run goes on */
	press("\025\r");
	expect("not exported");
	ck_assert_uint_eq(updates_of(MODEL), 20);
	ck_assert(!exists_here("x.csv"));
	leave();
}
END_TEST

START_TEST(o_says_how_to_open_a_page)
{
	char path[FOLDER_PATH_SIZE];

	open_form();
	press("\033");
	expect_gone("Format");
	press("o");
	expect("no page was exported");
	if (exporter_of_path("a.html") == NULL) {
		printf("not tested: pages, which this program cannot write\n");
		leave();
		return;
	}
	press("Epage.html\r");
	expect("exported page.html");
	press("o");
	expect("page.html");
	/* the name is longer than a line; its beginning is shown */
	path_here(path, "page.html");
	expect("file:///");
	leave();
}
END_TEST

START_TEST(the_form_fits_every_screen)
{
	static const int sizes[][2] = {{1, 1}, {2, 10}, {7, 40}, {8, 29},
		{8, 30}, {24, 80}};

	MUST("train", "--quiet", "--seed=1", "--updates=20", MODEL);
	OPEN(MODEL);
	expect("finished");
	press("E");
	expect("Format");
	for (int i = 0; i < COUNT(sizes); i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
	}
	expect("Format");
	expect("Enter exports");
	press("\033");
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export_screen");
	TCase *group = add_screen_case(suite, "form");

	tcase_add_test(group, the_present_state_is_exported);
	tcase_add_test(group, training_goes_on);
	tcase_add_test(group, an_existing_file_is_asked_for);
	tcase_add_test(group, name_and_format_follow_each_other);
	tcase_add_test(group, a_folder_is_created);
	tcase_add_test(group, what_cannot_be_written_is_said);
	tcase_add_test(group, o_says_how_to_open_a_page);
	tcase_add_test(group, the_form_fits_every_screen);
	return suite_run(suite);
}
