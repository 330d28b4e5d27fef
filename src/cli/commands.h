/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands without a screen. */
#ifndef LSTMTUI_CLI_COMMANDS_H
#define LSTMTUI_CLI_COMMANDS_H

#include "cli/command.h"

extern const struct command command_train, command_generate, command_evaluate,
	command_inspect, command_info, command_sweep, command_export,
	command_import, command_help, command_completion;

#endif
