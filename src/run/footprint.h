/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much memory a run takes, as far as it is known before any of it is
 * asked for: a model that cannot fit is refused at once, where the system
 * would end the program after minutes of work.
 */
#ifndef LSTMTUI_RUN_FOOTPRINT_H
#define LSTMTUI_RUN_FOOTPRINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "run/settings.h"

/*
 * The bytes of the parameters, in all the forms in which they are there at
 * once, and of a pass, for points of so many features (or tokens) in
 * sequences of up to `longest` points; of a text this is all that is trained
 * on. Infinite where they cannot even be counted.
 */
double footprint_bytes(const struct context *context,
	const struct settings *settings, size_t features, size_t longest,
	double *parameters);

/* That they fit into the machine and into what the process may use. */
bool footprint_check(const struct context *context,
	const struct settings *settings, size_t features, size_t longest,
	struct error *error);

#endif
