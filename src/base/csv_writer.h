/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write fields of CSV files.
 */
#ifndef LSTMTUI_BASE_CSV_WRITER_H
#define LSTMTUI_BASE_CSV_WRITER_H

#include <stdio.h>

/*
 * Write a string as one field, so that csv_reader_next reads the same string:
 * unchanged if possible, otherwise quoted as in RFC 4180.
 */
void csv_writer_text(FILE *stream, const char *text);

#endif
