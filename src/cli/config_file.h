/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The configuration file of the interface: its long options and its keys, one a
 * line. Settings of a run are not allowed in it, since a run must not depend on
 * a file that no command line names; for the same reason the other commands do
 * not read it.
 */
#ifndef LSTMTUI_CLI_CONFIG_FILE_H
#define LSTMTUI_CLI_CONFIG_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/command.h"

enum { CONFIG_FILE_PATH_SIZE = 4096 };

/* Options that the file may contain; ends with NULL. */
extern const struct setting *const config_file_options[];

/*
 * Get the path: $XDG_CONFIG_HOME/lstmtui/config, or ~/.config/lstmtui/config if
 * the variable is not an absolute path. Returns false if the environment names
 * no such folder.
 */
bool config_file_path(char path[CONFIG_FILE_PATH_SIZE]);

/*
 * Read the file, if it exists. Options of the command line keep their values.
 * Call bind(bindings, key, action, error) for each line "key KEY ACTION".
 * Returns false if the file cannot be read, or for the first bad line, as an
 * error of usage with path and line number.
 */
bool config_file_read(const char *path, struct arguments *arguments,
	bool (*bind)(void *bindings, const char *key, const char *action,
		struct error *error),
	void *bindings, struct error *error);

#endif
