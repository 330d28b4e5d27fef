/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first lines of a CSV file, divided by a separator: how many fields of
 * each kind they have, in the first line and in the columns below it. The
 * dialect of the file is decided by them.
 */
#ifndef LSTMTUI_TASK_CSV_SAMPLE_H
#define LSTMTUI_TASK_CSV_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "task/csv_field.h"

/* The fields of a column, counted by kind. */
struct csv_tally {
	size_t of[CSV_FIELD_KINDS];
};

/* Numbers that may be years. */
#define CSV_YEAR_MIN 1000.0
#define CSV_YEAR_MAX 2999.0

/*
 * Integers side by side in the first line, each the same step from the one
 * before: as in "country,1990,1991,1992,mean".
 */
struct csv_count {
	size_t column;   /* of the first integer */
	size_t integers; /* 0: the line has none */
	double first, last, step;
	/*
	 * below, in these columns: numbers, those that may be years, integers
	 * of the count, and lines of numbers with the same step
	 */
	size_t numbers, years, within, like_it;
};

/* The first lines of a file, divided by a separator. */
struct csv_sample {
	char separator, decimal;
	double reach; /* fraction of the lines that could be divided */
	size_t lines;
	size_t fields;   /* of all lines, without empty ones at the end */
	size_t names;    /* of the first line */
	size_t second;   /* of the second line */
	size_t width[2]; /* of the first two lines, with empty fields */
	/* lines with as many fields as the first, and as the second */
	size_t like[2];
	size_t divided; /* fields of text with another separator */
	size_t columns, capacity;
	struct csv_tally *tally; /* [columns], without the first line */
	struct csv_tally first;  /* the first line */
	size_t names_capacity;
	char **name;            /* [names]: the fields of the first line */
	struct csv_count count; /* of the first line */
};

/*
 * Divide the first lines among `count` bytes by a separator, and choose the
 * decimal character unless it is given ('\0': it is not). Release the sample
 * with csv_sample_destroy, also after a failure. Return false if out of memory.
 */
bool csv_sample_take(struct csv_sample *sample, const char *bytes, size_t count,
	char separator, char decimal, struct error *error);

void csv_sample_destroy(struct csv_sample *sample);

/* Count the fields of the first line as those of the others. */
bool csv_sample_count_first(struct csv_sample *sample);

/* Sum the fields of all lines but the first, by kind. */
struct csv_tally csv_sample_sum(const struct csv_sample *sample);

/* Whether a line has two fields. */
bool csv_sample_is_divided(const struct csv_sample *sample);

#endif
