/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal interface: a session shown on the screen.
 */
#ifndef LSTMTUI_TUI_INTERFACE_H
#define LSTMTUI_TUI_INTERFACE_H

#include "cli/command.h"

struct view;
struct action;
struct bindings;

/* The parts of the interface; each list ends with NULL. */
struct interface {
	const struct view *const *views;
	const struct action *const *actions;
	const struct bindings *bindings; /* set by interface_run_with */
};

/*
 * The command that runs the interface until the user quits or a signal ends it.
 * The terminal is always restored.
 */
extern const struct command command_interface;

/* Run the interface with other panes and actions. */
enum exit_status interface_run_with(const struct interface *interface,
	const struct arguments *arguments, struct error *error);

#endif
