/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A note on data that a command reads and no report describes. */
#ifndef LSTMTUI_CLI_DATA_NOTE_H
#define LSTMTUI_CLI_DATA_NOTE_H

#include "task/sequences.h"

/*
 * Say on standard error if the first line of a file, although it has numbers,
 * was read as a header.
 */
void data_note_print(const struct sequences *data, const char *path);

#endif
