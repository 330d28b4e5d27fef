/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal interface: one thread that trains, listens and draws in turn.
 */
#ifndef LSTMTUI_TUI_LOOP_H
#define LSTMTUI_TUI_LOOP_H

#include "cli/options.h"

/*
 * Run the interface until the user leaves or a signal ends it. The terminal
 * is as it was before on every way out.
 */
enum exit_status interface_run(const struct arguments *arguments,
	struct error *error);

#endif
