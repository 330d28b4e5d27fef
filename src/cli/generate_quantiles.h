/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `generate --quantiles`: instead of many sampled sequences, the quantiles of
 * their points (run/quantiles.h), step by step and column by column.
 */
#ifndef LSTMTUI_CLI_GENERATE_QUANTILES_H
#define LSTMTUI_CLI_GENERATE_QUANTILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "run/run.h"

enum {
	GENERATE_LEVELS_MAX = 99,
	GENERATE_QUANTILES_COUNT = 200 /* of samples, if not given */
};

struct generate_levels {
	size_t count;
	double level[GENERATE_LEVELS_MAX];
};

/*
 * Parse "0.1,0.5,0.9". Returns false, as an error of usage, if the text is no
 * list of numbers from 0 to 1.
 */
bool generate_levels_parse(struct generate_levels *levels, const char *text,
	struct error *error);

/*
 * Print the quantiles of samples[count, length, features], which are scaled, in
 * the units of the data: as CSV, a line of names and a line for each step, or
 * as a JSON object. `columns` names the numbers of a point, or is NULL.
 */
bool generate_quantiles_print(const struct run *run,
	const struct sequences_column *columns,
	const struct generate_levels *levels, size_t count, size_t length,
	const float *samples, bool is_json, struct error *error);

#endif
