/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print an inspection that is done: inspect_json.c as JSON, inspect_table.c as
 * tables.
 */
#ifndef LSTMTUI_CLI_INSPECT_OUTPUT_H
#define LSTMTUI_CLI_INSPECT_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "inspect/inspection.h"
#include "run/run_view.h"

struct inspect_output {
	const struct run *run;
	const struct inspection *inspection;
	const uint64_t *seed; /* of the sequence; NULL: it has none */
};

bool inspect_output_json(const struct inspect_output *output,
	struct error *error);
void inspect_output_table(const struct inspect_output *output);

#endif
