/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/initialize.h"

#include "base/clock.h"
#include "base/signals.h"
#include "tui/app.h"
#include "tui/frame.h"
#include "tui/input.h"
#include "tui/terminal.h"

#define SILENT_SECONDS 0.2
#define REFRESH_SECONDS 0.1

/*
 * Show the progress; Escape, q and signals cancel. Other keys are dropped,
 * because the new run does not exist yet.
 */
static bool
report_progress(void *context, double done)
{
	struct initialization *initialization = context;
	double now = clock_seconds();
	int key;

	if (signals_is_ending())
		return false;
	if (now - initialization->began < SILENT_SECONDS ||
		now - initialization->shown_at < REFRESH_SECONDS)
		return true;
	initialization->shown_at = now;
	while ((key = terminal_key(0)) != INPUT_NONE)
		if (key == INPUT_ESCAPE || key == 'q' || key == INPUT_HANGUP)
			return false;
	app_say(initialization->app, ROLE_NORMAL,
		"initializing the weights: %d %%; q cancels",
		(int)(done * 100));
	if (!terminal_is_behind())
		frame_draw_panes(initialization->app);
	return signals_caught() == 0;
}

struct progress
initialize_progress(struct initialization *initialization, struct app *app)
{
	*initialization = (struct initialization){app, clock_seconds(), 0};
	return (struct progress){report_progress, initialization};
}
