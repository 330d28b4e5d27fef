/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data files: measure how fast points are read, in bytes per second.
 */
#ifndef LSTMTUI_BENCH_READING_H
#define LSTMTUI_BENCH_READING_H

#include <stdbool.h>

#include "base/error.h"
#include "table.h"

/* Print one line per kind of file, each measured for `seconds`. */
bool reading_run(const struct table *table, double seconds,
	struct error *error);

#endif
