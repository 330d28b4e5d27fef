/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of panes, from the top of the screen to the bottom.
 */
#ifndef LSTMTUI_TUI_PANES_H
#define LSTMTUI_TUI_PANES_H

#include "tui/pane.h"

extern const struct pane bar_title, bar_state; /* tui/bar_title.c */
extern const struct pane pane_loss;
extern const struct pane pane_shape;
extern const struct pane pane_film;
extern const struct pane pane_text;
extern const struct pane pane_memory;
extern const struct pane pane_steps, pane_next; /* tui/pane_steps.c */
extern const struct pane pane_strip;            /* tui/pane_film.c */
/* tui/pane_text_film.c */
extern const struct pane pane_text_film, pane_text_strip;
extern const struct pane pane_training;
extern const struct pane pane_other, pane_training_pair; /* tui/pane_pair.c */
extern const struct pane bar_see, bar_try; /* tui/bar_narrator.c */
/* tui/bar_tour.c */
extern const struct pane bar_tour_heading, bar_tour_line_1, bar_tour_line_2,
	bar_tour_line_3, bar_tour_line_4, bar_tour_measured, bar_tour_compared,
	bar_tour_keys;
extern const struct pane bar_message;
extern const struct pane bar_keys;

/* All panes; ends with NULL. */
extern const struct pane *const pane_list[];

#endif
