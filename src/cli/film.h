/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `lstmtui generate --gallery`: print the snapshots of a run. */
#ifndef LSTMTUI_CLI_FILM_H
#define LSTMTUI_CLI_FILM_H

#include "cli/command.h"
#include "run/run.h"

/* Print the snapshots in the format of the arguments. */
bool print_film(const struct run *run, const struct arguments *arguments,
	struct error *error);

#endif
