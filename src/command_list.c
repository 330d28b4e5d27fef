/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of all commands, including the interface. */
#include "cli/command.h"
#include "cli/commands.h"
#include "tui/interface.h"

const struct command *const command_list[] = {
	&command_interface,
	&command_train,
	&command_generate,
	&command_evaluate,
	&command_inspect,
	&command_info,
	&command_sweep,
	&command_export,
	&command_import,
	NULL,
};
