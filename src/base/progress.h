/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A callback that reports the progress of long work and can cancel it. A
 * function that may run for seconds takes a struct progress and depends on
 * neither the screen nor signals.
 */
#ifndef LSTMTUI_BASE_PROGRESS_H
#define LSTMTUI_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
	/*
	 * Called several times a second with the fraction of the work that is
	 * done, in [0, 1]. Return false to cancel the work. May be NULL.
	 */
	bool (*report)(void *context, double done);
	void *context;
};

/* Report progress; progress may be NULL. Return false to cancel the work. */
static inline bool
progress_report(const struct progress *progress, double done)
{
	return progress == NULL || progress->report == NULL ||
		progress->report(progress->context, done);
}

#endif
