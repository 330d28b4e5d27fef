/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `lstmtui generate` for models of the task text. */
#ifndef LSTMTUI_CLI_WRITE_TEXT_H
#define LSTMTUI_CLI_WRITE_TEXT_H

#include "cli/command.h"
#include "run/run.h"

/* Write the text that the arguments request, sampled with the seed. */
bool write_text(const struct run *run, const struct arguments *arguments,
	uint64_t seed, struct error *error);

#endif
