/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overlay with the settings of a new run: one line for each setting, from
 * the settings' table, filled with the present run's values. A setting that
 * does not go with the others is named as it is chosen.
 */
#ifndef LSTMTUI_TUI_FORM_H
#define LSTMTUI_TUI_FORM_H

#include "run/settings.h"
#include "tui/overlay.h"

extern const struct overlay form_overlay;

/*
 * Open the form. `accept` is called when its settings are complete and the
 * user begins the run; the form stays open until it is closed.
 */
void form_open(struct app *app, void (*accept)(struct app *app));

/* The settings of the open form. */
const struct settings *form_settings(struct app *app);

/* Show in the open form why its run cannot begin. */
void form_complain(struct app *app, const char *message);

#endif
