/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text models: measure characters trained per second, in batches of 50 streams
 * of 50 characters and a vocabulary of 65, as for Shakespeare.
 */
#ifndef LSTMTUI_BENCH_TEXTS_H
#define LSTMTUI_BENCH_TEXTS_H

#include <stdbool.h>

#include "base/error.h"
#include "core/context.h"
#include "table.h"

/* Print one line per model, each measured for `seconds`. */
bool texts_run(const struct table *table, const struct context *context,
	double seconds, bool is_quick, struct error *error);

#endif
