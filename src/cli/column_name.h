/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the numbers of a point in output. */
#ifndef LSTMTUI_CLI_COLUMN_NAME_H
#define LSTMTUI_CLI_COLUMN_NAME_H

#include <jansson.h>
#include <stddef.h>

#include "task/sequences.h"

enum { COLUMN_NAME_SIZE = 32 };

/*
 * Return the name of column `column`, counted from 0, in the header of the
 * data. Without a name, or if `columns` is NULL, write to text and return x or
 * y, or x1, x2, ... if a point has more than two numbers. A name of the data
 * must not go to a terminal as it is.
 */
const char *column_name(const struct sequences_column *columns, size_t features,
	size_t column, char text[COLUMN_NAME_SIZE]);

/*
 * The same as a JSON string; bytes that are not UTF-8 are written by number.
 * Returns NULL if out of memory.
 */
json_t *column_name_json(const struct sequences_column *columns,
	size_t features, size_t column);

#endif
