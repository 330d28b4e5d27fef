/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The progress line of a run: count, bar, percentage, speed, time left and
 * average loss, two blanks apart, in columns that stay the same while numbers
 * change. Fields that do not fit the width are omitted, the least important
 * first. A number is never cut off.
 */
#ifndef LSTMTUI_DRAW_GAUGE_H
#define LSTMTUI_DRAW_GAUGE_H

#include <stdint.h>

#include "base/number.h"

struct gauge {
	uint64_t done, target; /* updates; target 0: no limit */
	double speed;          /* updates per second; 0 or negative: unknown */
	double seconds_left;   /* NaN: unknown */
	double average;        /* average loss; NaN: none */
};

enum { GAUGE_TEXT_SIZE = 2 * NUMBER_TEXT_SIZE };

enum gauge_field {
	GAUGE_COUNT,   /* "12,340/25,000", or "12,340" */
	GAUGE_PERCENT, /* " 49 %" */
	GAUGE_SPEED,   /* "1,300,000/s" */
	GAUGE_TIME,    /* "0:12 left" */
	GAUGE_AVERAGE, /* "average 0.0845" */
	GAUGE_FIELDS
};

/* A progress line: its fields and bar, with columns counted from 0. */
struct gauge_line {
	struct {
		int column;
		char text[GAUGE_TEXT_SIZE]; /* ASCII; "": omitted */
	} field[GAUGE_FIELDS];
	int bar_column, bar_columns; /* 0 columns: no bar */
	int bar_full;                /* columns of its filled part */
};

/* Lay out the progress line in at most `columns` columns. */
void gauge_lay_out(struct gauge_line *line, const struct gauge *gauge,
	int columns);

/* Format a speed: "1,000/s" or "2.5/s". Return text. */
char *gauge_format_speed(char text[NUMBER_TEXT_SIZE], double speed);

/*
 * Write the line into text[size]. The strings `full` and `rest`, one column
 * wide each, fill the bar's two parts. Return the columns of the line.
 */
int gauge_print(const struct gauge_line *line, const char *full,
	const char *rest, char *text, int size);

#endif
