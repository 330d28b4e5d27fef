/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a pane of what the model generates stands: about square, beside the
 * loss. The shape, the film strip and the text take turns in that place.
 */
#ifndef LSTMTUI_TUI_PANE_SHAPE_H
#define LSTMTUI_TUI_PANE_SHAPE_H

#include "tui/pane.h"

extern const struct pane_place pane_shape_place;

#endif
