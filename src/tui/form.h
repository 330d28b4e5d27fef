/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overlay with the settings of a new run: one line for each setting of
 * setting_list, initialized from the current run. Lines of settings without an
 * effect say what they belong to. Invalid values and combinations are reported
 * while the user edits.
 */
#ifndef LSTMTUI_TUI_FORM_H
#define LSTMTUI_TUI_FORM_H

#include "run/settings.h"
#include "tui/overlay.h"

extern const struct overlay form_overlay;

/*
 * Open the form. `accept` is called when the user starts the run and the
 * settings are complete; the form stays open until it is closed.
 */
void form_open(struct app *app, void (*accept)(struct app *app));

/* Return the settings of the open form. */
const struct settings *form_settings(struct app *app);

/* Show an error in the open form: why the run cannot start. */
void form_complain(struct app *app, const char *message);

#endif
