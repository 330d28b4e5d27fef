/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Classify the fields of a CSV file: numbers with a decimal point or a decimal
 * comma, missing values, numbers in notations that are not read, dates, and
 * other text. Read a field as a number, and explain why another cannot be read.
 */
#ifndef LSTMTUI_TASK_CSV_FIELD_H
#define LSTMTUI_TASK_CSV_FIELD_H

#include <stdbool.h>

#include "base/number.h"

enum csv_field_kind {
	CSV_FIELD_MISSING, /* empty, NA, N/A, NaN, ?, null */
	CSV_FIELD_INTEGER, /* a number with neither '.' nor ',' */
	CSV_FIELD_POINT,   /* a number with a decimal point */
	CSV_FIELD_COMMA,   /* a number with a decimal comma */
	/* thousands separators, currencies, percent and other minus signs */
	CSV_FIELD_FOREIGN,
	CSV_FIELD_DATE, /* dates and times */
	CSV_FIELD_TEXT,
	CSV_FIELD_KINDS
};

/* Remove blanks around a field, in place. Return its first character. */
char *csv_field_trim(char *field);

/* Classify a trimmed field. */
enum csv_field_kind csv_field_classify(const char *text);

/* Whether a field of this kind is a number with that decimal character. */
bool csv_field_is_number(enum csv_field_kind kind, char decimal);

/*
 * Read a trimmed field as number_read does, with that decimal character; a
 * decimal comma is replaced in the text.
 */
enum number_kind csv_field_read(char *text, char decimal, double *value);

/*
 * Advice on a trimmed field that is not a number: the option that reads it, or
 * what to do with the file.
 */
const char *csv_field_advice(const char *text, char decimal);

#endif
