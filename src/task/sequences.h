/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sequences of points from a CSV file (base/csv_reader.h): each row is a
 * point, all rows have as many numbers, and a blank line ends a sequence.
 */
#ifndef LSTMTUI_TASK_SEQUENCES_H
#define LSTMTUI_TASK_SEQUENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { SEQUENCES_FEATURES_MAX = 1024 };

struct sequences {
	size_t count;    /* of sequences */
	size_t features; /* of every point */
	size_t longest;  /* points in the longest sequence */
	size_t *start;   /* [count + 1]: a sequence's first point */
	float *values;   /* [start[count], features] */
	uint64_t hash;   /* FNV-1a of the numbers and the lengths */
};

/*
 * Read a file. features and points are what every sequence has to have; 0:
 * any. Release it with sequences_destroy. Returns false, with the file and
 * the line in the message, when it cannot be read or holds anything else.
 */
bool sequences_read(struct sequences *sequences, const char *path,
	size_t features, size_t points, struct error *error);

void sequences_destroy(struct sequences *sequences);

#endif
