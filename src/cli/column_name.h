/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the numbers of a point in output. */
#ifndef LSTMTUI_CLI_COLUMN_NAME_H
#define LSTMTUI_CLI_COLUMN_NAME_H

#include <stddef.h>

enum { COLUMN_NAME_SIZE = 32 };

/*
 * Write the name of a column, counted from 0: x and y, or x1, x2, ... of more
 * than two. Returns name.
 */
char *column_name(size_t features, size_t column, char name[COLUMN_NAME_SIZE]);

#endif
