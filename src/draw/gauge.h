/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line that says how far a run is, laid out for so many columns: count, bar,
 * percentage, speed, time left and average in steady columns, two blanks
 * apart. What has no room is left out, the least important first; a number is
 * whole or not there.
 */
#ifndef LSTMTUI_DRAW_GAUGE_H
#define LSTMTUI_DRAW_GAUGE_H

#include <stdint.h>

#include "base/number.h"

struct gauge {
	uint64_t done, wanted; /* updates; wanted 0: without an end */
	double speed;          /* a second; not above 0: unknown */
	double left;           /* seconds to go; NaN: unknown */
	double average;        /* loss; NaN: not shown */
};

enum { GAUGE_TEXT_SIZE = 2 * NUMBER_TEXT_SIZE };

enum gauge_field {
	GAUGE_COUNT,   /* "12,340/25,000", or "12,340" */
	GAUGE_PERCENT, /* " 49 %" */
	GAUGE_SPEED,   /* "1,300,000/s" */
	GAUGE_LEFT,    /* "0:12 left" */
	GAUGE_AVERAGE, /* "average 0.0845" */
	GAUGE_FIELDS
};

/* Columns are counted from 0 at the line's beginning. */
struct gauge_line {
	struct {
		int column;
		char text[GAUGE_TEXT_SIZE]; /* ASCII; "": left out */
	} field[GAUGE_FIELDS];
	int bar_column, bar_columns; /* 0 columns: no bar */
	int bar_full;                /* columns of it that are done */
};

void gauge_lay(struct gauge_line *line, const struct gauge *gauge, int columns);

/* "1,000/s" or "2.5/s": a speed as it is shown. */
char *gauge_format_speed(char text[NUMBER_TEXT_SIZE], double speed);

/*
 * The line as one string with a bar of `full` and `rest`, in at most `columns`
 * columns, in text[size]. Returns the columns it takes.
 */
int gauge_print(const struct gauge_line *line, const char *full,
	const char *rest, char *text, int size);

#endif
