/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panes of the inside view, from the top of the screen to the bottom.
 */
#ifndef LSTMTUI_TUI_INSIDE_PANES_H
#define LSTMTUI_TUI_INSIDE_PANES_H

#include <stddef.h>

#include "tui/pane.h"

extern const struct view view_inside; /* tui/inside_view.c */

extern const struct pane inside_title;
extern const struct pane inside_steps;
extern const struct pane inside_gates;
extern const struct pane inside_memory;
extern const struct pane inside_unit, inside_numbers; /* tui/inside_unit.c */
/* tui/inside_weights.c */
extern const struct pane inside_weights, inside_gradient, inside_change;
extern const struct pane inside_connections;
extern const struct pane inside_health;
extern const struct pane inside_caption;

/* Store how many units and steps the heat maps show in this area. */
void inside_gates_measure(const struct app *app, struct area area,
	size_t *units, size_t *steps);

#endif
