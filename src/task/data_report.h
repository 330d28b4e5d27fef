/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was read from a data file, for people: sequences, points, the columns
 * with their ranges, what was left out, and suspicions. A model file holds the
 * report as JSON, so that `info` needs no data file.
 */
#ifndef LSTMTUI_TASK_DATA_REPORT_H
#define LSTMTUI_TASK_DATA_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text_list.h"
#include "task/sequences.h"

struct data_report {
	size_t sequences, points, longest, features;
	struct sequences_column *column; /* [features] */
	struct text_list left_out;       /* "column 1 (date): dates" */
	struct text_list warnings;       /* suspicions */
};

/*
 * Describe sequences that were read, as a JSON object. is_scaled: they are
 * trained as scaled numbers. Return NULL if out of memory; the caller frees the
 * text.
 */
char *data_report_encode(const struct sequences *sequences, bool is_scaled);

/*
 * Read a report from its text, which may be forged. Release it with
 * data_report_destroy. Return false, with nothing to release, if it is none.
 */
bool data_report_decode(struct data_report *report, const char *text);

void data_report_destroy(struct data_report *report);

/*
 * Write the report in one line, as far as it fits into text[size]: "1 sequence
 * of 250 points: open 840 to 962, close 841 to 960". Return text.
 */
char *data_report_line(const struct data_report *report, char *text,
	size_t size);

/*
 * Write the name of a column, or its number in the file if it has no name or a
 * number for a name: "close", "column 2", "column 2 (1990)"; "numbers" where
 * each line is a sequence. Return text.
 */
char *data_report_column(const struct data_report *report, size_t f, char *text,
	size_t size);

/*
 * List the report in lines: the counts, a line for each of the first columns,
 * what was left out, and the suspicions, which begin with "note: ". Return
 * false if out of memory.
 */
bool data_report_list(const struct data_report *report,
	struct text_list *lines);

#endif
