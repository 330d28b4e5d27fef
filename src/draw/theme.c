/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/theme.h"

#include <assert.h>
#include <math.h>

#include "base/translate.h"

/* clang-format off */
#define NONE THEME_DEFAULT
#define PLAIN THEME_PLAIN
#define BOLD THEME_BOLD
#define DIM THEME_DIM
#define REVERSE THEME_REVERSE

/* Heat maps: positive and negative values, gates. Of all themes. */
#define SCALES_ON_DARK \
	[ROLE_POSITIVE_1] = {{0x491648, 53, 5, 5}, PLAIN, PLAIN, 0}, \
	{{0x85387f, 90, 5, 5}, PLAIN, PLAIN, 0}, \
	{{0xbd66b5, 133, 5, 5}, PLAIN, PLAIN, 0}, \
	{{0xf2b6ea, 219, 5, 5}, PLAIN, PLAIN, 0}, \
	[ROLE_NEGATIVE_1] = {{0x104221, 22, 2, 2}, PLAIN, PLAIN, 0}, \
	{{0x2c7548, 28, 2, 2}, PLAIN, PLAIN, 0}, \
	{{0x4faa70, 71, 2, 2}, PLAIN, PLAIN, 0}, \
	{{0xa0eeb4, 157, 2, 2}, PLAIN, PLAIN, 0}, \
	[ROLE_GATE_1] = {{0x404040, 238, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0x707070, 242, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0xa0a0a0, 247, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0xe0e0e0, 254, NONE, NONE}, PLAIN, PLAIN, 0}
#define SCALES_ON_LIGHT \
	[ROLE_POSITIVE_1] = {{0xf0d9ee, 225, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0xd49fce, 182, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0xa25a9c, 133, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0x5c1a5a, 53, NONE, NONE}, PLAIN, PLAIN, 0}, \
	[ROLE_NEGATIVE_1] = {{0xd2ecd4, 157, 2, 2}, PLAIN, PLAIN, 0}, \
	{{0x93cc9b, 114, 2, 2}, PLAIN, PLAIN, 0}, \
	{{0x41935a, 71, 2, 2}, PLAIN, PLAIN, 0}, \
	{{0x0c4a22, 29, 2, 2}, PLAIN, PLAIN, 0}, \
	[ROLE_GATE_1] = {{0xd0d0d0, 252, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0xa0a0a0, 247, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0x686868, 241, NONE, NONE}, PLAIN, PLAIN, 0}, \
	{{0x262626, 235, NONE, NONE}, PLAIN, PLAIN, 0}

/*
 * Orange is the model, blue the data, purple a positive value and green a
 * negative one, grey a gate.
 *
 * The four colours of a style are those of enum theme_depth. The colours of 8
 * are black, red, green, yellow, blue, magenta, cyan and white.
 */
static const struct theme_style dark_styles[ROLES] = {
	[ROLE_NORMAL] = {{NONE, NONE, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_DIM] = {{0x8a8a8a, 245, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_BRIGHT] = {{NONE, NONE, NONE, NONE}, BOLD, BOLD, 0},
	[ROLE_MODEL] = {{0xff8c1a, 208, 3, 3}, BOLD, BOLD, 0},
	[ROLE_DATA] = {{0x4da3ff, 39, 6, 6}, PLAIN, DIM, 0},
	/* red alone is too dark among 8 colours */
	[ROLE_WARNING] = {{0xff5f5f, 203, 9, 7}, BOLD, REVERSE, 1},
	[ROLE_SELECTED] = {{NONE, NONE, NONE, NONE}, REVERSE, REVERSE, 0},
	[ROLE_GHOST] = {{0xa8a8a8, 248, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_LEGEND] = {{0xbcbcbc, 250, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_GATE] = {{0xd0d0d0, 252, NONE, NONE}, PLAIN, PLAIN, 0},
	SCALES_ON_DARK,
	[ROLE_SEEN] = {{0x3480d2, 32, 6, 6}, PLAIN, DIM, 0},
	[ROLE_BAND] = {{0x303030, 236, NONE, NONE}, PLAIN, DIM, 0},
};

/*
 * Among 8 colours, orange is magenta, and a positive value black: no green can
 * be read on white as text, but a cell can be seen.
 */
static const struct theme_style light_styles[ROLES] = {
	[ROLE_NORMAL] = {{NONE, NONE, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_DIM] = {{0x5f5f5f, 240, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_BRIGHT] = {{NONE, NONE, NONE, NONE}, BOLD, BOLD, 0},
	[ROLE_MODEL] = {{0xa84a00, 130, 5, 5}, BOLD, BOLD, 0},
	[ROLE_DATA] = {{0x0059b3, 25, 4, 4}, PLAIN, DIM, 0},
	[ROLE_WARNING] = {{0xc00000, 160, 1, 7}, BOLD, REVERSE, 1},
	[ROLE_SELECTED] = {{NONE, NONE, NONE, NONE}, REVERSE, REVERSE, 0},
	[ROLE_GHOST] = {{0x717171, 242, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_LEGEND] = {{0x444444, 238, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_GATE] = {{0x303030, 236, NONE, NONE}, PLAIN, PLAIN, 0},
	SCALES_ON_LIGHT,
	[ROLE_SEEN] = {{0x3f87d2, 32, 4, 4}, PLAIN, DIM, 0},
	[ROLE_BAND] = {{0xe4e4e4, 254, NONE, NONE}, PLAIN, DIM, 0},
};

/*
 * Orange, blue, reddish purple and bluish green after Okabe and Ito (2008),
 * which all kinds of colour vision distinguish; warnings are reversed.
 */
static const struct theme_style colorblind_styles[ROLES] = {
	[ROLE_NORMAL] = {{NONE, NONE, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_DIM] = {{0x8a8a8a, 245, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_BRIGHT] = {{NONE, NONE, NONE, NONE}, BOLD, BOLD, 0},
	[ROLE_MODEL] = {{0xe69f00, 214, 3, 3}, BOLD, BOLD, 0},
	[ROLE_DATA] = {{0x56b4e9, 75, 6, 6}, PLAIN, DIM, 0},
	[ROLE_WARNING] = {{0xf0e442, 227, NONE, NONE}, BOLD | REVERSE,
		REVERSE, 0},
	[ROLE_SELECTED] = {{NONE, NONE, NONE, NONE}, REVERSE, REVERSE, 0},
	[ROLE_GHOST] = {{0xa8a8a8, 248, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_LEGEND] = {{0xbcbcbc, 250, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_GATE] = {{0xd0d0d0, 252, NONE, NONE}, PLAIN, PLAIN, 0},
	SCALES_ON_DARK,
	[ROLE_SEEN] = {{0x438cb5, 32, 6, 6}, PLAIN, DIM, 0},
	[ROLE_BAND] = {{0x303030, 236, NONE, NONE}, PLAIN, DIM, 0},
};

static const struct theme_style colorblind_light_styles[ROLES] = {
	[ROLE_NORMAL] = {{NONE, NONE, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_DIM] = {{0x5f5f5f, 240, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_BRIGHT] = {{NONE, NONE, NONE, NONE}, BOLD, BOLD, 0},
	[ROLE_MODEL] = {{0x8f5a00, 94, 5, 5}, BOLD, BOLD, 0},
	[ROLE_DATA] = {{0x005c99, 25, 4, 4}, PLAIN, DIM, 0},
	[ROLE_WARNING] = {{NONE, NONE, NONE, NONE}, REVERSE, REVERSE, 0},
	[ROLE_SELECTED] = {{NONE, NONE, NONE, NONE}, REVERSE, REVERSE, 0},
	[ROLE_GHOST] = {{0x717171, 242, NONE, NONE}, PLAIN, DIM, 0},
	[ROLE_LEGEND] = {{0x444444, 238, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_GATE] = {{0x303030, 236, NONE, NONE}, PLAIN, PLAIN, 0},
	SCALES_ON_LIGHT,
	[ROLE_SEEN] = {{0x338fc4, 32, 4, 4}, PLAIN, DIM, 0},
	[ROLE_BAND] = {{0xe4e4e4, 254, NONE, NONE}, PLAIN, DIM, 0},
};

/* clang-format on */

const struct theme theme_light = {
	.kind = {.name = "light", .summary = N_("for a light ground")},
	.styles = light_styles,
};

const struct theme theme_auto = {
	.kind = {.name = "auto",
		.summary = N_("dark or light, as the ground of the terminal")},
	.on_light = &theme_light,
	.styles = dark_styles,
};

const struct theme theme_dark = {
	.kind = {.name = "dark", .summary = N_("for a dark ground")},
	.styles = dark_styles,
};

const struct theme theme_mono = {
	.kind = {.name = "mono", .summary = N_("no colours")},
	.is_mono = true,
	.styles = dark_styles, /* only their attributes */
};

static const struct theme colorblind_light = {
	.kind = {.name = "colorblind"},
	.styles = colorblind_light_styles,
};

const struct theme theme_colorblind = {
	.kind = {.name = "colorblind",
		.summary = N_(
			"colours that all can tell apart, on dark or light")},
	.on_light = &colorblind_light,
	.styles = colorblind_styles,
};

const struct kind *const theme_list[] = {
	&theme_auto.kind,
	&theme_dark.kind,
	&theme_light.kind,
	&theme_mono.kind,
	&theme_colorblind.kind,
	NULL,
};

int
theme_color(const struct theme *theme, enum screen_role role,
	enum theme_depth depth)
{
	const struct theme_style *style = &theme->styles[role];

	return theme->is_mono ? THEME_DEFAULT : style->color[depth];
}

int
theme_attributes(const struct theme *theme, enum screen_role role,
	enum theme_depth depth)
{
	const struct theme_style *style = &theme->styles[role];

	return theme_color(theme, role, depth) == THEME_DEFAULT
		? style->without
		: style->with_color;
}

bool
theme_has_levels(const struct theme *theme, enum theme_depth depth)
{
	return !theme->is_mono && depth <= THEME_256;
}

/* Return the role of a value from 0 to 1 on the scale that begins at first. */
static enum screen_role
level_role(double value, enum screen_role first)
{
	int level = (int)lround(fmin(value, 1) * THEME_LEVELS);

	return level > 0 ? first + (unsigned)level - 1 : ROLE_NORMAL;
}

enum screen_role
theme_signed_role(double value, double max)
{
	if (isnan(value))
		return ROLE_NORMAL;
	return level_role(fabs(value) / max,
		value < 0 ? ROLE_NEGATIVE_1 : ROLE_POSITIVE_1);
}

enum screen_role
theme_gate_role(double value)
{
	return isnan(value) ? ROLE_NORMAL
			    : level_role(fmax(value, 0), ROLE_GATE_1);
}

/* Return the linear value of a byte of sRGB. */
static double
linear(unsigned byte)
{
	double value = byte / 255.0;

	return value <= 0.04045 ? value / 12.92
				: pow((value + 0.055) / 1.055, 2.4);
}

double
theme_luminance(unsigned rgb)
{
	return 0.2126 * linear(rgb >> 16 & 0xff) +
		0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
}

/* Return the colour of xterm's palette of 256, from 16 on. */
static unsigned
palette(int color)
{
	static const unsigned steps[6] = {0, 95, 135, 175, 215, 255};
	unsigned cube = (unsigned)color - 16;
	unsigned grey = 8 + 10 * ((unsigned)color - 232);

	assert(color >= 16 && color < 256);
	if (color >= 232)
		return grey << 16 | grey << 8 | grey;
	return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 |
		steps[cube % 6];
}

int
theme_text_on(const struct theme *theme, enum screen_role role,
	enum theme_depth depth)
{
	int ground = theme_color(theme, role, depth);
	bool is_direct = depth == THEME_DIRECT;
	double light =
		theme_luminance(is_direct ? (unsigned)ground : palette(ground));
	bool is_black = light + 0.05 > sqrt(0.05 * 1.05);

	if (is_direct)
		return is_black ? 0x000000 : 0xffffff;
	return is_black ? 16 : 231;
}
