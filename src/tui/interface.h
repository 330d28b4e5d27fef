/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal interface: a session on a screen.
 */
#ifndef LSTMTUI_TUI_INTERFACE_H
#define LSTMTUI_TUI_INTERFACE_H

#include "cli/command.h"

struct pane;
struct action;

/* What the interface is made of; each list ends with NULL. */
struct interface {
	const struct pane *const *panes;
	const struct action *const *actions;
};

/*
 * The command runs the interface until the user leaves or a signal ends it.
 * The terminal is as it was before on every way out.
 */
extern const struct command command_interface;

/* The same, of other parts. */
enum exit_status interface_run_with(const struct interface *interface,
	const struct arguments *arguments, struct error *error);

#endif
