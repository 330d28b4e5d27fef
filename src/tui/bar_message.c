/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The message line: the last message, or the count being typed; without either,
 * on small screens, the advice of the narrator.
 */
#include "tui/app.h"
#include "tui/bar_narrator.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/text_line.h"

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	char shortened[APP_MESSAGE_SIZE];
	const char *message;

	(void)own;
	(void)note;
	if (app->count > 0) {
		screen_print(area, 0, 1, ROLE_BRIGHT, "%llu",
			(unsigned long long)app->count);
		return;
	}
	if (app->message[0] == '\0') {
		bar_narrator_advise(app, area);
		return;
	}
	/* a file name may be long, so show the end, which has the cause */
	message = app->message_role == ROLE_WARNING
		? text_line_end(app->message, area.columns - 1)
		: text_line_shorten(shortened, sizeof shortened, app->message,
			  area.columns - 1);
	screen_print(area, 0, 1, app->message_role, "%s", message);
}

const struct pane bar_message = {
	.place = &(const struct pane_place){.screen_min.rows = PANE_ROWS_LOW},
	.draw = draw,
};
