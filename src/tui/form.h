/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overlay with the settings of a new run, or of one that goes on from an
 * earlier update: one line for each setting that can be chosen, initialized
 * from the current run. Lines of settings without an
 * effect say what they belong to. Invalid values and combinations are reported
 * while the user edits.
 */
#ifndef LSTMTUI_TUI_FORM_H
#define LSTMTUI_TUI_FORM_H

#include "run/settings.h"
#include "tui/form_lines.h"
#include "tui/overlay.h"

extern const struct overlay form_overlay;

/* Open a form for these settings, which are copied. */
void form_open(struct app *app, const struct form_purpose *purpose,
	const struct settings *settings);

/* Return the settings of the open form. */
const struct settings *form_settings(struct app *app);

/* Show an error in the open form: why the run cannot start. */
void form_complain(struct app *app, const char *message);

#endif
