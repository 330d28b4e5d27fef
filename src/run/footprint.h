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
 * Estimate the bytes of all copies of the parameters that exist at the same
 * time, and of a pass. `features` is the number of features of a point or of
 * tokens, `longest` the length of the longest sequence or of a text's training
 * part. Returns INFINITY on overflow.
 */
double footprint_bytes(const struct context *context,
	const struct settings *settings, size_t features, size_t longest,
	double *parameters);

/* Check that the estimate is within the memory of machine and process. */
bool footprint_check(const struct context *context,
	const struct settings *settings, size_t features, size_t longest,
	struct error *error);

#endif
