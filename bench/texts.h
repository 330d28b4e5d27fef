/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts: characters trained a second, in batches of 50 streams of 50
 * characters of a vocabulary of 65, as one learns Shakespeare.
 */
#ifndef LSTMTUI_BENCH_TEXTS_H
#define LSTMTUI_BENCH_TEXTS_H

#include <stdbool.h>

#include "base/error.h"
#include "core/context.h"
#include "table.h"

/* A line for each size of model, each measured for so many seconds. */
bool texts_run(const struct table *table, const struct context *context,
	double seconds, bool is_quick, struct error *error);

#endif
