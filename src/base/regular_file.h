/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Open a file for reading. A path may come from a forged model file or name
 * a FIFO, a terminal, another device or a directory: opening it must not
 * block, and only a regular file is taken. Standard input is the one
 * exception.
 */
#ifndef LSTMTUI_BASE_REGULAR_FILE_H
#define LSTMTUI_BASE_REGULAR_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

enum regular_file_source {
	REGULAR_FILE_ONLY,
	/* /dev/stdin too, which may be a pipe but not a terminal: data */
	REGULAR_FILE_OR_STDIN
};

/* Whether the path is a name of standard input, as /dev/stdin. */
bool regular_file_is_stdin(const char *path);

/*
 * Open path, read-only and close-on-exec. Returns a descriptor, or -1 with
 * the path and the cause in the message.
 */
int regular_file_open(const char *path, enum regular_file_source source,
	struct error *error);

/* The same as a stream, or NULL. */
FILE *regular_file_stream(const char *path, enum regular_file_source source,
	struct error *error);

#endif
