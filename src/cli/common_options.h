/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that several commands take. */
#ifndef LSTMTUI_CLI_COMMON_OPTIONS_H
#define LSTMTUI_CLI_COMMON_OPTIONS_H

#include "cli/command.h"

/* Values of --color. */
extern const struct kind color_auto, color_always, color_never;

/* Options of a new run. */
extern const struct setting option_init, option_log, option_log_format,
	option_log_every, option_checkpoint_every;
extern const struct setting option_json;

/* The need of --no-memory: a step can start from a state that is not zero. */
extern const struct need need_state;

/* Options of the interface, which its file of settings may contain. */
extern const struct setting option_ascii, option_speed, option_no_mouse,
	option_color, option_theme, option_quiet, option_tour;

/* Options of all commands; ends with NULL. */
extern const struct setting *const common_options[];

/* Return true: a new run takes every setting. For struct command.takes. */
bool common_takes_all(const struct setting *setting);

/* The need of --log-every and --log-format. */
extern const struct need need_log;

#endif
