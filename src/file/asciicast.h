/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write what a terminal is sent as an asciicast, version 2, which asciinema
 * and its web player replay. The file is lines of JSON: a header
 *
 *     {"version": 2, "width": 80, "height": 24, "timestamp": 1504467315,
 *      "env": {"TERM": "xterm-256color", "SHELL": "/bin/sh"}}
 *
 * and events, with the seconds since the header: [1.5, "o", "text"] for output,
 * [2.25, "r", "100x30"] for a new size in columns and rows. Source:
 * https://docs.asciinema.org/manual/asciicast/v2
 *
 * Text is Unicode, and JSON cannot hold a part of a character. Output is
 * decoded by the encoding of the locale, which curses writes, across all its
 * pieces: a character that two of them share is in the event of the second. A
 * byte that is none becomes U+FFFD.
 *
 * Each event is written at once, without a buffer, so that a process killed at
 * any moment leaves a readable file. The first error is kept; nothing is
 * written after it, and an incomplete last line is removed.
 */
#ifndef LSTMTUI_FILE_ASCIICAST_H
#define LSTMTUI_FILE_ASCIICAST_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "base/bytes.h"
#include "base/error.h"

struct asciicast {
	const char *path; /* borrowed; NULL: not open */
	int descriptor;
	bool has_header;
	double start; /* clock_seconds() of the header */
	int columns, rows;
	mbstate_t state;   /* of a character in part */
	struct bytes text; /* of the event, in UTF-8 */
	bool has_failed, is_reported;
	struct error error;
};

/*
 * Create the file. Return false, with the cause, if it cannot be created or
 * exists: a recording replaces nothing.
 */
bool asciicast_create(struct asciicast *cast, const char *path,
	struct error *error);

/* Set the size in cells: the header, or an event if the size has changed. */
void asciicast_size(struct asciicast *cast, int columns, int rows);

/* Add to the output event; end it and write it. Needs a size before. */
void asciicast_add(struct asciicast *cast, const char *bytes, size_t count);
void asciicast_end(struct asciicast *cast);

/* Return true, with the error, once after an error. */
bool asciicast_take_error(struct asciicast *cast, struct error *error);

/*
 * Close the file; remove it if it has no header. Return false if there was an
 * error that was not taken.
 */
bool asciicast_close(struct asciicast *cast, struct error *error);

#endif
