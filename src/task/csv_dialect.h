/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialect of a CSV file of numbers: its separator, its decimal character,
 * its header and the kinds of its columns, decided by the first lines of the
 * file where no option gives them.
 *
 * A file whose first lines are numbers with decimal points, separated by
 * commas, is read as such. Of the other separators the one is taken that leaves
 * the most numbers among the fields. Decimal commas are recognized where the
 * separator is ';' or a tab and no number has a decimal point. The first line
 * is a header if none of its fields is a number, or if its numbers are years or
 * count the columns: "country,1990,1991,1992", or ",0,1,2" as pandas writes it.
 */
#ifndef LSTMTUI_TASK_CSV_DIALECT_H
#define LSTMTUI_TASK_CSV_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/csv_reader.h"
#include "base/error.h"
#include "base/kind.h"

struct csv_separator {
	struct kind kind;
	char character; /* '\0': the file decides */
};

struct csv_decimal {
	struct kind kind;
	char character; /* '\0': the file decides */
};

extern const struct csv_separator csv_separator_auto;
extern const struct csv_decimal csv_decimal_auto;

/* All separators and decimal characters; both end with NULL. */
extern const struct kind *const csv_separator_list[];
extern const struct kind *const csv_decimal_list[];

enum csv_column_kind {
	CSV_COLUMN_NUMBERS, /* also numbers that are not read */
	CSV_COLUMN_DATES,
	CSV_COLUMN_TEXT,
	CSV_COLUMN_EMPTY /* missing values only */
};

struct csv_column {
	char *name; /* in the header; "" if it has none */
	enum csv_column_kind kind;
	bool is_mostly_numbers; /* more than its dates and texts */
};

struct csv_dialect {
	char separator, decimal;
	bool has_header;
	bool has_count; /* the header has numbers, from the first to the last */
	double count_first, count_last;
	size_t header_names; /* fields of the header */
	size_t count;        /* columns */
	struct csv_column *column;
};

struct csv_dialect_config {
	const struct csv_separator *separator;
	const struct csv_decimal *decimal;
	bool is_ragged; /* lines may have any number of fields */
};

/*
 * Find the dialect of a file that is open and not read yet, and set the
 * reader's separator. Release the dialect with csv_dialect_destroy, also after
 * a failure.
 */
bool csv_dialect_find(struct csv_dialect *dialect, struct csv_reader *reader,
	const struct csv_dialect_config *config, struct error *error);

void csv_dialect_destroy(struct csv_dialect *dialect);

/* The name of a separator or decimal character in an option. */
const char *csv_separator_name(char separator);

#endif
