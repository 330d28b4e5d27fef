/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What long work tells of itself, and whether it is to go on: work that may
 * take seconds takes a struct progress, and knows neither screens nor
 * signals.
 */
#ifndef LSTMTUI_BASE_PROGRESS_H
#define LSTMTUI_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
	/*
	 * Called several times a second; done: of the work, in [0, 1]. False
	 * ends the work.
	 */
	bool (*report)(void *context, double done);
	void *context;
};

/* Tell it, where somebody wants to know; whether to go on. */
static inline bool
progress_report(const struct progress *progress, double done)
{
	return progress == NULL || progress->report == NULL ||
		progress->report(progress->context, done);
}

#endif
