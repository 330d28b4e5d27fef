/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overlay that exports the run: the format, and the name of the file, whose
 * suffix decides the format as on the command line. Training goes on. What was
 * written is said in the message line; a page's name is kept in app->page.
 */
#ifndef LSTMTUI_TUI_EXPORT_FORM_H
#define LSTMTUI_TUI_EXPORT_FORM_H

#include "tui/overlay.h"

extern const struct overlay export_form_overlay;

/*
 * Say what an export that has ended wrote, and return whether one has; if
 * `waits`, wait for one in progress.
 */
bool export_form_follow(struct app *app, bool waits);

/* Open the form with the format exported last, or the first one. */
void export_form_open(struct app *app);

#endif
