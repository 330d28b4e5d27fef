/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/theme.h"

#include <assert.h>
#include <math.h>

/* clang-format off */
#define NONE THEME_DEFAULT
#define PLAIN THEME_PLAIN
#define BOLD THEME_BOLD
#define DIM THEME_DIM
#define REVERSE THEME_REVERSE

/*
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
	[ROLE_GATE] = {{0x66c97a, 77, 2, 2}, PLAIN, PLAIN, 0},
	[ROLE_POSITIVE_1] = {{0x4a2b0a, 58, 3, 3}, PLAIN, PLAIN, 0},
	{{0x8a4d0b, 94, 3, 3}, PLAIN, PLAIN, 0},
	{{0xc76d0d, 166, 3, 3}, PLAIN, PLAIN, 0},
	{{0xff8c1a, 208, 3, 3}, PLAIN, PLAIN, 0},
	[ROLE_NEGATIVE_1] = {{0x16304f, 18, 6, 6}, PLAIN, PLAIN, 0},
	{{0x235a94, 24, 6, 6}, PLAIN, PLAIN, 0},
	{{0x3480d2, 32, 6, 6}, PLAIN, PLAIN, 0},
	{{0x4da3ff, 39, 6, 6}, PLAIN, PLAIN, 0},
	[ROLE_GATE_1] = {{0x1f3d26, 22, 2, 2}, PLAIN, PLAIN, 0},
	{{0x34693f, 28, 2, 2}, PLAIN, PLAIN, 0},
	{{0x4a955a, 34, 2, 2}, PLAIN, PLAIN, 0},
	{{0x66c97a, 77, 2, 2}, PLAIN, PLAIN, 0},
	[ROLE_SEEN] = {{0x3480d2, 32, 6, 6}, PLAIN, DIM, 0},
	[ROLE_BAND] = {{0x303030, 236, NONE, NONE}, PLAIN, DIM, 0},
};

/* Among 8 colours, orange is magenta, and no green can be read on white. */
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
	[ROLE_GATE] = {{0x1a7f37, 28, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_POSITIVE_1] = {{0xffdcb3, 223, 5, 5}, PLAIN, PLAIN, 0},
	{{0xffb25c, 215, 5, 5}, PLAIN, PLAIN, 0},
	{{0xe27a0c, 172, 5, 5}, PLAIN, PLAIN, 0},
	{{0xa84a00, 130, 5, 5}, PLAIN, PLAIN, 0},
	[ROLE_NEGATIVE_1] = {{0xc4ddf7, 153, 4, 4}, PLAIN, PLAIN, 0},
	{{0x85b8ee, 75, 4, 4}, PLAIN, PLAIN, 0},
	{{0x3f87d2, 32, 4, 4}, PLAIN, PLAIN, 0},
	{{0x0059b3, 25, 4, 4}, PLAIN, PLAIN, 0},
	[ROLE_GATE_1] = {{0xcdeed3, 157, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0x8fd39b, 114, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0x4fa763, 71, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0x1a7f37, 28, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_SEEN] = {{0x3f87d2, 32, 4, 4}, PLAIN, DIM, 0},
	[ROLE_BAND] = {{0xe4e4e4, 254, NONE, NONE}, PLAIN, DIM, 0},
};

/*
 * Orange and blue after Okabe and Ito (2008), which all kinds of colour vision
 * distinguish; neither red nor green: warnings are reversed, gates are grey.
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
	[ROLE_POSITIVE_1] = {{0x453000, 58, 3, 3}, PLAIN, PLAIN, 0},
	{{0x7d5700, 94, 3, 3}, PLAIN, PLAIN, 0},
	{{0xb37c00, 136, 3, 3}, PLAIN, PLAIN, 0},
	{{0xe69f00, 214, 3, 3}, PLAIN, PLAIN, 0},
	[ROLE_NEGATIVE_1] = {{0x1a3646, 18, 6, 6}, PLAIN, PLAIN, 0},
	{{0x2f6280, 24, 6, 6}, PLAIN, PLAIN, 0},
	{{0x438cb5, 32, 6, 6}, PLAIN, PLAIN, 0},
	{{0x56b4e9, 75, 6, 6}, PLAIN, PLAIN, 0},
	[ROLE_GATE_1] = {{0x404040, 238, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0x707070, 242, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0xa0a0a0, 247, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0xe0e0e0, 254, NONE, NONE}, PLAIN, PLAIN, 0},
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
	[ROLE_POSITIVE_1] = {{0xfbe0ac, 223, 5, 5}, PLAIN, PLAIN, 0},
	{{0xf0b947, 215, 5, 5}, PLAIN, PLAIN, 0},
	{{0xc98a00, 172, 5, 5}, PLAIN, PLAIN, 0},
	{{0x8f5a00, 94, 5, 5}, PLAIN, PLAIN, 0},
	[ROLE_NEGATIVE_1] = {{0xc6e3f5, 153, 4, 4}, PLAIN, PLAIN, 0},
	{{0x7fc0e6, 75, 4, 4}, PLAIN, PLAIN, 0},
	{{0x338fc4, 32, 4, 4}, PLAIN, PLAIN, 0},
	{{0x005c99, 25, 4, 4}, PLAIN, PLAIN, 0},
	[ROLE_GATE_1] = {{0xd0d0d0, 252, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0xa0a0a0, 247, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0x686868, 241, NONE, NONE}, PLAIN, PLAIN, 0},
	{{0x262626, 235, NONE, NONE}, PLAIN, PLAIN, 0},
	[ROLE_SEEN] = {{0x338fc4, 32, 4, 4}, PLAIN, DIM, 0},
	[ROLE_BAND] = {{0xe4e4e4, 254, NONE, NONE}, PLAIN, DIM, 0},
};

/* clang-format on */

const struct theme theme_light = {
	.kind = {.name = "light", .summary = "for a light ground"},
	.styles = light_styles,
};

const struct theme theme_auto = {
	.kind = {.name = "auto",
		.summary = "dark or light, as the ground of the terminal"},
	.on_light = &theme_light,
	.styles = dark_styles,
};

const struct theme theme_dark = {
	.kind = {.name = "dark", .summary = "for a dark ground"},
	.styles = dark_styles,
};

const struct theme theme_mono = {
	.kind = {.name = "mono", .summary = "no colours"},
	.is_mono = true,
	.styles = dark_styles, /* only their attributes */
};

static const struct theme colorblind_light = {
	.kind = {.name = "colorblind"},
	.styles = colorblind_light_styles,
};

const struct theme theme_colorblind = {
	.kind = {.name = "colorblind",
		.summary = "orange, blue and grey, for a dark or light ground"},
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
