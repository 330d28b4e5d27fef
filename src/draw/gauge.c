/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/gauge.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "base/utf8.h"

enum {
	GAP = 2,
	BAR_MIN = 6,
	/* minimum columns of a field, so that the fields after it stay put */
	PERCENT_COLUMNS = 5,  /* "100 %" */
	SPEED_COLUMNS = 11,   /* "1,300,000/s" */
	TIME_COLUMNS = 13,    /* "99:59:59 left" */
	AVERAGE_COLUMNS = 14, /* "average 0.0845" */
	AVERAGE_DECIMALS = 4
};

/* Longest remaining time shown, in seconds; a longer one is meaningless. */
#define TIME_MAX (100000.0 * 86400)

char *
gauge_format_speed(char text[NUMBER_TEXT_SIZE], double speed)
{
	char number[NUMBER_TEXT_SIZE];

	if (speed >= 10 || speed == floor(speed))
		number_grouped(number, number_count(speed));
	else
		number_fixed(number, speed, 1);
	snprintf(text, NUMBER_TEXT_SIZE, "%.40s/s", number);
	return text;
}

/*
 * Format the first form that fits the columns: done/target, done, done as
 * "1.2e+12", nothing.
 */
static void
format_count(char *text, const struct gauge *gauge, int columns)
{
	char done[NUMBER_TEXT_SIZE], target[NUMBER_TEXT_SIZE];

	number_grouped(done, gauge->done);
	number_grouped(target, gauge->target);
	snprintf(text, GAUGE_TEXT_SIZE, "%*s/%s", (int)strlen(target), done,
		target);
	if (gauge->target == 0 || (int)strlen(text) > columns)
		snprintf(text, GAUGE_TEXT_SIZE, "%s", done);
	if ((int)strlen(text) > columns)
		snprintf(text, GAUGE_TEXT_SIZE, "%.1e", (double)gauge->done);
	if ((int)strlen(text) > columns)
		text[0] = '\0';
}

static void
format_fields(char text[GAUGE_FIELDS][GAUGE_TEXT_SIZE],
	const struct gauge *gauge, int columns)
{
	char number[NUMBER_TEXT_SIZE];

	format_count(text[GAUGE_COUNT], gauge, columns);
	if (gauge->target > 0)
		snprintf(text[GAUGE_PERCENT], GAUGE_TEXT_SIZE, "%3d %%",
			number_percent(gauge->done, gauge->target));
	if (gauge->speed > 0)
		gauge_format_speed(text[GAUGE_SPEED], gauge->speed);
	if (gauge->seconds_left >= 0 && gauge->seconds_left < TIME_MAX)
		snprintf(text[GAUGE_TIME], GAUGE_TEXT_SIZE, _("%s left"),
			number_duration(number, gauge->seconds_left));
	if (!isnan(gauge->average))
		snprintf(text[GAUGE_AVERAGE], GAUGE_TEXT_SIZE, _("average %s"),
			number_fixed(number, gauge->average, AVERAGE_DECIMALS));
}

/* Return the columns of a field: its minimum, or more for a longer text. */
static int
field_columns(enum gauge_field field, const char *text)
{
	static const int min[GAUGE_FIELDS] = {
		[GAUGE_PERCENT] = PERCENT_COLUMNS,
		[GAUGE_SPEED] = SPEED_COLUMNS,
		[GAUGE_TIME] = TIME_COLUMNS,
		[GAUGE_AVERAGE] = AVERAGE_COLUMNS,
	};
	int length = (int)utf8_columns(text);

	return length > min[field] ? length : min[field];
}

void
gauge_lay_out(struct gauge_line *line, const struct gauge *gauge, int columns)
{
	/* optional fields, the most important first */
	static const enum gauge_field optional[] = {GAUGE_PERCENT,
		GAUGE_AVERAGE, GAUGE_TIME, GAUGE_SPEED};
	char text[GAUGE_FIELDS][GAUGE_TEXT_SIZE] = {""};
	bool is_shown[GAUGE_FIELDS] = {[GAUGE_COUNT] = true};
	int used, column, bar = 0;

	*line = (struct gauge_line){0};
	format_fields(text, gauge, columns);
	used = (int)strlen(text[GAUGE_COUNT]);
	for (int i = 0; i < 4; i++) {
		enum gauge_field field = optional[i];
		int more = GAP + field_columns(field, text[field]);
		/* reserve the columns of a field whose text comes and goes */
		bool is_reserved = field != GAUGE_AVERAGE && gauge->target > 0;

		/* the bar is more important than speed and time */
		if (field == GAUGE_TIME && gauge->target > 0 &&
			used + GAP + BAR_MIN <= columns) {
			bar = GAP + BAR_MIN;
			used += bar;
		}
		if ((text[field][0] == '\0' && !is_reserved) ||
			used + more > columns)
			continue;
		is_shown[field] = true;
		used += more;
	}
	bar = bar > 0 ? bar + columns - used : 0;
	column = 0;
	for (int f = 0; f < GAUGE_FIELDS; f++) {
		int width = f == GAUGE_COUNT
			? (int)strlen(text[f])
			: field_columns((enum gauge_field)f, text[f]);

		if (!is_shown[f])
			continue;
		memcpy(line->field[f].text, text[f], GAUGE_TEXT_SIZE);
		/* align the text right, so that numbers do not move */
		line->field[f].column = column + width - (int)strlen(text[f]);
		column += width + GAP;
		if (f == GAUGE_COUNT && bar > 0) {
			line->bar_column = column;
			line->bar_columns = bar - GAP;
			line->bar_full = number_int(floor(
				number_fraction(gauge->done, gauge->target) *
					line->bar_columns +
				1e-9));
			column += bar;
		}
	}
}

int
gauge_print(const struct gauge_line *line, const char *full, const char *rest,
	char *text, int size)
{
	int column = 0, length = 0;

	text[0] = '\0';
	for (int f = 0; f < GAUGE_FIELDS && length < size; f++) {
		const char *field = line->field[f].text;

		if (field[0] != '\0') {
			length += snprintf(text + length,
				(size_t)(size - length), "%*s%s",
				line->field[f].column - column, "", field);
			column = line->field[f].column + (int)strlen(field);
		}
		if (f != GAUGE_COUNT || line->bar_columns == 0)
			continue;
		length += snprintf(text + length, (size_t)(size - length),
			"%*s", line->bar_column - column, "");
		for (int i = 0; i < line->bar_columns && length < size; i++)
			length +=
				snprintf(text + length, (size_t)(size - length),
					"%s", i < line->bar_full ? full : rest);
		column = line->bar_column + line->bar_columns;
	}
	return column;
}
