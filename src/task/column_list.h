/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns that are read from a data file (--columns): a list of names and
 * numbers, counted from 1, and of ranges of them, such as "date,open-close" or
 * "2,4-6". A range "3-" goes to the last column. A name with a comma is quoted
 * as in a CSV file. Without a list, all columns of numbers are read.
 */
#ifndef LSTMTUI_TASK_COLUMN_LIST_H
#define LSTMTUI_TASK_COLUMN_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "task/csv_dialect.h"

/* Bytes of a list, with '\0'. */
enum { COLUMN_LIST_SIZE = 1024 };

struct column_list {
	size_t count, capacity;
	size_t *column; /* [count]: indices, in the order of the list */
};

/*
 * Find the columns that the text lists, or all columns of numbers if it is
 * empty. Release the list with column_list_destroy, also after a failure. A
 * column that is not there is an error of usage.
 */
bool column_list_find(struct column_list *list, const char *text,
	const struct csv_dialect *dialect, struct error *error);

bool column_list_contains(const struct column_list *list, size_t column);

void column_list_destroy(struct column_list *list);

#endif
