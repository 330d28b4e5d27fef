/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Themes: the colours of everything on the screen, by role. A role is the
 * meaning of a text or of a cell, and has the same colour everywhere. A meaning
 * is never conveyed by hue alone: attributes, signs, shades and labels repeat
 * it, so that a theme without colours shows the same.
 *
 * Text has a contrast of at least 4.5:1 (WCAG 2.1, 1.4.3) against the ground of
 * its theme, with the colours of xterm. tests/check_theme.c checks this.
 */
#ifndef LSTMTUI_DRAW_THEME_H
#define LSTMTUI_DRAW_THEME_H

#include <stdbool.h>

#include "base/kind.h"

/* Levels of a scale above zero. Zero is the ground of the terminal. */
enum { THEME_LEVELS = 4 };

enum screen_role {
	ROLE_NORMAL,
	ROLE_DIM,      /* labels, axes, boxes */
	ROLE_BRIGHT,   /* important numbers */
	ROLE_MODEL,    /* output of the model, and the average loss */
	ROLE_DATA,     /* training data, and losses of single updates */
	ROLE_WARNING,  /* unsaved, diverged, questions, errors */
	ROLE_SELECTED, /* text that the next character replaces */
	ROLE_GHOST,    /* a former run */
	ROLE_LEGEND,   /* words that explain a colour */
	ROLE_GATE,     /* values of gates, as text */
	/*
	 * cells of heat maps; the first level of each scale. The colours of a
	 * sign are neither those of the model nor those of the data
	 */
	ROLE_POSITIVE_1,
	ROLE_NEGATIVE_1 = ROLE_POSITIVE_1 + THEME_LEVELS,
	ROLE_GATE_1 = ROLE_NEGATIVE_1 + THEME_LEVELS,
	ROLE_SEEN =
		ROLE_GATE_1 + THEME_LEVELS, /* data before ROLE_DATA, dots */
	/* the range of single updates: the colour of a ground behind curves */
	ROLE_BAND,
	ROLES
};

/* How many colours a terminal has. */
enum theme_depth {
	THEME_DIRECT, /* 24 bits: 0xRRGGBB */
	THEME_256,    /* the palette of xterm */
	THEME_16,
	THEME_8,
	THEME_DEPTHS
};

/* Attributes of text; they can be combined. */
enum theme_attribute {
	THEME_PLAIN = 0,
	THEME_BOLD = 1,
	THEME_DIM = 2,
	THEME_REVERSE = 4
};

enum { THEME_DEFAULT = -1 }; /* the colour of the terminal */

struct theme_style {
	int color[THEME_DEPTHS]; /* of text, or THEME_DEFAULT */
	/* with a colour; without one, also if it is THEME_DEFAULT */
	int with_color, without;
	int ground8; /* colour of 8 behind the text; 0: none */
};

struct theme {
	struct kind kind;
	/* the same theme for a light ground; NULL: for any ground */
	const struct theme *on_light;
	bool is_mono;                     /* has only attributes */
	const struct theme_style *styles; /* by role */
};

extern const struct theme theme_auto, theme_dark, theme_light, theme_mono,
	theme_colorblind;

/* All themes; ends with NULL. The first is the default. */
extern const struct kind *const theme_list[];

/* Return the attributes of a role, a combination of enum theme_attribute. */
int theme_attributes(const struct theme *theme, enum screen_role role,
	enum theme_depth depth);

/* Return the colour of a role, or THEME_DEFAULT. */
int theme_color(const struct theme *theme, enum screen_role role,
	enum theme_depth depth);

/*
 * Return the colour of text whose ground is the colour of a level of a heat
 * map: black or white, whichever has the larger contrast, at least 4.5:1. Only
 * for a theme and a depth that have levels.
 */
int theme_text_on(const struct theme *theme, enum screen_role role,
	enum theme_depth depth);

/*
 * Return whether the levels of a scale have different colours. If not, they
 * differ by the shade of a character.
 */
bool theme_has_levels(const struct theme *theme, enum theme_depth depth);

/*
 * Return the role of a value in a heat map: ROLE_POSITIVE_1 or ROLE_NEGATIVE_1
 * plus the level less 1, or ROLE_NORMAL near zero. The scale is linear from 0
 * to `max` > 0; larger values have the last level. NaN is near zero.
 */
enum screen_role theme_signed_role(double value, double max);

/* The same for a gate, from 0, closed, to 1, open. */
enum screen_role theme_gate_role(double value);

/* Return the relative luminance of 0xRRGGBB, from 0 to 1 (WCAG 2.1). */
double theme_luminance(unsigned rgb);

#endif
