/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/view.h"

#include "tui/inside_panes.h"
#include "tui/microscope_panes.h"
#include "tui/panes.h"

const struct view view_main = {
	.name = "main",
	.panes = pane_list,
};

const struct view *const view_list[] = {
	&view_main,
	&view_inside,
	&view_microscope,
	NULL,
};
