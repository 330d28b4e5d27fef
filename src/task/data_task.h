/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choose the task for a data file if the user has not. */
#ifndef LSTMTUI_TASK_DATA_TASK_H
#define LSTMTUI_TASK_DATA_TASK_H

#include "task/sequences.h"
#include "task/task.h"

/*
 * Return the task points if the first lines of the data, read as CSV, have a
 * column of numbers, otherwise the task text. A file that cannot be read, or
 * only once as a pipe, is taken for points, whose reader then says what is
 * wrong.
 */
const struct task *data_task(const struct sequences_config *config);

#endif
