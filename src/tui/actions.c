/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/actions.h"

#include <stddef.h>

const struct action *const action_list[] = {
	&action_run,
	&action_step,
	&action_help,
	&action_quit,
	&action_faster,
	&action_slower,
	&action_save,
	&action_save_as,
	&action_generate,
	&action_write,
	&action_film,
	&action_cloud,
	&action_warmer,
	&action_colder,
	&action_reset,
	&action_reset_new_seed,
	&action_new,
	&action_raise_rate,
	&action_lower_rate,
	&action_extend,
	&action_loss_axis,
	&action_update_axis,
	&action_training,
	&action_next_pane,
	&action_previous_pane,
	&action_search,
	&action_redraw,
	&action_interrupt,
	&action_suspend,
	NULL,
};
