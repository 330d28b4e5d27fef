/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Write the fields of a CSV file that are texts. */
#ifndef LSTMTUI_BASE_CSV_WRITER_H
#define LSTMTUI_BASE_CSV_WRITER_H

#include <stdio.h>

/*
 * Write a text as one field: as it is where base/csv_reader.h reads it so,
 * else between quotes as in RFC 4180.
 */
void csv_writer_text(FILE *stream, const char *text);

#endif
