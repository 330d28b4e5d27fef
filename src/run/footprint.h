/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The memory of a run, estimated before it is allocated: a model that does not
 * fit is refused at once, before the system kills the program after minutes of
 * work.
 */
#ifndef LSTMTUI_RUN_FOOTPRINT_H
#define LSTMTUI_RUN_FOOTPRINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "run/settings.h"

/*
 * The bytes of all copies of the parameters that exist at once, and of a pass,
 * for points of `features` numbers (or tokens) in sequences of up to `longest`
 * points; of a text, longest is the training part. INFINITY on overflow.
 */
double footprint_bytes(const struct context *context,
	const struct settings *settings, size_t features, size_t longest,
	double *parameters);

/* Check that they fit into the memory of the machine and of the process. */
bool footprint_check(const struct context *context,
	const struct settings *settings, size_t features, size_t longest,
	struct error *error);

#endif
