/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line on a terminal's standard error while the weights of a large model
 * are drawn, from a second on. It is gone when work goes on.
 */
#ifndef LSTMTUI_CLI_START_PROGRESS_H
#define LSTMTUI_CLI_START_PROGRESS_H

#include <stdbool.h>

#include "base/progress.h"

struct start_progress {
	struct progress progress; /* what the work takes */
	bool is_quiet;
	double began, shown_at; /* seconds of the clock */
	bool is_shown;
};

/* A signal ends the work, whether the line is shown or not. */
void start_progress_begin(struct start_progress *start, bool is_quiet);

/* Wipe the line away. */
void start_progress_end(struct start_progress *start);

#endif
