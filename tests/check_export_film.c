/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui export --format svg --animated`: the frames are the
 * snapshots, and at each moment one of them is shown.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "draw/picture_film.h"
#include "here.h"
#include "run/run.h"
#include "run/run_view.h"
#include "session/model_file.h"
#include "suite.h"

#define MODEL "m.safetensors"
#define FILM "export", "--format=svg", "--animated"

enum { LEFT = PICTURE_FILM_LEFT, SIZE = PICTURE_FILM_SIZE, DEPTH_MAX = 16 };

static struct run *
open_model(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct error error;
	struct run *run =
		model_file_open(suite_context(), path_here(path, name), &error);

	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static void
train(void)
{
	MUST("train", "--quiet", "--seed=4", "--updates=60", "--units=3",
		"--snapshots=1,5,20,60", MODEL);
}

/* Return the text after the nth occurrence of `mark`. */
static const char *
after(const char *text, const char *mark, size_t n)
{
	for (size_t i = 0; i <= n; i++) {
		text = strstr(text, mark);
		ck_assert_msg(text != NULL, "no '%s' number %zu", mark, i);
		text += strlen(mark);
	}
	return text;
}

static size_t
count_of(const char *text, const char *mark)
{
	size_t count = 0;

	while ((text = strstr(text, mark)) != NULL) {
		text += strlen(mark);
		count++;
	}
	return count;
}

/* ---------------------------------------------------------------------- */
/* Form */

/* Pass a name, and the attributes of a tag; return the end of the tag. */
static const char *
pass_tag(const char *at)
{
	at += strcspn(at, " />?");
	while (*at == ' ') {
		at += strspn(at, " ");
		at += strspn(at, "abcdefghijklmnopqrstuvwxyzABC-");
		ck_assert_msg(strncmp(at, "=\"", 2) == 0, "%.40s", at);
		at += 2;
		at += strcspn(at, "\"<");
		ck_assert_msg(*at == '"', "%.40s", at);
		at++;
	}
	return at;
}

static const char *
pass_entity(const char *at)
{
	static const char *const entities[] = {"&amp;", "&lt;", "&quot;"};

	for (int i = 0; i < COUNT(entities); i++)
		if (strncmp(at, entities[i], strlen(entities[i])) == 0)
			return at + strlen(entities[i]);
	ck_abort_msg("not an entity: %.40s", at);
}

/* Assert that the text is one element of XML, with its declaration. */
static void
expect_well_formed(const char *at)
{
	const char *open[DEPTH_MAX];
	size_t depth = 0, roots = 0, length;

	ck_assert_int_eq(strncmp(at, "<?xml ", 6), 0);
	at = after(at, "?>\n", 0);
	while (*at != '\0') {
		EXPECT((unsigned char)*at >= ' ' || *at == '\n', "%.40s", at);
		if (*at == '&') {
			at = pass_entity(at);
			continue;
		}
		if (*at++ != '<') {
			EXPECT(depth > 0 || at[-1] == '\n', "%.40s", at - 1);
			continue;
		}
		if (*at == '/') {
			ck_assert_uint_gt(depth, 0);
			length = strcspn(++at, ">");
			EXPECT(strncmp(at, open[--depth], length) == 0, "%.40s",
				at);
			at += length + 1;
			continue;
		}
		roots += depth == 0;
		ck_assert_uint_lt(depth, DEPTH_MAX);
		open[depth++] = at;
		at = pass_tag(at);
		depth -= *at == '/';
		at += *at == '/';
		EXPECT(*at == '>', "%.40s", at);
		at++;
	}
	ck_assert_uint_eq(depth, 0);
	ck_assert_uint_eq(roots, 1);
}

START_TEST(a_film_is_well_formed_whatever_its_name)
{
	static const char *const names[] = {MODEL, "a&b <c> \"d\".safetensors",
		"\303\244\001\377\n.safetensors"};
	char *svg;

	MUST("train", "--quiet", "--seed=4", "--updates=9", "--units=3",
		"--snapshots=3,9", names[_i]);
	svg = OUTPUT_OF(FILM, names[_i], "-");
	expect_well_formed(svg);
	ck_assert_uint_eq(count_of(svg, "<title>"), 1);
	ck_assert_ptr_eq(strstr(svg, "<script"), NULL);
	ck_assert_ptr_eq(strstr(svg, "href"), NULL);
	free(svg);
}
END_TEST

START_TEST(a_film_has_the_same_bytes_each_time)
{
	char *one, *other;

	train();
	MUST(FILM, "--quiet", MODEL, "a.svg");
	MUST("export", "--animated", "--quiet", MODEL, "b.svg");
	one = read_here("a.svg", &(size_t){0});
	other = read_here("b.svg", &(size_t){0});
	ck_assert_str_eq(one, other);
	free(one);
	free(other);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Frames */

/* The place of a number on the unit range, from the left or from below. */
static double
coordinate(float number)
{
	return SIZE * ((double)number + 0.1) / 1.2;
}

/* Assert that a path is these points of a rectangle. */
static void
expect_path(const char *at, const float *points, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *end;
		double x, y;

		ck_assert_int_eq(*at, i == 0 ? 'M' : 'L');
		x = strtod(at + 1, &end);
		y = strtod(end, &end);
		at = end;
		EXPECT(fabs(x - coordinate(points[2 * i])) < 0.0051,
			"point %zu at x = %g", i, x);
		EXPECT(fabs(SIZE - y - coordinate(points[2 * i + 1])) < 0.0051,
			"point %zu at y = %g", i, y);
	}
	ck_assert_int_eq(strncmp(at, "Z\"/>", 4), 0);
}

START_TEST(the_frames_are_the_snapshots)
{
	const struct snapshots *snapshots;
	const char *at, *end;
	struct run *run;
	char *svg;

	train();
	run = open_model(MODEL);
	snapshots = run_snapshots(run);
	ck_assert_uint_eq(snapshots->count, 4);
	svg = OUTPUT_OF(FILM, MODEL, "-");
	ck_assert_uint_eq(count_of(svg, "class=\"shape\""), 4);
	for (size_t i = 0; i < 4; i++) {
		char title[64], note[64], number[NUMBER_TEXT_SIZE];

		expect_path(after(svg, "class=\"shape\" d=\"", i),
			snapshots_points(snapshots, i), run_length(run));
		snprintf(title, sizeof title, ">update %s<",
			number_grouped(number, snapshots->at[i].update));
		snprintf(note, sizeof note, ">average loss %.4g<",
			snapshots->at[i].average);
		/* in the group of the frame */
		at = after(svg, "text\" style", i);
		end = strstr(at, "</g>");
		ck_assert_ptr_nonnull(end);
		at = strstr(at, title);
		ck_assert(at != NULL && at < end);
		at = strstr(at, note);
		ck_assert(at != NULL && at < end);
	}
	/* the reference is the last one */
	expect_path(after(svg, "class=\"end\" d=\"", 0),
		snapshots_points(snapshots, 3), run_length(run));
	ck_assert_ptr_nonnull(strstr(svg, ">m</title>"));
	ck_assert_ptr_nonnull(strstr(svg, "rectangle, one-to-one, "));
	ck_assert_ptr_nonnull(strstr(svg, "60 updates"));
	free(svg);
	run_destroy(run);
}
END_TEST

START_TEST(one_snapshot_is_a_picture_without_motion)
{
	char *svg;

	MUST("train", "--quiet", "--seed=4", "--updates=9", "--units=3",
		"--snapshots=9", MODEL);
	svg = OUTPUT_OF(FILM, MODEL, "-");
	expect_well_formed(svg);
	ck_assert_uint_eq(count_of(svg, "class=\"shape\""), 1);
	ck_assert_ptr_eq(strstr(svg, "animation"), NULL);
	ck_assert_ptr_eq(strstr(svg, "opacity=\"0\""), NULL);
	free(svg);
}
END_TEST

START_TEST(points_of_a_file_are_inside_the_panel)
{
	const char *at;
	char *svg;

	write_here("d.csv", "100,5000\n140,5100\n180,5300\n120,5200\n");
	MUST("train", "--quiet", "--seed=4", "--updates=20", "--units=3",
		"--data=d.csv", "--snapshots=5,20", MODEL);
	svg = OUTPUT_OF(FILM, MODEL, "-");
	expect_well_formed(svg);
	for (size_t i = 0; i < 2; i++) {
		at = after(svg, "class=\"shape\" d=\"", i);
		while (*at == 'M' || *at == 'L') {
			char *end;
			double x = strtod(at + 1, &end), y = strtod(end, &end);

			EXPECT(x > 0 && x < SIZE && y > 0 && y < SIZE, "%g %g",
				x, y);
			at = end;
		}
		ck_assert_int_eq(*at, '"');
	}
	free(svg);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Time */

/* An animation by opacity: linear from `in` to 1, held, linear to `out`. */
struct animation {
	double full, held, out; /* percent of the whole time */
};

static struct animation
read_fade(const char *svg, const char *name)
{
	struct animation animation;
	char mark[64];

	snprintf(mark, sizeof mark, "@keyframes %s{", name);
	ck_assert_int_eq(sscanf(after(svg, mark, 0),
				 "0%%{opacity:0}%lf%%,%lf%%{opacity:1}"
				 "%lf%%,100%%{opacity:0}}",
				 &animation.full, &animation.held,
				 &animation.out),
		3);
	ck_assert(animation.full > 0 && animation.full < animation.held &&
		animation.held < animation.out && animation.out <= 100);
	return animation;
}

static struct animation
read_switch(const char *svg, const char *name)
{
	struct animation animation = {0};
	char mark[64];

	snprintf(mark, sizeof mark, "@keyframes %s{", name);
	ck_assert_int_eq(sscanf(after(svg, mark, 0),
				 "0%%{opacity:1}%lf%%,100%%{opacity:0}}",
				 &animation.held),
		1);
	animation.out = animation.held;
	return animation;
}

/* The opacity after a part of the animation's time, in percent. */
static double
opacity(const struct animation *animation, double percent)
{
	if (percent < animation->full)
		return percent / animation->full;
	if (percent < animation->held)
		return 1;
	if (percent < animation->out)
		return (animation->out - percent) /
			(animation->out - animation->held);
	return 0;
}

/* The sum of the opacities of all frames at a time. */
static double
sum_at(const char *svg, const char *frame, const struct animation *usual,
	const struct animation *last, double all, double now)
{
	double sum = 0;

	for (size_t i = 0; i < 4; i++) {
		char mark[64];
		double delay, local;

		snprintf(mark, sizeof mark,
			"class=\"%s%s\" style=\"animation-delay:",
			i == 3 ? "last" : "",
			i == 3 && frame[0] == 'f' ? "" : frame);
		delay = strtod(after(svg, mark, i == 3 ? 0 : i), NULL);
		local = fmod(now - delay, all) / all * 100;
		ck_assert_double_le(delay, 0);
		sum += opacity(i == 3 ? last : usual, local);
	}
	return sum;
}

START_TEST(each_moment_shows_one_frame)
{
	struct animation frame, last, text, last_text;
	char *svg;
	double all;

	train();
	svg = OUTPUT_OF(FILM, MODEL, "-");
	frame = read_fade(svg, "frame");
	last = read_fade(svg, "last");
	text = read_switch(svg, "text");
	last_text = read_switch(svg, "lasttext");
	all = strtod(after(svg, "animation:frame ", 0), NULL);
	ck_assert_double_eq(all,
		strtod(after(svg, "animation:text ", 0), NULL));
	ck_assert_double_gt(all, 4);
	/* the film begins with the first frame */
	ck_assert_double_eq(strtod(after(svg,
					   "\"frame\" style=\"animation-delay:",
					   0),
				    NULL),
		-all);
	for (double now = 0.005; now < 2 * all; now += 0.02) {
		double shapes = sum_at(svg, "frame", &frame, &last, all, now);
		double texts = sum_at(svg, "text", &text, &last_text, all, now);

		EXPECT(fabs(shapes - 1) < 0.002, "%g at %g s", shapes, now);
		EXPECT(fabs(texts - 1) < 0.002, "%g at %g s", texts, now);
	}
	free(svg);
}
END_TEST

/* Without animations the last frame is shown, and only that. */
START_TEST(a_reader_who_prefers_no_motion_sees_the_last_frame)
{
	char *svg;

	train();
	svg = OUTPUT_OF(FILM, MODEL, "-");
	ck_assert_ptr_nonnull(strstr(svg,
		"@media (prefers-reduced-motion:reduce)"
		"{.frame,.last,.text,.lasttext{animation:none!important}}"));
	ck_assert_uint_eq(count_of(svg, " opacity=\"0\">"), 6);
	for (size_t i = 0; i < 3; i++) {
		const char *at = after(svg, "<g class=\"frame\"", i);

		ck_assert(strstr(at, " opacity=\"0\">") < strchr(at, '\n'));
	}
	free(svg);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Refusals */

START_TEST(a_film_needs_snapshots_of_shapes)
{
	struct outcome outcome;

	write_here("t.txt", "to be or not to be, that is the question\n");
	MUST("train", "--quiet", "--seed=4", "--updates=9", "--units=3",
		"--snapshots=9", "--data=t.txt", "text.safetensors");
	RUN(&outcome, FILM, "text.safetensors", "o.svg");
	expect_failure(&outcome, "text.safetensors: a film is of shapes");
	outcome_release(&outcome);
	MUST("train", "--quiet", "--seed=4", "--updates=9", "--units=3",
		"--snapshots=20", MODEL);
	RUN(&outcome, FILM, MODEL, "o.svg");
	expect_failure(&outcome, MODEL ": a film needs snapshots");
	outcome_release(&outcome);
	ck_assert(!exists_here("o.svg"));
}
END_TEST

static const char *const formats[] = {"png", "pdf", "npz", "onnx", "csv"};

START_TEST(other_formats_have_no_film)
{
	struct outcome outcome;
	char named[64];

	train();
	RUN(&outcome, "export", "--animated", "--format", formats[_i], MODEL,
		"o");
	snprintf(named, sizeof named, "--animated: %s", formats[_i]);
	expect_usage_error(&outcome, named);
	outcome_release(&outcome);
	ck_assert(!exists_here("o"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("export_film");
	TCase *group = add_case(suite, "film");

	suite_add_loop(group, a_film_is_well_formed_whatever_its_name, 0, 3);
	tcase_add_test(group, a_film_has_the_same_bytes_each_time);
	tcase_add_test(group, the_frames_are_the_snapshots);
	tcase_add_test(group, one_snapshot_is_a_picture_without_motion);
	tcase_add_test(group, points_of_a_file_are_inside_the_panel);
	tcase_add_test(group, each_moment_shows_one_frame);
	tcase_add_test(group,
		a_reader_who_prefers_no_motion_sees_the_last_frame);
	tcase_add_test(group, a_film_needs_snapshots_of_shapes);
	suite_add_loop(group, other_formats_have_no_film, 0, COUNT(formats));
	return suite_run(suite);
}
