/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/panes.h"

const struct pane *const pane_list[] = {
	&bar_title,
	&bar_state,
	&pane_loss,
	&pane_shape,
	&pane_film,
	&pane_text,
	&pane_memory,
	&pane_steps,
	&pane_next,
	&pane_strip,
	&pane_training,
	&bar_see,
	&bar_try,
	&bar_tour_heading,
	&bar_tour_line_1,
	&bar_tour_line_2,
	&bar_tour_line_3,
	&bar_tour_line_4,
	&bar_tour_measured,
	&bar_tour_compared,
	&bar_tour_keys,
	&bar_message,
	&bar_keys,
	NULL,
};
