/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/start_progress.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/signals.h"
#include "base/translate.h"
#include "base/utf8.h"

#define SILENT_SECONDS 1.0
#define REFRESH_SECONDS 0.2

static const char line[] = N_("initializing the weights");

static bool
report(void *context, double done)
{
	struct start_progress *start = context;
	double now = clock_seconds();

	if (signals_is_ending())
		return false;
	if (start->is_quiet || now - start->began < SILENT_SECONDS ||
		now - start->shown_at < REFRESH_SECONDS)
		return true;
	fprintf(stderr, "\r%s: %3d %%", _(line), number_int(floor(done * 100)));
	fflush(stderr);
	start->shown_at = now;
	start->is_shown = true;
	return true;
}

void
start_progress_begin(struct start_progress *start, bool is_quiet)
{
	*start = (struct start_progress){
		.progress = {report, start},
		.is_quiet = is_quiet || !isatty(STDERR_FILENO),
		.began = clock_seconds(),
	};
}

void
start_progress_end(struct start_progress *start)
{
	/* blanks instead of an escape sequence work on every terminal */
	if (start->is_shown)
		fprintf(stderr, "\r%*s\r", (int)utf8_columns(_(line)) + 9, "");
	start->is_shown = false;
}
