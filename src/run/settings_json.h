/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings as JSON values, for `info --json` and for exports. */
#ifndef LSTMTUI_RUN_SETTINGS_JSON_H
#define LSTMTUI_RUN_SETTINGS_JSON_H

#include <jansson.h>

#include "run/settings.h"

/*
 * Return the value of a setting: a number, a list of numbers, a string, or null
 * if it is empty. NULL if out of memory.
 */
json_t *settings_json(const struct settings *settings,
	const struct setting *setting);

/*
 * Return the name of a file as UTF-8 that can be printed; null if it is empty.
 * NULL if out of memory.
 */
json_t *settings_json_path(const char *path);

#endif
