/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read sequences of points from a CSV file (base/csv_reader.h): each row is a
 * point, all rows have the same number of columns, and a blank line ends a
 * sequence.
 */
#ifndef LSTMTUI_TASK_SEQUENCES_H
#define LSTMTUI_TASK_SEQUENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { SEQUENCES_FEATURES_MAX = 1024 };

struct sequences {
	size_t count;    /* number of sequences */
	size_t features; /* numbers of each point */
	size_t longest;  /* points of the longest sequence */
	size_t *start;   /* [count + 1]: index of each sequence's first point */
	float *values;   /* [start[count], features] */
	uint64_t hash;   /* FNV-1a of `start` and `values` */
};

/*
 * Read a file. `features` and `points` are the required features of each point
 * and points of each sequence; 0: any. Release the sequences with
 * sequences_destroy. Return false, with the path and the line in the message,
 * if the file cannot be read or has other content.
 */
bool sequences_read(struct sequences *sequences, const char *path,
	size_t features, size_t points, struct error *error);

void sequences_destroy(struct sequences *sequences);

#endif
