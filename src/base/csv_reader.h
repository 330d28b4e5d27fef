/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read a CSV file row by row with libcsv. Fields are separated by commas or by
 * another separator. If blanks separate them, any number of blanks does, and a
 * row has no empty fields. Blanks around an unquoted field are removed. A
 * quoted field follows RFC 4180: it may contain commas, line ends and quotes
 * (written as ""). Lines end in LF, CR LF or CR. A byte order mark at the start
 * of the file is skipped. A line that starts with '#' is a comment and is
 * skipped, unless it continues a quoted field.
 *
 * The file is read as a stream: memory does not depend on its size. The caller
 * interprets the fields.
 */
#ifndef LSTMTUI_BASE_CSV_READER_H
#define LSTMTUI_BASE_CSV_READER_H

#include <stddef.h>

#include "base/error.h"

/* Maximum size of a row in bytes, without its last line end. */
enum { CSV_READER_ROW_MAX = 65536 };

enum csv_reader_item {
	CSV_READER_ROW,
	/* an empty line, or a line of blanks that do not separate */
	CSV_READER_BLANK,
	CSV_READER_END,
	CSV_READER_ERROR
};

struct csv_row {
	/* number of its first line, from 1; at the end: last line + 1 */
	size_t line;
	size_t count; /* number of fields */
	char **field; /* [count]; the caller may modify the strings */
};

struct csv_reader;

/*
 * Open a regular file, or standard input (base/regular_file.h). The path must
 * outlive the reader. Return NULL on failure. Release the reader with
 * csv_reader_close.
 */
struct csv_reader *csv_reader_open(const char *path, struct error *error);

/*
 * Do the same with bytes[count], which must outlive the reader, instead of the
 * content of a file. Messages name the path.
 */
struct csv_reader *csv_reader_open_bytes(const char *path, const char *bytes,
	size_t count, struct error *error);

/*
 * Read the first bytes of the file, up to more than a row, before the first
 * row. *bytes is valid until the first row is read. Return false if the file
 * cannot be read.
 */
bool csv_reader_peek(struct csv_reader *reader, const char **bytes,
	size_t *count, struct error *error);

/* Set the separator, an ASCII character, before the first row. */
void csv_reader_set_separator(struct csv_reader *reader, char separator);

void csv_reader_close(struct csv_reader *reader);

/*
 * Read the next row or blank line into *row, which is valid until the next
 * call. Return CSV_READER_ERROR if the file cannot be read, a row is too long,
 * a quote is not closed, or the file contains a zero byte. The message then
 * gives the path and, if known, the line.
 */
enum csv_reader_item csv_reader_next(struct csv_reader *reader,
	struct csv_row *row, struct error *error);

#endif
