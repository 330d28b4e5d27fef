/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The place of the Generated panes (shape, text and their film strips, one of
 * which is shown): about square, beside the Loss pane.
 */
#ifndef LSTMTUI_TUI_PANE_SHAPE_H
#define LSTMTUI_TUI_PANE_SHAPE_H

#include "tui/pane.h"

extern const struct pane_place pane_shape_place;

/* Whether the present shape or the present text is shown, not their film. */
bool pane_shape_is_shape(const struct app *app);
bool pane_shape_is_text(const struct app *app);

/* Let the axes hold the present drawing and that of the former run. */
void pane_shape_hold(struct app *app);

#endif
