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
	&bar_message,
	&bar_keys,
	NULL,
};
