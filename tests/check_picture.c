/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of images of generated shapes as svg, png and pdf in a build with
 * cairo, and of the error message in a build without it.
 */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "suite.h"
#include "terminal.h"

enum { LIMIT_MS = 20000, DEPTH_MAX = 64, NAME_SIZE = 64 };

static void
make_model(void)
{
	MUST("train", "--quiet", "--seed", "1", "--updates", "200",
		"m.safetensors");
}

static const char *const pictures[] = {"svg", "png", "pdf"};

#ifdef HAVE_CAIRO

/* First bytes of a file of each format. */
static const char *const beginnings[] = {"<?xml", "\211PNG\r\n\032\n", "%PDF-"};

START_TEST(a_picture_is_of_its_format)
{
	struct outcome outcome;

	RUN(&outcome, "generate", "--quiet", "--format", pictures[_i],
		"--count", "3", "m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	ck_assert_uint_gt(outcome.output_length, 500);
	ck_assert_mem_eq(outcome.output, beginnings[_i],
		strlen(beginnings[_i]));
	outcome_release(&outcome);
}
END_TEST

/* Return the end of a tag. Assert that its attributes are quoted. */
static const char *
skip_attributes(const char *text)
{
	while (*text != '>' && *text != '\0') {
		ck_assert_int_ne(*text, '<');
		if (*text == '"') {
			text = strchr(text + 1, '"');
			ck_assert_ptr_nonnull(text);
		}
		text++;
	}
	ck_assert_int_eq(*text, '>');
	return text + 1;
}

/* Assert that there is one root element and all elements nest correctly. */
static void
expect_well_formed(const char *text)
{
	char open[DEPTH_MAX][NAME_SIZE];
	size_t depth = 0, roots = 0;

	while ((text = strchr(text, '<')) != NULL) {
		bool is_end = text[1] == '/';
		size_t length;
		const char *name = text + 1 + is_end, *end;

		if (text[1] == '?') {
			text = strstr(text, "?>");
			ck_assert_ptr_nonnull(text);
			continue;
		}
		length = strcspn(name, " \t\n/>");
		ck_assert_uint_gt(length, 0);
		ck_assert_uint_lt(length, NAME_SIZE);
		end = skip_attributes(name + length);
		if (is_end) {
			ck_assert_uint_gt(depth, 0);
			depth--;
			ck_assert_msg(strncmp(open[depth], name, length) == 0 &&
					open[depth][length] == '\0',
				"%s ends as %.*s", open[depth], (int)length,
				name);
		} else {
			roots += depth == 0;
			if (end[-2] != '/') {
				ck_assert_uint_lt(depth, DEPTH_MAX);
				snprintf(open[depth++], NAME_SIZE, "%.*s",
					(int)length, name);
			}
		}
		text = end;
	}
	ck_assert_uint_eq(depth, 0);
	ck_assert_uint_eq(roots, 1);
}

/* Count the paths that have the colour of shapes. */
static size_t
count_shapes(const char *text)
{
	size_t shapes = 0;

	while ((text = strstr(text, "<path")) != NULL) {
		const char *end = strchr(text, '>');
		const char *color = strstr(text, "rgb(20%");

		ck_assert_ptr_nonnull(end);
		shapes += color != NULL && color < end;
		text = end;
	}
	return shapes;
}

static const char *const counts[] = {"1", "2", "7", "40"};

START_TEST(an_svg_is_well_formed_and_has_a_path_for_each_shape)
{
	struct outcome outcome;

	RUN(&outcome, "generate", "--format", "svg", "--count", counts[_i],
		"m.safetensors");
	expect_status(&outcome, 0);
	expect_well_formed(outcome.output);
	ck_assert_uint_eq(count_shapes(outcome.output),
		strtoul(counts[_i], NULL, 10));
	outcome_release(&outcome);
}
END_TEST

START_TEST(points_far_away_make_a_valid_picture)
{
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE];

	file_write_text(folder_join(path, folder, "far.csv"),
		"0,0\n1e30,-1e30\n3e30,1e-30\n");
	RUN(&outcome, "train", "--quiet", "--seed", "1", "--updates", "1",
		"--task", "points", "--data", "far.csv", "far.safetensors");
	outcome_release(&outcome);
	RUN(&outcome, "generate", "--format", "svg", "--start", "1e30,-2e30",
		"far.safetensors");
	if (outcome.status == 0)
		expect_well_formed(outcome.output);
	else
		expect_failure(&outcome, NULL);
	outcome_release(&outcome);
}
END_TEST

START_TEST(bytes_do_not_go_to_a_terminal)
{
	struct terminal terminal;

	terminal_open(&terminal,
		&(struct terminal_options){
			.command = {.folder = folder,
				.arguments = WORDS("generate", "--format",
					pictures[_i], "m.safetensors")},
		});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	expect_status(&terminal.outcome, 2);
	ck_assert_msg(terminal_shows(&terminal, "terminal"), "%s",
		terminal_text(&terminal));
	ck_assert_uint_eq(terminal.high, 0);
	terminal_close(&terminal);
}
END_TEST

START_TEST(more_shapes_than_a_page_holds_are_refused)
{
	struct outcome outcome;

	RUN(&outcome, "generate", "--format", "svg", "--count", "1001",
		"m.safetensors");
	expect_usage_error(&outcome, "--count");
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_failed_write_of_a_picture_is_an_error)
{
	struct outcome outcome;

	if (!file_exists("/dev/full")) {
		printf("not tested: there is no /dev/full\n");
		return;
	}
	command_run(&(struct command){.folder = folder,
			    .output = "/dev/full",
			    .arguments = WORDS("generate", "--quiet",
				    "--format", pictures[_i], "--count", "40",
				    "m.safetensors")},
		&outcome);
	expect_failure(&outcome, NULL);
	outcome_release(&outcome);
}
END_TEST

#else

START_TEST(a_build_without_cairo_says_so)
{
	struct outcome outcome;

	RUN(&outcome, "generate", "--format", pictures[_i], "m.safetensors");
	expect_failure(&outcome, "cairo");
	ck_assert_ptr_nonnull(strstr(outcome.errors, pictures[_i]));
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
}
END_TEST

#endif

static const char *const always[] = {"csv", "json", "braille", "ascii"};

START_TEST(other_formats_need_no_cairo)
{
	struct outcome outcome;

	RUN(&outcome, "generate", "--format", always[_i], "--count", "2",
		"m.safetensors");
	expect_status(&outcome, 0);
	ck_assert_uint_gt(outcome.output_length, 10);
	outcome_release(&outcome);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("picture");
	TCase *tcase = add_case(suite, "picture");

	tcase_add_checked_fixture(tcase, make_model, NULL);
	suite_add_loop(tcase, other_formats_need_no_cairo, 0, 4);
#ifdef HAVE_CAIRO
	suite_add_loop(tcase, a_picture_is_of_its_format, 0, 3);
	suite_add_loop(tcase,
		an_svg_is_well_formed_and_has_a_path_for_each_shape, 0, 4);
	tcase_add_test(tcase, points_far_away_make_a_valid_picture);
	/* from 1: svg is text and may go to a terminal */
	suite_add_loop(tcase, bytes_do_not_go_to_a_terminal, 1, 3);
	tcase_add_test(tcase, more_shapes_than_a_page_holds_are_refused);
	suite_add_loop(tcase, a_failed_write_of_a_picture_is_an_error, 0, 3);
#else
	suite_add_loop(tcase, a_build_without_cairo_says_so, 0, 3);
#endif
	return suite_run(suite);
}
