/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Open a regular file for reading. A path may come from a forged model file or
 * name a FIFO, a terminal, another device or a directory: opening it must not
 * block, and anything but a regular file is refused. Standard input is the only
 * exception.
 */
#ifndef LSTMTUI_BASE_REGULAR_FILE_H
#define LSTMTUI_BASE_REGULAR_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

enum regular_file_source {
	REGULAR_FILE_ONLY,
	/* also - and /dev/stdin, which may be a pipe but not a terminal */
	REGULAR_FILE_OR_STDIN
};

/* Return true if the path names standard input: "-", /dev/stdin and others. */
bool regular_file_is_stdin(const char *path);

/*
 * Open path read-only and close-on-exec. Return a descriptor, or -1 with the
 * path and the cause in the message.
 */
int regular_file_open(const char *path, enum regular_file_source source,
	struct error *error);

/* Do the same, but return a stream, or NULL. */
FILE *regular_file_stream(const char *path, enum regular_file_source source,
	struct error *error);

#endif
