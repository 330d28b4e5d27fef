/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write and read a line of a training log, a JSON object:
 * {"update":1,"loss":0.5, ...}. Training may write one for each update, so
 * lines are written, and read back in the same form, without jansson. All
 * other JSON in the program goes through jansson.
 */
#ifndef LSTMTUI_SESSION_LOG_LINE_H
#define LSTMTUI_SESSION_LOG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The beginning of every line. */
#define LOG_LINE_BEGIN "{\"update\":"

enum {
	LOG_LINE_SIZE = 256,     /* buffer for a written line */
	LOG_LINE_READ_MAX = 1024 /* bytes: lines of a log are shorter */
};

struct log_line {
	uint64_t update; /* from 1 */
	double loss, average, learning_rate;
};

/*
 * Write a line, with '\n', into text. Numbers have 9 significant digits. Return
 * its length.
 */
size_t log_line_write(char text[LOG_LINE_SIZE], const struct log_line *line);

/*
 * Read a line without '\n'. Return false unless it is an object with an update,
 * at least 1, and a finite loss. A missing average or learning rate is NaN.
 */
bool log_line_read(const char *text, struct log_line *line);

#endif
