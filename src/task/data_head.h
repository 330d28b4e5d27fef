/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Describe what would be read from a data file of points, by its first lines
 * only, so that a form can show it while it is edited.
 */
#ifndef LSTMTUI_TASK_DATA_HEAD_H
#define LSTMTUI_TASK_DATA_HEAD_H

#include <stddef.h>

#include "task/sequences.h"

/*
 * Write "2 columns: open, close; left out: date", or why the file cannot be
 * read. Return text; "" for standard input, which can be read only once.
 */
char *data_head_describe(const struct sequences_config *config, char *text,
	size_t size);

#endif
