/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of a training log, an object of JSON: {"update":1,"loss":0.5, ...}.
 * Training writes one for each update, so that this is the one place where
 * JSON is written, and where it is in that form read, without jansson.
 */
#ifndef LSTMTUI_SESSION_LOG_LINE_H
#define LSTMTUI_SESSION_LOG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What each line begins with. */
#define LOG_LINE_BEGIN "{\"update\":"

enum {
	LOG_LINE_SIZE = 256,     /* room for any line that is written */
	LOG_LINE_READ_MAX = 1024 /* bytes: no line of a log is as long */
};

struct log_line {
	uint64_t update; /* from 1 */
	double loss, average, learning_rate;
};

/*
 * Write a line with its line end, numbers with 9 significant digits. Returns
 * its length.
 */
size_t log_line_write(char text[LOG_LINE_SIZE], const struct log_line *line);

/*
 * Read a line without its end. Returns false if it is none of a log: it has an
 * update and a loss. An average or a learning rate that it lacks is NaN.
 */
bool log_line_read(const char *text, struct log_line *line);

#endif
