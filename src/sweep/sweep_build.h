/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build a sweep run by run, to plan it or when it is found in a directory. */
#ifndef LSTMTUI_SWEEP_SWEEP_BUILD_H
#define LSTMTUI_SWEEP_SWEEP_BUILD_H

#include "sweep/sweep.h"

/* Begin an empty sweep in a directory. */
bool sweep_begin(struct sweep *sweep, const struct context *context,
	const char *directory, struct error *error);

/*
 * Append a run of a combination, whose model file has this name. The runs must
 * be sorted by sweep_sort.
 */
bool sweep_add_run(struct sweep *sweep, size_t *capacity, size_t combination,
	uint64_t seed, const char *name, struct error *error);

/* Sort the runs and count those of each combination. */
void sweep_sort(struct sweep *sweep);

/* Set the texts of a combination's values from its settings. */
bool sweep_set_values(const struct sweep *sweep,
	struct sweep_combination *combination, struct error *error);

/* Insert the options of a combination before a message. Returns false. */
bool sweep_name_combination(const struct sweep *sweep,
	const struct sweep_combination *combination, struct error *error);

#endif
