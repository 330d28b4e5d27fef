/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Suspicions about data that can be read but may not be what the user means: a
 * header of numbers, decimal commas taken for separators, series in rows,
 * other numbers in a line of a series, an index among the columns, sequences
 * sorted by kind, and numbers that floats cannot tell apart.
 */
#ifndef LSTMTUI_TASK_DATA_WARNINGS_H
#define LSTMTUI_TASK_DATA_WARNINGS_H

#include <stdbool.h>

#include "task/column_list.h"
#include "task/csv_dialect.h"
#include "task/sequences.h"

/*
 * Add the suspicions about sequences that were read from these columns as lines
 * of points (is_series: as lines of sequences) to sequences->warnings, and
 * count the neighbours that fall together in the columns. The columns are
 * measured. Return false if out of memory.
 */
bool data_warnings_find(struct sequences *sequences,
	const struct csv_dialect *dialect, const struct column_list *columns,
	bool is_series);

#endif
