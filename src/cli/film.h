/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `lstmtui generate --gallery`: a run's snapshots. */
#ifndef LSTMTUI_CLI_FILM_H
#define LSTMTUI_CLI_FILM_H

#include "cli/command.h"
#include "run/run.h"

/* Print the snapshots in the format that was asked for. */
bool print_film(const struct run *run, const struct arguments *arguments,
	struct error *error);

#endif
