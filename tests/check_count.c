/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the task count: its text, which lines are right, and how many of
 * those that a model writes are, counted again in what `generate` writes.
 */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "here.h"
#include "run/right_lines.h"
#include "run/settings.h"
#include "suite.h"
#include "task/builtin.h"

/* Whether a line has equal numbers of a, b and c, counted letter by letter. */
static bool
is_right(const char *line, size_t length)
{
	size_t count[3] = {0}, at = 0;

	for (int k = 0; k < 3; k++)
		for (; at < length && line[at] == "abc"[k]; at++)
			count[k]++;
	return at == length && count[0] > 0 && count[0] == count[1] &&
		count[1] == count[2];
}

START_TEST(the_text_has_every_count_and_only_right_lines)
{
	size_t length, lines = 0, of_count[21] = {0};
	unsigned char *bytes;
	struct error error;
	const char *at;

	ck_assert(builtin_read("builtin:count", &bytes, &length, &error));
	at = (const char *)bytes;
	while (at < (const char *)bytes + length) {
		const char *end = memchr(at, '\n',
			(size_t)((const char *)bytes + length - at));

		ck_assert_ptr_nonnull(end);
		ck_assert(is_right(at, (size_t)(end - at)));
		ck_assert_int_le(end - at, 60);
		of_count[(end - at) / 3]++;
		lines++;
		at = end + 1;
	}
	free(bytes);
	ck_assert_uint_eq(lines, 4000);
	/* 200 each on average, with a standard deviation of 14 */
	for (int n = 1; n <= 20; n++) {
		ck_assert_uint_gt(of_count[n], 130);
		ck_assert_uint_lt(of_count[n], 270);
	}
}
END_TEST

START_TEST(right_lines_have_equal_numbers)
{
	static const char *const texts[] = {"abc", "aabbcc", "aaabbbccc", "",
		"ab", "aabbc", "abcc", "aabcc", "abbc", "cba", "abcabc", "abd",
		"aabbccd", "a", "aaa", "acb", "abcx"};

	for (int i = 0; i < COUNT(texts); i++)
		ck_assert_msg(task_count.is_right_line(texts[i],
				      strlen(texts[i])) == (i < 3),
			"'%s'", texts[i]);
}
END_TEST

START_TEST(lines_are_counted_if_they_are_complete)
{
	static const char text[] = "bc\nabc\n\nab\naabbcc\nabc";
	struct right_lines lines = right_lines_count(&task_count, text, false);

	ck_assert_uint_eq(lines.count, 5);
	ck_assert_uint_eq(lines.right, 2);
	/* the text begins inside a line, which happens to look right */
	lines = right_lines_count(&task_count, text + 3, true);
	ck_assert_uint_eq(lines.count, 3);
	ck_assert_uint_eq(lines.right, 1);
	lines = right_lines_count(&task_count, "abc", false);
	ck_assert_uint_eq(lines.count, 0);
}
END_TEST

START_TEST(another_task_does_not_keep_the_text)
{
	struct settings settings, before;
	struct error error;

	settings_default(&settings);
	settings.task = &task_count;
	ck_assert(settings_complete(&settings, settings_bit(&setting_task),
		&error));
	ck_assert_str_eq(settings.data, "builtin:count");
	before = settings;
	settings.task = &task_star;
	settings_follow(&settings, &before);
	ck_assert_str_eq(settings.data, "");
	/* a file of the user is kept */
	before.task = settings.task = &task_count;
	strcpy(settings.data, "own.txt");
	settings.task = &task_text;
	settings_follow(&settings, &before);
	ck_assert_str_eq(settings.data, "own.txt");
}
END_TEST

/* What is written with the same seed, judged by this file. */
static double
share_in_generated(json_t *evaluation)
{
	size_t count = 0, right = 0, wanted;
	char *text = OUTPUT_OF("generate", "--seed", "1", "--length", "60000",
		"m.st");
	const char *at = text, *end;

	wanted = (size_t)get_integer(evaluation, "lines");
	for (; count < wanted && (end = strchr(at, '\n')) != NULL;
		at = end + 1) {
		right += is_right(at, (size_t)(end - at));
		count++;
	}
	free(text);
	ck_assert_uint_eq(count, wanted);
	return (double)right / (double)count;
}

START_TEST(a_model_is_judged_by_the_lines_that_it_writes)
{
	json_t *object;
	char *text, row[64];

	MUST("train", "--quiet", "--seed", "1", "--task", "count", "--updates",
		"1500", "m.st");
	object = info("m.st");
	ck_assert_str_eq(get_string(object, "data"), "builtin:count");
	ck_assert_str_eq(get_string(object, "reset_at"), "line");
	json_decref(object);
	object = OBJECT_OF("evaluate", "--json", "m.st");
	ck_assert_int_eq(get_integer(object, "lines"), 1000);
	ck_assert_double_gt(get_number(object, "right_lines"), 0.3);
	ck_assert_double_eq_tol(get_number(object, "right_lines"),
		share_in_generated(object), 1e-9);
	text = OUTPUT_OF("evaluate", "m.st");
	snprintf(row, sizeof row, "right_lines          %.4f  (of 1,000 lines",
		get_number(object, "right_lines"));
	ck_assert_ptr_nonnull(strstr(text, row));
	free(text);
	json_decref(object);
}
END_TEST

START_TEST(other_texts_have_no_right_lines)
{
	json_t *object;

	write_here("text.txt", "abc\naabbcc\nabc\naabbcc\nabc\n");
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"text.txt", "--units", "2", "--validation", "0", "--batch", "1",
		"--updates", "2", "m.st");
	object = OBJECT_OF("evaluate", "--json", "m.st");
	ck_assert_ptr_null(json_object_get(object, "right_lines"));
	ck_assert_ptr_null(json_object_get(object, "lines"));
	json_decref(object);
}
END_TEST

static Suite *
count_suite(void)
{
	Suite *suite = suite_create("count");
	TCase *group = add_case(suite, "count");

	tcase_add_test(group, the_text_has_every_count_and_only_right_lines);
	tcase_add_test(group, right_lines_have_equal_numbers);
	tcase_add_test(group, lines_are_counted_if_they_are_complete);
	tcase_add_test(group, another_task_does_not_keep_the_text);
	tcase_add_test(group, a_model_is_judged_by_the_lines_that_it_writes);
	tcase_add_test(group, other_texts_have_no_right_lines);
	return suite;
}

int
main(void)
{
	return suite_run(count_suite());
}
