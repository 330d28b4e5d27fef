/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of axis labels as users see them, in drawings of characters, images and
 * on the screen, for data of all magnitudes.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

/* A circle of 20 points, and its axes' labels. */
static const struct {
	double x, y, radius;
	const char *x_label[2], *y_label[2], *y_common;
} circles[] = {
	{0, 0, 0.45, {"-0.5", "0.5"}, {"-0.5", "0.5"}, ""},
	{0.005, 0.005, 0.004, {"0.002", "0.008"}, {"0.002", "0.008"}, ""},
	{14.1, 45.3, 0.05, {"14.05", "14.15"}, {"45.25", "45.35"}, ""},
	{900, 0, 200, {"700", "1100"}, {"-200", "200"}, ""},
	{1300007, 5000007, 7, {"1300000", "1300010"}, {"0", "10"},
		"+5,000,000"},
};

enum { CIRCLES = sizeof circles / sizeof circles[0], POINTS = 20 };

/* Write points of a circle with a separator between them. */
static void
describe(int circle, int points, const char *between, char *text, size_t size)
{
	size_t length = 0;

	for (int i = 0; i < points; i++) {
		double angle = 2 * acos(-1) * i / POINTS;

		length += (size_t)snprintf(text + length, size - length,
			"%s%.6f,%.6f", i > 0 ? between : "",
			circles[circle].x + circles[circle].radius * cos(angle),
			circles[circle].y +
				circles[circle].radius * sin(angle));
	}
}

static void
write_data(int circle)
{
	char text[TEXT_SIZE];

	/* one point more than the window, as the first target */
	describe(circle, POINTS + 1, "\n", text, sizeof text);
	strcat(text, "\n");
	write_here("data.csv", text);
}

/*
 * Draw a sequence whose start is the whole circle, so that the picture shows
 * the circle.
 */
static void
draw(int circle, const char *format, struct outcome *outcome)
{
	char start[TEXT_SIZE];

	write_data(circle);
	MUST("train", "--quiet", "--seed", "1", "--updates", "1", "--task",
		"points", "--data", "data.csv", "--framing", "many-to-one",
		"--window", "20", MODEL);
	describe(circle, POINTS, " ", start, sizeof start);
	RUN(outcome, "generate", "--format", format, "--length", "20",
		"--start", start, MODEL);
	expect_status(outcome, 0);
}

/* Copy line `number` of text, counted from 0; "" if there is none. */
static void
line_of(const char *text, int number, char line[TEXT_SIZE])
{
	for (; number > 0 && text != NULL; number--) {
		text = strchr(text, '\n');
		text = text == NULL ? NULL : text + 1;
	}
	snprintf(line, TEXT_SIZE, "%.*s",
		text == NULL ? 0 : (int)strcspn(text, "\n"),
		text == NULL ? "" : text);
}

/* Assert that text has the expected labels on both axes and no others. */
static void
expect_axes(const char *text, const char *tick, int circle)
{
	char line[TEXT_SIZE], label[2 * TEXT_SIZE];
	int above = 1, lines = (int)count_lines(text), row = 0;

	if (circles[circle].y_common[0] != '\0') {
		line_of(text, row++, line);
		ck_assert_int_eq(strncmp(line, circles[circle].y_common,
					 strlen(circles[circle].y_common)),
			0);
	}
	for (; row < lines - 2; row++) {
		line_of(text, row, line);
		snprintf(label, sizeof label, "%s%s",
			above >= 0 ? circles[circle].y_label[above] : "no ",
			tick);
		if (strstr(line, label) != NULL)
			above--;
		else
			ck_assert_msg(strpbrk(line, "0123456789") == NULL, "%s",
				text);
	}
	ck_assert_msg(above == -1, "%s", text);
	line_of(text, lines - 1, line);
	snprintf(label, sizeof label, "%s ", circles[circle].x_label[0]);
	ck_assert_msg(strncmp(line + strspn(line, " "), label, strlen(label)) ==
			0,
		"%s", text);
	snprintf(label, sizeof label, " %s", circles[circle].x_label[1]);
	ck_assert_str_eq(line + strlen(line) - strlen(label), label);
}

START_TEST(drawings_in_characters_have_distinct_tick_labels)
{
	struct outcome outcome;

	draw(_i, "braille", &outcome);
	expect_axes(outcome.output, "┤", _i);
	outcome_release(&outcome);
}
END_TEST

START_TEST(drawings_in_ascii_have_the_same_labels)
{
	struct outcome outcome;

	draw(_i, "ascii", &outcome);
	expect_axes(outcome.output, "+", _i);
	outcome_release(&outcome);
}
END_TEST

START_TEST(the_screen_has_the_same_labels)
{
	char label[TEXT_SIZE];

	write_data(_i);
	open_with(&(struct terminal_options){.rows = 29,
		.columns = 130,
		.command.arguments = WORDS("--seed", "1", "--task", "points",
			"--data", "data.csv", "--updates", "1")});
	expect("finished");
	settle();
	for (int i = 0; i < 2; i++) {
		snprintf(label, sizeof label, "%s┤", circles[_i].y_label[i]);
		expect(label);
		/* the drawing may end beside a label */
		snprintf(label, sizeof label, "%s ", circles[_i].x_label[i]);
		expect(label);
	}
	expect(circles[_i].y_common);
	leave();
}
END_TEST

#ifdef HAVE_CAIRO

/*
 * Read the characters of an SVG image in drawing order as numbers of glyphs, at
 * most `count`. Equal characters of the same size have the same glyph. Return
 * the number of characters.
 */
static size_t
read_glyphs(const char *text, unsigned *glyphs, size_t count)
{
	static const char begin[] = "xlink:href=\"#glyph";
	size_t found = 0;

	while ((text = strstr(text, begin)) != NULL) {
		unsigned font, glyph;

		text += strlen(begin);
		ck_assert_int_eq(sscanf(text, "%u-%u", &font, &glyph), 2);
		ck_assert_uint_lt(found, count);
		glyphs[found++] = font * 1000 + glyph;
	}
	return found;
}

/* Assert that the image's last characters repeat glyphs as `expected` does. */
static void
expect_last_characters(const char *svg, const char *expected)
{
	static unsigned glyphs[4096];
	size_t length = strlen(expected);
	size_t count = read_glyphs(svg, glyphs, 4096);
	const unsigned *last = glyphs + count - length;

	ck_assert_uint_ge(count, length);
	for (size_t i = 0; i < length; i++)
		for (size_t j = 0; j < i; j++)
			ck_assert_msg((last[i] == last[j]) ==
					(expected[i] == expected[j]),
				"characters %zu and %zu of '%s'", j, i,
				expected);
}

START_TEST(pictures_have_the_same_labels)
{
	struct outcome outcome;
	char labels[TEXT_SIZE];

	draw(_i, "svg", &outcome);
	snprintf(labels, sizeof labels, "%s%s%s%s%s", circles[_i].y_label[0],
		circles[_i].y_label[1], circles[_i].y_common,
		circles[_i].x_label[0], circles[_i].x_label[1]);
	expect_last_characters(outcome.output, labels);
	outcome_release(&outcome);
}
END_TEST

#endif

int
main(void)
{
	Suite *suite = suite_create("axes");
	TCase *commands = add_case(suite, "commands");
	TCase *screen = add_screen_case(suite, "screen");

	suite_add_loop(commands,
		drawings_in_characters_have_distinct_tick_labels, 0, CIRCLES);
	suite_add_loop(commands, drawings_in_ascii_have_the_same_labels, 0,
		CIRCLES);
#ifdef HAVE_CAIRO
	suite_add_loop(commands, pictures_have_the_same_labels, 0, CIRCLES);
#endif
	suite_add_loop(screen, the_screen_has_the_same_labels, 0, CIRCLES);
	return suite_run(suite);
}
