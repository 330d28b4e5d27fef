/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `lstmtui sweep`: train models of several sizes or settings, each with several
 * seeds, in parallel processes; print a table, write the results to files and
 * draw the generated shapes.
 */
#ifndef LSTMTUI_CLI_SWEEP_H
#define LSTMTUI_CLI_SWEEP_H

#include "cli/options.h"

/* Run the command. */
enum exit_status sweep_run(const struct arguments *arguments,
	struct error *error);

/* The option --units, whose default applies only if nothing else varies. */
extern const struct setting option_units;

#endif
