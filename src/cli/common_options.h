/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that several commands take. */
#ifndef LSTMTUI_CLI_COMMON_OPTIONS_H
#define LSTMTUI_CLI_COMMON_OPTIONS_H

#include "cli/command.h"

/* When to use colours (--color). */
extern const struct kind color_auto, color_always, color_never;

/* Of a new run. */
extern const struct setting option_init, option_log, option_log_every,
	option_checkpoint_every;
extern const struct setting option_json;

/* Of all commands; ends with NULL. */
extern const struct setting *const common_options[];

/* Whether a setting belongs to a new run: all of them do. */
bool common_takes_all(const struct setting *setting);

/* A run without --log has nothing to log. */
extern const struct need need_log;

#endif
