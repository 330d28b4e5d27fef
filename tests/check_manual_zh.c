/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manual in Chinese has everything that the manual has: the same sections,
 * in each the same lists and items, and the same options, commands, choices,
 * keys, settings and environment variables. check_manual compares the manual
 * with the program.
 */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manual.h"
#include "suite.h"

/* A heading, and the lines up to the next one. */
struct part {
	const char *start, *end;
};

enum { PARTS_MAX = 128 };

static char *translation;

static void
read_both(void)
{
	char path[FOLDER_PATH_SIZE];

	read_manual();
	snprintf(path, sizeof path, "%s/man/zh_CN/lstmtui.1",
		getenv("TOP_SRCDIR"));
	translation = file_read(path, NULL);
}

static void
release_both(void)
{
	free(translation);
	release_manual();
}

static bool
is_heading(const char *line)
{
	return begins(line, ".Sh ") || begins(line, ".Ss ");
}

/* Split a manual at its headings; return the number of parts. */
static size_t
split(const char *text, struct part parts[PARTS_MAX])
{
	size_t count = 0;

	for (const char *line = text; line != NULL; line = next_line(line)) {
		if (is_heading(line)) {
			ck_assert_uint_lt(count, PARTS_MAX);
			if (count > 0)
				parts[count - 1].end = line;
			parts[count++].start = line;
		}
	}
	ck_assert_uint_gt(count, 0);
	parts[count - 1].end = text + strlen(text);
	return count;
}

/* Split both manuals, and fail if they differ in their headings. */
static size_t
split_both(struct part original[PARTS_MAX], struct part translated[PARTS_MAX])
{
	size_t count = split(manual, original);

	ck_assert_uint_eq(split(translation, translated), count);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(strncmp(original[i].start, translated[i].start,
				      4) == 0,
			"'%.40s' is a heading of another level",
			original[i].start);
	return count;
}

/* Lines that a translation keeps: those that begin and end lists, examples. */
static bool
is_kept(const char *line)
{
	return begins(line, ".Bl ") || begins(line, ".El") ||
		begins(line, ".Bd ") || begins(line, ".Ed") ||
		begins(line, ".Dl ");
}

static const char *
next_in(const char *line, const char *end)
{
	line = next_line(line);
	return line != NULL && line < end ? line : NULL;
}

/* Return the next line that is kept or an item, or NULL. */
static const char *
next_of_form(const char *line, const char *end)
{
	do
		line = next_in(line, end);
	while (line != NULL && !is_kept(line) && !begins(line, ".It"));
	return line;
}

static void
compare_forms(const struct part *original, const struct part *translated)
{
	const char *a = next_of_form(original->start, original->end);
	const char *b = next_of_form(translated->start, translated->end);

	while (a != NULL && b != NULL) {
		size_t width = is_kept(a) ? strcspn(a, "\n") + 1 : 3;

		ck_assert_msg(strncmp(a, b, width) == 0,
			"%.*s has '%.*s' in place of '%.*s'",
			(int)strcspn(translated->start, "\n"),
			translated->start, (int)strcspn(b, "\n"), b,
			(int)strcspn(a, "\n"), a);
		a = next_of_form(a, original->end);
		b = next_of_form(b, translated->end);
	}
	ck_assert_msg(a == NULL && b == NULL, "%.*s lacks or adds '%.40s'",
		(int)strcspn(translated->start, "\n"), translated->start,
		a != NULL ? a : b);
}

/* The synopsis has a list in the translation: see man/zh_CN/lstmtui.1. */
START_TEST(the_chinese_manual_has_the_lists_and_examples_of_the_manual)
{
	struct part original[PARTS_MAX], translated[PARTS_MAX];
	size_t count = split_both(original, translated);

	for (size_t i = 0; i < count; i++)
		if (!begins(original[i].start, ".Sh SYNOPSIS\n"))
			compare_forms(&original[i], &translated[i]);
}
END_TEST

/* Add the words after a macro within a part: "Fl -task" has "-task". */
static void
add_words(struct names *names, const struct part *part, const char *macro)
{
	size_t width = strlen(macro);

	for (const char *at = part->start;
		(at = strstr(at, macro)) != NULL && at < part->end;
		at += width) {
		const char *word = at + width;
		size_t length = strcspn(word, " \n");

		if (strchr(" .", at[-1]) == NULL || length >= NAME_SIZE ||
			!isascii((unsigned char)*word))
			continue;
		add_name(names, word, length);
	}
}

static const char *const macros[] = {"Fl ", "Cm ", "Va ", "Ev ", "Ic ", "Xr "};

START_TEST(the_chinese_manual_mentions_the_names_of_the_manual)
{
	struct part original[PARTS_MAX], translated[PARTS_MAX];
	size_t count = split_both(original, translated);

	for (size_t i = 0; i < count; i++) {
		struct names a = {0}, b = {0};

		add_words(&a, &original[i], macros[_i]);
		add_words(&b, &translated[i], macros[_i]);
		expect_all_in(&a, &b, "the Chinese manual lacks it");
		expect_all_in(&b, &a, "only the Chinese manual has it");
	}
}
END_TEST

/* The heading lines, "Dd", "Dt" and "Os", name the same release. */
START_TEST(the_chinese_manual_is_of_the_same_release)
{
	static const char *const lines[] = {".Dd ", ".Dt ", ".Os "};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		const char *a = strstr(manual, lines[i]);
		const char *b = strstr(translation, lines[i]);

		ck_assert(a != NULL && b != NULL);
		ck_assert_msg(strncmp(a, b, strcspn(a, "\n") + 1) == 0, "%.*s",
			(int)strcspn(b, "\n"), b);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("manual in Chinese");
	TCase *tcase = suite_group(suite, "translation", SUITE_SECONDS);

	tcase_add_checked_fixture(tcase, read_both, release_both);
	tcase_add_test(tcase,
		the_chinese_manual_has_the_lists_and_examples_of_the_manual);
	suite_add_loop(tcase,
		the_chinese_manual_mentions_the_names_of_the_manual, 0,
		(int)(sizeof macros / sizeof macros[0]));
	tcase_add_test(tcase, the_chinese_manual_is_of_the_same_release);
	return suite_run(suite);
}
