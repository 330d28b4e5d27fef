/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run has learnt, in a few sentences, for a page. */
#ifndef LSTMTUI_EXPORT_PAGE_SUMMARY_H
#define LSTMTUI_EXPORT_PAGE_SUMMARY_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/error.h"
#include "run/run.h"

/*
 * Add the sentences: the network, the task, how it predicts, and what was
 * measured. Return false if out of memory.
 */
bool page_summary_add(struct bytes *text, const struct run *run,
	struct error *error);

#endif
