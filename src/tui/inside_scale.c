/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/inside_scale.h"

#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/screen.h"

enum { TEXT_SIZE = NUMBER_TEXT_SIZE + 16 };

/* Draw the shades of the levels from `first` to THEME_LEVELS. */
static int
draw_shades(struct area area, int row, int column, int first)
{
	for (int level = first; level <= THEME_LEVELS; level++) {
		double value = (double)level / THEME_LEVELS;

		screen_shade(area, row, column++, 1,
			first < 0 ? theme_signed_role(value, 1)
				  : theme_gate_role(value));
	}
	return column;
}

/* Draw "low shades high", or else the text, or else nothing. */
static int
draw_scale(struct area area, int row, int column, const char *low,
	const char *high, int first, const char *text)
{
	int shades = THEME_LEVELS + 1 - first;
	int width = screen_width(low) + shades + screen_width(high) + 2;

	if (column + width <= area.columns) {
		column = screen_print(area, row, column, ROLE_DIM, "%s ", low);
		column = draw_shades(area, row, column, first);
		return screen_print(area, row, column, ROLE_DIM, " %s", high);
	}
	if (column + screen_width(text) <= area.columns)
		return screen_print(area, row, column, ROLE_DIM, "%s", text);
	return column;
}

int
inside_scale_signed(struct area area, int row, int column, double max)
{
	char number[NUMBER_TEXT_SIZE], low[TEXT_SIZE], text[TEXT_SIZE];

	number_shortest(number, number_round(max, 2));
	snprintf(low, sizeof low, "-%s", number);
	snprintf(text, sizeof text, "%s%s",
		screen_tier() == CANVAS_BRAILLE ? "±" : "+-", number);
	return draw_scale(area, row, column, low, number, -THEME_LEVELS, text);
}

int
inside_scale_more(struct area area, int row, int column, double max)
{
	static const char *const more[] = {N_(" and more"), N_(" & up")};
	int end = inside_scale_signed(area, row, column, max);

	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
		if (end > column &&
			end + screen_width(_(more[i])) <= area.columns)
			return screen_print(area, row, end, ROLE_DIM, "%s",
				_(more[i]));
	return end;
}

int
inside_scale_gate(struct area area, int row, int column)
{
	return draw_scale(area, row, column, "0", "1", 0, _("0 to 1"));
}

int
inside_scale_words(struct area area, int row, int column, const char *low,
	const char *high)
{
	return draw_scale(area, row, column, low, high, 0, "");
}
