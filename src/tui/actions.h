/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of actions, most useful first: the key bar shows as many as fit.
 */
#ifndef LSTMTUI_TUI_ACTIONS_H
#define LSTMTUI_TUI_ACTIONS_H

#include "tui/action.h"

/* tui/action_pace.c */
extern const struct action action_run, action_step;
extern const struct action action_faster, action_slower;
extern const struct action action_raise_rate, action_lower_rate;
/* tui/action_value.c */
extern const struct action action_decrease, action_increase;
extern const struct action action_next_value, action_previous_value;
/* tui/action_tour.c */
extern const struct action action_tour, action_tour_next, action_tour_back;
/* tui/action_view.c */
extern const struct action action_help, action_search, action_redraw;
extern const struct action action_next_pane, action_previous_pane;
/* tui/action_scroll.c */
extern const struct action action_scroll_up, action_scroll_down;
/* tui/pane_loss.c */
extern const struct action action_loss_axis, action_update_axis;
extern const struct action action_forget_ghost;
/* tui/pane_shape.c */
extern const struct action action_generate, action_training, action_cloud;
extern const struct action action_columns, action_columns_back;
/* tui/pane_film.c */
extern const struct action action_film;
/* tui/pane_text.c */
extern const struct action action_write, action_warmer, action_colder;
/* tui/inside_view.c */
extern const struct action action_inside, action_memory;
/* tui/action_begin.c */
extern const struct action action_reset, action_reset_new_seed, action_new;
/* tui/action_pair.c */
extern const struct action action_compare, action_exchange, action_end_pair;
/* tui/action_past.c */
extern const struct action action_earlier, action_later, action_earlier_arrow,
	action_later_arrow, action_go_to, action_branch, action_branches;

/* tui/action_extend.c */
extern const struct action action_extend;
/* tui/action_save.c */
extern const struct action action_save, action_save_as;
/* tui/action_export.c */
extern const struct action action_export, action_open;
/* tui/action_leave.c */
extern const struct action action_quit, action_interrupt, action_suspend;

/* All actions; ends with NULL. */
extern const struct action *const action_list[];

#endif
