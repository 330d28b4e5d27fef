/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read a CSV file row by row. Fields are libcsv's: between commas, blanks
 * around them left off, or between quotes as in RFC 4180, where they may hold
 * commas, quotes ("" stands for one) and line ends. Lines end in LF, CR LF or
 * CR; a byte order mark before the first is skipped. A line that starts with
 * '#' is a comment and is skipped too, unless a quoted field goes on in it.
 *
 * The file is read as a stream: memory does not depend on its size. What the
 * fields mean is the caller's affair.
 */
#ifndef LSTMTUI_BASE_CSV_READER_H
#define LSTMTUI_BASE_CSV_READER_H

#include <stddef.h>

#include "base/error.h"

/* Bytes of a row, its line ends left out. */
enum { CSV_READER_ROW_MAX = 65536 };

enum csv_reader_item {
	CSV_READER_ROW,
	CSV_READER_BLANK, /* a line of blanks */
	CSV_READER_END,
	CSV_READER_ERROR
};

struct csv_row {
	/* that it begins in, from 1; the last one + 1 at the end */
	size_t line;
	size_t count; /* of fields */
	char **field; /* [count]; the caller may change the texts */
};

struct csv_reader;

/*
 * Open a file as base/regular_file.h does, or standard input. The path is
 * borrowed. Returns NULL on failure. Release it with csv_reader_close.
 */
struct csv_reader *csv_reader_open(const char *path, struct error *error);

void csv_reader_close(struct csv_reader *reader);

/*
 * The next row or blank line, in *row until the next call. CSV_READER_ERROR
 * has the file, and the line where there is one, in the message: the file
 * cannot be read, a row is too long, a quote is not closed, a zero byte.
 */
enum csv_reader_item csv_reader_next(struct csv_reader *reader,
	struct csv_row *row, struct error *error);

#endif
