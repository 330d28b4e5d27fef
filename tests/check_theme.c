/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the themes: the contrast of their colours, the choice of a theme by
 * the terminal's background, and the colours on the screen.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/theme.h"
#include "interface.h"
#include "suite.h"
#include "tui/background.h"
#include "tui/sequence.h"

/* ---------------------------------------------------------------------- */
/* Contrast */

/* The palette of xterm: the first 16 colours of its 256. */
static const unsigned xterm[16] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00,
	0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
	0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

static unsigned
palette(int color)
{
	static const unsigned steps[6] = {0, 95, 135, 175, 215, 255};
	unsigned cube = (unsigned)color - 16;
	unsigned grey = 8 + 10 * ((unsigned)color - 232);

	ck_assert_int_ge(color, 0);
	ck_assert_int_lt(color, 256);
	if (color < 16)
		return xterm[color];
	if (color >= 232)
		return grey << 16 | grey << 8 | grey;
	return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 |
		steps[cube % 6];
}

static unsigned
rgb_of(int color, enum theme_depth depth)
{
	if (depth == THEME_16)
		ck_assert_int_lt(color, 16);
	if (depth == THEME_8)
		ck_assert_int_lt(color, 8);
	return depth == THEME_DIRECT ? (unsigned)color : palette(color);
}

static double
linear(unsigned byte)
{
	double value = byte / 255.0;

	return value <= 0.04045 ? value / 12.92
				: pow((value + 0.055) / 1.055, 2.4);
}

static double
luminance(unsigned rgb)
{
	return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) +
		0.0722 * linear(rgb & 0xff);
}

static double
contrast(unsigned a, unsigned b)
{
	double lighter = fmax(luminance(a), luminance(b));
	double darker = fmin(luminance(a), luminance(b));

	return (lighter + 0.05) / (darker + 0.05);
}

START_TEST(contrasts_are_those_of_wcag)
{
	/* black on white has 21, the grey of the guidelines 4.54 */
	ck_assert_double_eq_tol(contrast(0, 0xffffff), 21, 1e-9);
	ck_assert_double_eq_tol(contrast(0x767676, 0xffffff), 4.54, 0.005);
	for (unsigned i = 0; i < 16; i++)
		ck_assert_double_eq_tol(theme_luminance(xterm[i]),
			luminance(xterm[i]), 1e-12);
}
END_TEST

/*
 * Each theme with its grounds. A palette's own black is the ground of dark
 * themes with few colours; the ground of others may be up to #1e1e1e.
 */
static const struct ground {
	const struct theme *theme;
	bool is_light;
	unsigned grounds[THEME_DEPTHS];
} grounds[] = {
	{&theme_auto, false, {0x1e1e1e, 0x1e1e1e, 0, 0}},
	{&theme_dark, false, {0x1e1e1e, 0x1e1e1e, 0, 0}},
	{&theme_dark, false, {0, 0, 0, 0}},
	{&theme_light, true, {0xffffff, 0xffffff, 0xffffff, 0xffffff}},
	{&theme_colorblind, false, {0x1e1e1e, 0x1e1e1e, 0, 0}},
	{&theme_colorblind, true, {0xffffff, 0xffffff, 0xffffff, 0xffffff}},
};

static const struct theme *
theme_on(const struct ground *ground)
{
	const struct theme *theme = ground->theme;

	return ground->is_light && theme->on_light != NULL ? theme->on_light
							   : theme;
}

START_TEST(text_has_a_contrast_of_4_5_to_1)
{
	const struct ground *ground = &grounds[_i];
	const struct theme *theme = theme_on(ground);
	int coloured = 0;

	for (int d = 0; d < THEME_DEPTHS; d++)
		for (int r = 0; r < ROLE_POSITIVE_1; r++) {
			enum theme_depth depth = (enum theme_depth)d;
			enum screen_role role = (enum screen_role)r;
			int color = theme_color(theme, role, depth);
			unsigned behind = ground->grounds[d];
			double ratio;

			if (color == THEME_DEFAULT)
				continue;
			if (depth == THEME_8 && theme->styles[r].ground8 > 0)
				behind = xterm[theme->styles[r].ground8];
			ratio = contrast(rgb_of(color, depth), behind);
			coloured++;
			ck_assert_msg(ratio >= 4.5,
				"%s: role %d, depth %d: a contrast of %.2f",
				theme->kind.name, r, d, ratio);
		}
	ck_assert_int_gt(coloured, 12);
}
END_TEST

/* The text on a heat map is black or white. */
START_TEST(text_on_levels_has_a_contrast_of_4_5_to_1)
{
	const struct theme *theme = theme_on(&grounds[_i]);

	for (int d = 0; d < THEME_DEPTHS; d++)
		for (int r = ROLE_POSITIVE_1; r < ROLES; r++) {
			enum theme_depth depth = (enum theme_depth)d;
			enum screen_role role = (enum screen_role)r;
			double ratio;

			if (!theme_has_levels(theme, depth))
				continue;
			ratio = contrast(rgb_of(theme_text_on(theme, role,
							depth),
						 depth),
				rgb_of(theme_color(theme, role, depth), depth));
			ck_assert_msg(ratio >= 4.5,
				"%s: role %d, depth %d: a contrast of %.2f",
				theme->kind.name, r, d, ratio);
		}
}
END_TEST

/*
 * The ground of a band differs from that of the theme, and what is drawn on it
 * can be seen: lines with 3:1 (WCAG 2.1, 1.4.11), names of lines as text.
 */
START_TEST(a_band_is_a_ground_for_lines_and_names)
{
	static const enum screen_role lines[] = {ROLE_MODEL, ROLE_GHOST};
	const struct ground *ground = &grounds[_i];
	const struct theme *theme = theme_on(ground);

	for (int d = THEME_DIRECT; d <= THEME_256; d++) {
		enum theme_depth depth = (enum theme_depth)d;
		unsigned band =
			rgb_of(theme_color(theme, ROLE_BAND, depth), depth);
		unsigned behind = ground->grounds[d];

		ck_assert_double_gt(contrast(band, behind), 1.15);
		for (int i = 0; i < COUNT(lines); i++)
			ck_assert_double_ge(contrast(rgb_of(theme_color(theme,
								    lines[i],
								    depth),
							     depth),
						    band),
				3);
		ck_assert_double_ge(contrast(rgb_of(theme_color(theme,
							    ROLE_LEGEND, depth),
						     depth),
					    band),
			4.5);
		ck_assert_double_ge(contrast(rgb_of(theme_color(theme,
							    ROLE_SEEN, depth),
						     depth),
					    behind),
			3);
	}
	/* with few colours the ground is a character */
	ck_assert_int_eq(theme_color(theme, ROLE_BAND, THEME_16),
		THEME_DEFAULT);
	ck_assert_int_eq(theme_color(theme, ROLE_BAND, THEME_8), THEME_DEFAULT);
}
END_TEST

/*
 * Each level differs from the one before, and the first from the ground, in
 * luminance: in 24-bit and 256 colours by a visible contrast.
 */
START_TEST(levels_have_monotone_luminance)
{
	static const enum screen_role firsts[] = {ROLE_POSITIVE_1,
		ROLE_NEGATIVE_1, ROLE_GATE_1};
	const struct ground *ground = &grounds[_i];
	const struct theme *theme = theme_on(ground);

	for (int d = THEME_DIRECT; d <= THEME_256; d++)
		for (int s = 0; s < COUNT(firsts); s++) {
			unsigned before = ground->is_light ? 0xffffff : 0;

			ck_assert(theme_has_levels(theme, (enum theme_depth)d));
			for (int k = 0; k < THEME_LEVELS; k++) {
				int color = theme_color(theme,
					firsts[s] + (unsigned)k,
					(enum theme_depth)d);
				unsigned rgb =
					rgb_of(color, (enum theme_depth)d);

				ck_assert(ground->is_light ? luminance(rgb) <
							luminance(before)
							   : luminance(rgb) >
							luminance(before));
				ck_assert_msg(contrast(rgb, before) > 1.15,
					"%s: scale %d, level %d, depth %d",
					theme->kind.name, s, k + 1, d);
				before = rgb;
			}
		}
}
END_TEST

START_TEST(no_two_meanings_share_a_colour)
{
	static const enum screen_role meanings[] = {ROLE_MODEL, ROLE_DATA,
		ROLE_WARNING, ROLE_GATE, ROLE_GHOST,
		ROLE_POSITIVE_1 + THEME_LEVELS - 1,
		ROLE_NEGATIVE_1 + THEME_LEVELS - 1};
	const struct theme *theme = theme_on(&grounds[_i]);

	for (int d = 0; d < THEME_DEPTHS; d++)
		for (int i = 0; i < COUNT(meanings); i++)
			for (int k = 0; k < i; k++) {
				enum theme_depth depth = (enum theme_depth)d;
				int a = theme_color(theme, meanings[i], depth);
				int b = theme_color(theme, meanings[k], depth);

				ck_assert(a == THEME_DEFAULT || a != b);
			}
}
END_TEST

/*
 * The colours that are seen without one kind of cones, in linear RGB (Machado,
 * Oliveira and Fernandes, 2009, severity 1), after the usual ones.
 */
static const double vision[4][3][3] = {
	{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
		{-0.003882, -0.048116, 1.051998}},
	{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
		{-0.011820, 0.042940, 0.968881}},
	{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
		{0.004733, 0.691367, 0.303900}},
};

/* The CIELAB coordinates of a colour as one kind of vision sees it. */
static void
see(unsigned rgb, const double how[3][3], double lab[3])
{
	static const double xyz[3][3] = {{0.4124 / 0.9505, 0.3576 / 0.9505,
						 0.1805 / 0.9505},
		{0.2126, 0.7152, 0.0722},
		{0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089}};
	double in[3] = {linear(rgb >> 16), linear(rgb >> 8 & 0xff),
		linear(rgb & 0xff)};
	double seen[3], root[3];

	for (int i = 0; i < 3; i++) {
		seen[i] = how[i][0] * in[0] + how[i][1] * in[1] +
			how[i][2] * in[2];
		seen[i] = fmin(fmax(seen[i], 0), 1);
	}
	for (int i = 0; i < 3; i++) {
		double part = xyz[i][0] * seen[0] + xyz[i][1] * seen[1] +
			xyz[i][2] * seen[2];

		root[i] = part > 0.008856 ? cbrt(part)
					  : 7.787 * part + 16.0 / 116;
	}
	lab[0] = 116 * root[1] - 16;
	lab[1] = 500 * (root[0] - root[1]);
	lab[2] = 200 * (root[1] - root[2]);
}

static double
difference(const struct theme *theme, unsigned one, unsigned other,
	enum theme_depth depth, const double how[3][3])
{
	double a[3], b[3];

	see(rgb_of(theme_color(theme, (enum screen_role)one, depth), depth),
		how, a);
	see(rgb_of(theme_color(theme, (enum screen_role)other, depth), depth),
		how, b);
	return sqrt((a[0] - b[0]) * (a[0] - b[0]) +
		(a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
}

/* A difference of 2 can be seen, one of 10 at a glance. */
START_TEST(every_eye_tells_the_signs_apart)
{
	const struct theme *theme = theme_on(&grounds[_i]);
	const unsigned plus = ROLE_POSITIVE_1, minus = ROLE_NEGATIVE_1;

	for (int d = THEME_DIRECT; d <= THEME_256; d++)
		for (int v = 0; v < 4; v++) {
			enum theme_depth depth = (enum theme_depth)d;
			static const enum screen_role others[] = {ROLE_MODEL,
				ROLE_DATA};

			for (unsigned k = 0; k < THEME_LEVELS; k++)
				ck_assert_double_gt(difference(theme, plus + k,
							    minus + k, depth,
							    vision[v]),
					k == 0 ? 12 : 24);
			for (int i = 0; i < COUNT(others); i++) {
				unsigned top = THEME_LEVELS - 1;

				ck_assert_double_gt(difference(theme,
							    plus + top,
							    others[i], depth,
							    vision[v]),
					10);
				ck_assert_double_gt(difference(theme,
							    minus + top,
							    others[i], depth,
							    vision[v]),
					10);
			}
		}
}
END_TEST

/* A meaning has an attribute of its own where it has no colour. */
START_TEST(without_colours_attributes_differ)
{
	for (int r = 0; r < ROLES; r++)
		ck_assert_int_eq(theme_color(&theme_mono, (enum screen_role)r,
					 THEME_256),
			THEME_DEFAULT);
	ck_assert_int_ne(theme_attributes(&theme_mono, ROLE_MODEL, THEME_8),
		theme_attributes(&theme_mono, ROLE_DATA, THEME_8));
	ck_assert_int_eq(theme_attributes(&theme_mono, ROLE_WARNING, THEME_8),
		THEME_REVERSE);
	ck_assert_int_eq(theme_attributes(&theme_dark, ROLE_DIM, THEME_8),
		THEME_DIM);
	ck_assert_int_eq(theme_attributes(&theme_dark, ROLE_DIM, THEME_256),
		THEME_PLAIN);
	ck_assert(!theme_has_levels(&theme_mono, THEME_DIRECT));
	ck_assert(!theme_has_levels(&theme_dark, THEME_16));
}
END_TEST

START_TEST(values_have_levels_from_zero_to_the_maximum)
{
	ck_assert_int_eq(theme_signed_role(0, 2), ROLE_NORMAL);
	ck_assert_int_eq(theme_signed_role(-0.2, 2), ROLE_NORMAL);
	ck_assert_int_eq(theme_signed_role(NAN, 2), ROLE_NORMAL);
	ck_assert_int_eq(theme_signed_role(0.5, 2), ROLE_POSITIVE_1);
	ck_assert_int_eq(theme_signed_role(-0.5, 2), ROLE_NEGATIVE_1);
	ck_assert_int_eq(theme_signed_role(2, 2),
		ROLE_POSITIVE_1 + THEME_LEVELS - 1);
	ck_assert_int_eq(theme_signed_role(-1e30, 2),
		ROLE_NEGATIVE_1 + THEME_LEVELS - 1);
	ck_assert_int_eq(theme_gate_role(0.1), ROLE_NORMAL);
	ck_assert_int_eq(theme_gate_role(-1), ROLE_NORMAL);
	ck_assert_int_eq(theme_gate_role(0.5), ROLE_GATE_1 + 1);
	ck_assert_int_eq(theme_gate_role(1), ROLE_GATE_1 + THEME_LEVELS - 1);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Answers and variables */

static const struct {
	const char *text;
	enum background background;
} answers[] = {
	{"11;rgb:0000/0000/0000", BACKGROUND_DARK},
	{"11;rgb:ffff/ffff/ffff", BACKGROUND_LIGHT},
	{"11;rgb:1e/1e/1e", BACKGROUND_DARK},
	{"11;rgb:f/f/e", BACKGROUND_LIGHT},
	{"11;rgb:fff/fff/fff", BACKGROUND_LIGHT},
	/* blue is dark, yellow is light */
	{"11;rgb:0000/0000/ffff", BACKGROUND_DARK},
	{"11;rgb:ffff/ffff/0000", BACKGROUND_LIGHT},
	{"11;rgba:fdfd/f6f6/e3e3/ffff", BACKGROUND_LIGHT},
	{"11;#002b36", BACKGROUND_DARK},
	{"11;#fdf6e3", BACKGROUND_LIGHT},
	{"11;#ffffffffffff", BACKGROUND_LIGHT},
	{"11;#fff", BACKGROUND_LIGHT},
	{"10;rgb:ffff/ffff/ffff", BACKGROUND_UNKNOWN},
	{"11;rgb:ffff/ffff", BACKGROUND_UNKNOWN},
	{"11;rgb:fffff/ffff/ffff", BACKGROUND_UNKNOWN},
	{"11;rgb://", BACKGROUND_UNKNOWN},
	{"11;rgb:ffff/ffff/gggg", BACKGROUND_UNKNOWN},
	{"11;#ffff", BACKGROUND_UNKNOWN},
	{"11;#", BACKGROUND_UNKNOWN},
	{"11;white", BACKGROUND_UNKNOWN},
	{"11;", BACKGROUND_UNKNOWN},
	{"", BACKGROUND_UNKNOWN},
};

START_TEST(an_answer_is_dark_light_or_unknown)
{
	for (int i = 0; i < COUNT(answers); i++)
		ck_assert_msg(background_of_answer(answers[i].text) ==
				answers[i].background,
			"%s", answers[i].text);
}
END_TEST

static const struct {
	const char *text;
	enum background background;
} variables[] = {
	{"15;0", BACKGROUND_DARK},
	{"0;15", BACKGROUND_LIGHT},
	{"0;7", BACKGROUND_LIGHT},
	{"15;8", BACKGROUND_DARK},
	{"0;default;15", BACKGROUND_LIGHT},
	{"15;default", BACKGROUND_UNKNOWN},
	{"0;16", BACKGROUND_UNKNOWN},
	{"0;-1", BACKGROUND_UNKNOWN},
	{"0;7x", BACKGROUND_UNKNOWN},
	{"15", BACKGROUND_UNKNOWN},
	{"", BACKGROUND_UNKNOWN},
	{NULL, BACKGROUND_UNKNOWN},
};

START_TEST(the_variable_is_dark_light_or_unknown)
{
	for (int i = 0; i < COUNT(variables); i++)
		ck_assert_msg(background_of_variable(variables[i].text) ==
				variables[i].background,
			"%s", variables[i].text);
}
END_TEST

/*
 * Add a text after its ESC; return the characters that the sequence takes; it
 * must end with the result.
 */
static size_t
add_text(struct sequence *sequence, const char *text,
	enum sequence_result *result)
{
	size_t taken = 0;

	sequence_begin(sequence);
	*result = SEQUENCE_CONTINUES;
	while (text[taken] != '\0' && *result == SEQUENCE_CONTINUES)
		*result = sequence_add(sequence, (unsigned char)text[taken++]);
	return taken;
}

START_TEST(a_sequence_ends_where_its_kind_says)
{
	static const struct {
		const char *text;
		size_t taken; /* with the character that cuts it */
		enum sequence_kind kind;
		enum sequence_result result;
	} cases[] = {
		{"[1;5Dx", 5, SEQUENCE_CONTROL, SEQUENCE_ENDS},
		{"[?64;1cx", 7, SEQUENCE_CONTROL, SEQUENCE_ENDS},
		{"Osx", 2, SEQUENCE_CONTROL, SEQUENCE_ENDS},
		{"x", 1, SEQUENCE_ESCAPE, SEQUENCE_IS_CUT},
		{"]11;rgb:f/f/f\ax", 14, SEQUENCE_STRING, SEQUENCE_ENDS},
		{"]11;rgb:f/f/f\033\\x", 15, SEQUENCE_STRING, SEQUENCE_ENDS},
		/* Alt and ] */
		{"]w", 2, SEQUENCE_STRING, SEQUENCE_IS_CUT},
		{"]11;r\033w", 7, SEQUENCE_STRING, SEQUENCE_IS_CUT},
		{"]11;r\rw", 6, SEQUENCE_STRING, SEQUENCE_IS_CUT},
	};

	for (int i = 0; i < COUNT(cases); i++) {
		struct sequence sequence;
		enum sequence_result result;

		ck_assert_uint_eq(add_text(&sequence, cases[i].text, &result),
			cases[i].taken);
		ck_assert_int_eq(result, cases[i].result);
		ck_assert_int_eq(sequence.kind, cases[i].kind);
		ck_assert(sequence_is_attributes(&sequence) == (i == 1));
		ck_assert(sequence_is_bare(&sequence) == (i == 6));
	}
}
END_TEST

START_TEST(a_string_keeps_its_text_and_never_more)
{
	struct sequence sequence;
	enum sequence_result result;
	size_t added = 0;

	add_text(&sequence, "]11;rgb:ff/ff/ff\a", &result);
	ck_assert_str_eq(sequence.text, "11;rgb:ff/ff/ff");
	add_text(&sequence, "]11;", &result);
	while (result == SEQUENCE_CONTINUES && added++ < 100000)
		result = sequence_add(&sequence, 'x');
	ck_assert_int_eq(result, SEQUENCE_ENDS);
	ck_assert_uint_eq(strlen(sequence.text), SEQUENCE_TEXT_SIZE - 1);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* The screen */

#define LIGHT "\033]11;rgb:ffff/ffff/ffff\a"
#define DARK "\033]11;rgb:0000/0000/0000\a"
#define ATTRIBUTES "\033[?64;1;2c"

/* The colours of 256 of the data. */
enum { DATA_DARK = 39, DATA_LIGHT = 25, MODEL_DARK = 208 };

static void
expect_color(int color)
{
	ck_assert_msg(terminal_shows_color(&terminal, color),
		"no colour %d in:\n%s", color, terminal_text(&terminal));
}

static bool
has_asked(void)
{
	return strstr(terminal.transcript, "\033]11;?") != NULL;
}

static void
open_paused(const struct terminal_options *options)
{
	open_with(options);
	expect_at_least(10);
	pause_training();
}

#define ARGUMENTS(...) .command.arguments = WORDS("--seed", "1", ##__VA_ARGS__)

static const struct choice {
	const char *background; /* the terminal's answer */
	const char *variable;
	bool is_mute;
	bool is_light;
} choices[] = {
	{LIGHT, "COLORFGBG", false, true},
	{DARK, "COLORFGBG", false, false},
	{"\033]11;rgb:ffff/ffff/ffff\033\\", "COLORFGBG", false, true},
	{"\033]11;rgba:ff/ff/ff/ff\a", "COLORFGBG", false, true},
	/* the answer counts more than the variable */
	{DARK, "COLORFGBG=0;15", false, false},
	{LIGHT, "COLORFGBG=15;0", false, true},
	/* no answer but that of the attributes */
	{NULL, "COLORFGBG", false, false},
	{NULL, "COLORFGBG=0;15", false, true},
	/* no answer at all */
	{NULL, "COLORFGBG", true, false},
	{NULL, "COLORFGBG=0;15", true, true},
	/* nonsense */
	{"\033]11;white\a", "COLORFGBG", false, false},
	{"\033]11;white\a", "COLORFGBG=0;15", false, true},
	{"\033]10;rgb:ffff/ffff/ffff\a", "COLORFGBG", false, false},
	{"\033[11;1R\033]4;1;rgb:ff/ff/ff\a", "COLORFGBG", false, false},
};

/* _i: the case. */
START_TEST(the_background_chooses_the_theme)
{
	const struct choice *choice = &choices[_i];

	open_paused(&(struct terminal_options){ARGUMENTS(),
		.command.environment = WORDS(choice->variable),
		.background = choice->background, .is_mute = choice->is_mute});
	ck_assert(has_asked());
	expect_color(choice->is_light ? DATA_LIGHT : DATA_DARK);
	ck_assert(!terminal_shows_color(&terminal,
		choice->is_light ? DATA_DARK : DATA_LIGHT));
	ck_assert(terminal_shows(&terminal, "◂ 0.001 ▸"));
	leave();
}
END_TEST

static bool
has_read(struct terminal *from, void *argument)
{
	(void)argument;
	return terminal_has_read(from);
}

/* Parts of an answer, each sent after the program has read the one before. */
static const char *const late[][4] = {
	{LIGHT ATTRIBUTES},
	{"\033]11;rgb:ffff/", "ffff/ff", "ff\a", ATTRIBUTES},
	{"\033]1", "1;rgb:ffff/ffff/ffff\033", "\\", ATTRIBUTES},
	{"\033", "]11;rgb:ffff/ffff/ffff\a", "\033", "[?64;1;2c"},
	{LIGHT, "\033[?64", ";1;2;", "9;15c"},
	{"\033]11;[]+-[]wqf[]\a", ATTRIBUTES},
	{"\033]11;rgb:", "]]]/l", "W\a", ATTRIBUTES},
	{"\033]52;c;d2hhdCBpcyBpbiB0aGUgY2xpcGJvYXJkIG9mIHRoZSBwYXJzb24gdGhhd"
	 "CByZWFkcyB0aGlz\a",
		ATTRIBUTES},
	/* an answer that never ends, and then a pause */
	{"\033]11;rgb:[[[[[[wqf"},
};

/* No part of a late answer acts as a key, and the theme stays. */
START_TEST(a_late_answer_does_nothing)
{
	char before[32 * TEXT_SIZE];

	open_paused(&(struct terminal_options){ARGUMENTS(), .is_mute = true});
	snprintf(before, sizeof before, "%s", terminal_text(&terminal));
	for (int i = 0; i < COUNT(late[_i]) && late[_i][i] != NULL; i++) {
		press(late[_i][i]);
		ck_assert(terminal_wait(&terminal, has_read, NULL, LIMIT_MS));
	}
	settle();
	ck_assert_str_eq(terminal_text(&terminal), before);
	ck_assert(!terminal_shows_color(&terminal, DATA_LIGHT));
	/* the next keys act */
	press("?");
	expect("Help");
	press(KEY_ESCAPE);
	expect_gone("Help");
	leave();
}
END_TEST

/* Keys pressed before the answer, which may come between them. */
static const char *const early[] = {" ", LIGHT " ", " " LIGHT ATTRIBUTES,
	LIGHT ATTRIBUTES " "};

START_TEST(keys_before_the_answer_act)
{
	open_with(&(struct terminal_options){ARGUMENTS(), .is_mute = true});
	press(early[_i]);
	expect("paused");
	settle();
	leave();
}
END_TEST

/* The query is sent only where the answer matters. */
static const struct {
	const char *option, *variable;
} unasked[] = {
	{"--theme=dark", "TERM=xterm-256color"},
	{"--theme=light", "TERM=xterm-256color"},
	{"--theme=mono", "TERM=xterm-256color"},
	{"--color=never", "TERM=xterm-256color"},
	{"--theme=auto", "NO_COLOR=1"},
	{"--theme=auto", "TERM=xterm-mono"},
	{"--theme=auto", "TERM=linux"},
	{"--theme=auto", "TERM=vt100"},
};

START_TEST(the_terminal_is_asked_only_if_the_answer_matters)
{
	open_paused(&(struct terminal_options){ARGUMENTS(unasked[_i].option),
		.command.environment = WORDS(unasked[_i].variable)});
	ck_assert(!has_asked());
	leave();
}
END_TEST

/* Options, type of the terminal, its background, and the colour of the data. */
static const struct {
	const char *theme, *term, *background;
	int data;
	int not_data; /* a colour of another theme */
} named[] = {
	{"--theme=dark", "TERM=xterm-256color", LIGHT, 39, 25},
	{"--theme=light", "TERM=xterm-256color", DARK, 25, 39},
	{"--theme=colorblind", "TERM=xterm-256color", DARK, 75, 39},
	{"--theme=colorblind", "TERM=xterm-256color", LIGHT, 25, 75},
	{"--theme=dark", "TERM=xterm", NULL, 6, 39},
	{"--theme=light", "TERM=xterm", NULL, 4, 25},
	{"--theme=auto", "TERM=xterm", LIGHT, 4, 6},
};

START_TEST(a_named_theme_has_its_colours)
{
	open_paused(&(struct terminal_options){ARGUMENTS(named[_i].theme),
		.command.environment = WORDS(named[_i].term),
		.background = named[_i].background});
	expect_color(named[_i].data);
	ck_assert(!terminal_shows_color(&terminal, named[_i].not_data));
	leave();
}
END_TEST

START_TEST(the_theme_mono_has_no_colours)
{
	open_paused(&(struct terminal_options){
		ARGUMENTS("--theme=mono", "--color=always")});
	for (int color = 0; color < 256; color++)
		ck_assert(!terminal_shows_color(&terminal, color));
	leave();
}
END_TEST

START_TEST(an_unknown_theme_is_refused)
{
	struct outcome outcome;

	RUN(&outcome, "--theme", "darrk");
	expect_usage_error(&outcome, "did you mean 'dark'?");
	outcome_release(&outcome);
}
END_TEST

/* The description of a terminal with 24-bit colours, if tic can make it. */
static bool
describe_direct_color(void)
{
	static const char description[] =
		"xterm-direct|xterm with 24-bit colours,\n"
		"\tRGB, colors#0x1000000, pairs#0x10000, ccc@, initc@,\n"
		"\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;"
		"%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
		"\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;"
		"%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,\n"
		"\tuse=xterm-256color,\n";
	struct outcome outcome;
	bool is_made;

	write_here("direct.ti", description);
	command_run(&(struct command){.program = "sh",
			    .folder = folder,
			    .arguments = WORDS("-c",
				    "tic -x -o terminfo direct.ti")},
		&outcome);
	is_made = outcome.status == 0;
	outcome_release(&outcome);
	return is_made;
}

/* _i 0: the type has the colours; 1: COLORTERM says so; 2: it does not. */
START_TEST(a_terminal_with_24_bit_colours_gets_them)
{
	static const char *const types[] = {"TERM=xterm-direct",
		"TERM=xterm-256color", "TERM=xterm-256color"};
	static const char *const hints[] = {"COLORTERM", "COLORTERM=truecolor",
		"COLORTERM=no"};
	char path[FOLDER_PATH_SIZE], variable[FOLDER_PATH_SIZE + 16];

	if (!describe_direct_color()) {
		printf("not tested: tic cannot describe a terminal\n");
		return;
	}
	snprintf(variable, sizeof variable, "TERMINFO=%s",
		folder_join(path, folder, "terminfo"));
	open_paused(&(struct terminal_options){ARGUMENTS("--theme=dark"),
		.command.environment = WORDS(types[_i], hints[_i], variable)});
	expect_color(_i < 2 ? TERMINAL_RGB + 0xff8c1a : MODEL_DARK);
	ck_assert(!terminal_shows_color(&terminal,
		_i < 2 ? MODEL_DARK : TERMINAL_RGB + 0xff8c1a));
	leave();
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Heat maps: the extra pane draws each level */

enum { SCALES_COLUMN = 40 };

static void
open_scales(const char *option, const char *other, const char *variable)
{
	static char program[FOLDER_PATH_SIZE];

	snprintf(program, sizeof program, "%s/src/lstmtui-extra-pane",
		getenv("TOP_BUILDDIR"));
	open_paused(&(struct terminal_options){.rows = 30,
		.columns = 80,
		.command = {.program = program,
			.arguments = WORDS("--seed", "1", option, other),
			.environment = WORDS(variable)}});
}

/* Get the cells of the scales. */
static void
read_scales(struct terminal_cell *cells, int count)
{
	char line[TEXT_SIZE];
	int row = 0;

	do
		terminal_line(&terminal, row, line, sizeof line);
	while (strstr(line, "pressed") == NULL && ++row < terminal.rows);
	ck_assert_int_lt(row, terminal.rows);
	/* inside a box */
	for (int i = 0; i < count; i++)
		terminal_cell(&terminal, row, 1 + SCALES_COLUMN + i, &cells[i]);
}

enum { SCALES = 3 * THEME_LEVELS, CELLS = SCALES + 5 };

START_TEST(levels_are_grounds_where_there_are_colours)
{
	struct terminal_cell cells[CELLS];

	open_scales("--theme=dark", NULL, "TERM=xterm-256color");
	read_scales(cells, CELLS);
	for (int i = 0; i < SCALES; i++) {
		ck_assert_str_eq(cells[i].text, " ");
		ck_assert_int_eq(cells[i].background,
			theme_color(&theme_dark, ROLE_POSITIVE_1 + (unsigned)i,
				THEME_256));
	}
	/* zero is the ground of the terminal */
	ck_assert_int_eq(cells[SCALES].background, -1);
	/* two values in a cell */
	ck_assert_str_eq(cells[SCALES + 2].text, "▀");
	ck_assert_int_eq(cells[SCALES + 2].foreground, cells[0].background);
	ck_assert_int_eq(cells[SCALES + 2].background,
		cells[THEME_LEVELS].background);
	ck_assert_str_eq(cells[SCALES + 3].text, "▄");
	ck_assert_int_eq(cells[SCALES + 3].foreground,
		cells[2 * THEME_LEVELS].background);
	ck_assert_int_eq(cells[SCALES + 3].background, -1);
	ck_assert_str_eq(cells[SCALES + 4].text, "▀");
	ck_assert_int_eq(cells[SCALES + 4].background, -1);
	leave();
}
END_TEST

/* Few colours, no colours, ASCII: options, a variable, and the shades. */
static const struct {
	const char *option, *other, *variable;
	const char *positive, *negative;
	int positive_color, negative_color;
} shaded[] = {
	{"--theme=dark", NULL, "TERM=xterm", "░▒▓█", "░▒▓█", 5, 2},
	{"--theme=light", NULL, "TERM=xterm", "░▒▓█", "░▒▓█", -1, 2},
	{"--theme=mono", NULL, "TERM=xterm", "░▒▓█", "·-=≡", -1, -1},
	{"--theme=dark", "--ascii", "TERM=xterm", ".:+#", ".:+#", 5, 2},
	{"--color=never", "--ascii", "TERM=xterm", ".:+#", "~-=%", -1, -1},
};

START_TEST(levels_are_shades_where_there_are_few_colours)
{
	struct terminal_cell cells[CELLS];
	char text[3][THEME_LEVELS * TERMINAL_CELL_SIZE] = {"", "", ""};

	open_scales(shaded[_i].option, shaded[_i].other, shaded[_i].variable);
	read_scales(cells, CELLS);
	for (int i = 0; i < SCALES; i++)
		strcat(text[i / THEME_LEVELS], cells[i].text);
	ck_assert_str_eq(text[0], shaded[_i].positive);
	ck_assert_str_eq(text[1], shaded[_i].negative);
	ck_assert_str_eq(text[2], shaded[_i].positive);
	ck_assert_int_eq(cells[0].foreground, shaded[_i].positive_color);
	ck_assert_int_eq(cells[THEME_LEVELS].foreground,
		shaded[_i].negative_color);
	for (int i = SCALES; i < CELLS; i++)
		ck_assert_str_eq(cells[i].text, " ");
	leave();
}
END_TEST

static void
add_colors(Suite *suite)
{
	TCase *tcase = add_case(suite, "colors");

	tcase_add_test(tcase, contrasts_are_those_of_wcag);
	suite_add_loop(tcase, text_has_a_contrast_of_4_5_to_1, 0,
		COUNT(grounds));
	suite_add_loop(tcase, text_on_levels_has_a_contrast_of_4_5_to_1, 0,
		COUNT(grounds));
	suite_add_loop(tcase, a_band_is_a_ground_for_lines_and_names, 0,
		COUNT(grounds));
	suite_add_loop(tcase, levels_have_monotone_luminance, 0,
		COUNT(grounds));
	suite_add_loop(tcase, no_two_meanings_share_a_colour, 0,
		COUNT(grounds));
	suite_add_loop(tcase, every_eye_tells_the_signs_apart, 0,
		COUNT(grounds));
	tcase_add_test(tcase, without_colours_attributes_differ);
	tcase_add_test(tcase, values_have_levels_from_zero_to_the_maximum);
}

static void
add_answers(Suite *suite)
{
	TCase *tcase = add_case(suite, "answers");

	tcase_add_test(tcase, an_answer_is_dark_light_or_unknown);
	tcase_add_test(tcase, the_variable_is_dark_light_or_unknown);
	tcase_add_test(tcase, a_sequence_ends_where_its_kind_says);
	tcase_add_test(tcase, a_string_keeps_its_text_and_never_more);
}

static void
add_choice(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "choice");

	suite_add_loop(tcase, the_background_chooses_the_theme, 0,
		COUNT(choices));
	suite_add_loop(tcase, a_late_answer_does_nothing, 0, COUNT(late));
	suite_add_loop(tcase, keys_before_the_answer_act, 0, COUNT(early));
	suite_add_loop(tcase, the_terminal_is_asked_only_if_the_answer_matters,
		0, COUNT(unasked));
	suite_add_loop(tcase, a_named_theme_has_its_colours, 0, COUNT(named));
	tcase_add_test(tcase, the_theme_mono_has_no_colours);
	tcase_add_test(tcase, an_unknown_theme_is_refused);
	suite_add_loop(tcase, a_terminal_with_24_bit_colours_gets_them, 0, 3);
}

static void
add_scales(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "scales");

	tcase_add_test(tcase, levels_are_grounds_where_there_are_colours);
	suite_add_loop(tcase, levels_are_shades_where_there_are_few_colours, 0,
		COUNT(shaded));
}

int
main(void)
{
	Suite *suite = suite_create("theme");

	add_colors(suite);
	add_answers(suite);
	add_choice(suite);
	add_scales(suite);
	return suite_run(suite);
}
