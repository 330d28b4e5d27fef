/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A progress line on standard error, if that is a terminal, while the weights
 * of a large model are drawn. It appears after a second and is erased at the
 * end.
 */
#ifndef LSTMTUI_CLI_START_PROGRESS_H
#define LSTMTUI_CLI_START_PROGRESS_H

#include <stdbool.h>

#include "base/progress.h"

struct start_progress {
	struct progress progress; /* pass it to the work */
	bool is_quiet;
	double began, shown_at; /* clock_seconds */
	bool is_shown;
};

/* Begin. A signal ends the work, whether the line is shown or not. */
void start_progress_begin(struct start_progress *start, bool is_quiet);

/* Erase the line. */
void start_progress_end(struct start_progress *start);

#endif
