/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read sequences of points from a CSV file (base/csv_reader.h) in any dialect
 * (task/csv_dialect.h): each row is a point, all rows have the same number of
 * columns, and a blank line ends a sequence. In the layout of series each row
 * is a sequence. Columns that are not numbers are left out (column_list.h).
 */
#ifndef LSTMTUI_TASK_SEQUENCES_H
#define LSTMTUI_TASK_SEQUENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/shared_bytes.h"
#include "base/text_list.h"
#include "task/csv_dialect.h"
#include "task/data_layout.h"
#include "task/scaling.h"

enum { SEQUENCES_FEATURES_MAX = 1024 };

/* A column of the data, over the whole file and in the data's own units. */
struct sequences_column {
	char *name;    /* in the header; "" if it has none */
	size_t number; /* in the file, from 1; 0: lines are sequences */
	double min, max, mean;
	double deviation; /* standard deviation, of the points as they are */
	/*
	 * neighbouring numbers that differ, but not as floats; the same of
	 * numbers less the mean, divided by the deviation
	 */
	size_t lost, lost_scaled;
};

struct sequences {
	size_t count;    /* number of sequences */
	size_t features; /* numbers of each point */
	size_t longest;  /* points of the longest sequence */
	size_t *start;   /* [count + 1]: index of each sequence's first point */
	/* [start[count], features], as read; NULL after sequences_scale */
	double *numbers;
	/* [start[count], features], scaled; NULL before sequences_scale */
	float *values;
	struct sequences_column *column; /* [features] */
	struct text_list left_out; /* columns and lines that are not read */
	struct text_list warnings; /* suspicions: task/data_warnings.h */
	/* that of a header with numbers, among the warnings; or NULL */
	const char *header_note;
	/* FNV-1a of `start` and of the numbers, rounded to floats */
	uint64_t hash;
	/*
	 * The first sequences and points, on which a run trains: all, unless
	 * some are held out for validation.
	 */
	size_t training, training_points;
};

/* What to read. */
struct sequences_config {
	const char *path; /* must outlive the reading */
	/* content, instead of that of the file; NULL: read the file */
	const struct shared_bytes *bytes;
	/*
	 * required features of each point and points of each sequence; 0: any
	 */
	size_t features, points;
	const char *columns; /* task/column_list.h; NULL or "": all numbers */
	/* each may be NULL: its default */
	const struct csv_separator *separator;
	const struct csv_decimal *decimal;
	const struct missing *missing;
	const struct data_layout *layout;
};

/*
 * Read a file into sequences->numbers. Release the sequences with
 * sequences_destroy. Return false, with the path and the line in the message,
 * if the file cannot be read or has other content.
 */
bool sequences_read(struct sequences *sequences,
	const struct sequences_config *config, struct error *error);

/*
 * Compute the hash of the sequences, and the numbers of their columns except
 * those of lost differences. The columns exist and their numbers are 0;
 * `numbers` has all points, at least one.
 */
void sequences_measure(struct sequences *sequences);

/* Return the dialect that is asked for, with the defaults of absent values. */
struct csv_dialect_config sequences_dialect_config(
	const struct sequences_config *config);

/* Open the file, or the content that is given instead. */
struct csv_reader *sequences_open(const struct sequences_config *config,
	struct error *error);

/*
 * Scale the numbers and round them to floats, in their memory: `values`
 * replaces `numbers`.
 */
void sequences_scale(struct sequences *sequences,
	const struct scaling *scaling);

/*
 * Hold out the last fraction of the sequences, or of the points of a single
 * sequence, rounded down: set `training` and `training_points`.
 */
void sequences_hold_out(struct sequences *sequences, double fraction);

void sequences_destroy(struct sequences *sequences);

#endif
