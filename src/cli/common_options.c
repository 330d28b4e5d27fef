/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/common_options.h"

#include "base/translate.h"
#include "draw/theme.h"
#include "session/log_format.h"

const struct kind color_auto = {.name = "auto"};
const struct kind color_always = {.name = "always"};
const struct kind color_never = {.name = "never"};

static const struct kind *const color_list[] = {
	&color_auto,
	&color_always,
	&color_never,
	NULL,
};

const struct need need_log = {.belongs_to = "--log",
	.unmet = N_("without --log")};

const struct setting option_init = {
	.option = "init",
	.group = SETTING_OF_TRAINING,
	.argument = "FILE",
	.summary =
		N_("start from the weights in a safetensors, .pt or .npz file"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(session.init),
	.files = "safetensors st pt pth npz",
};

const struct setting option_log = {
	.option = "log",
	.group = SETTING_OF_TRAINING,
	.argument = "FILE",
	.summary = N_("write a log of the training (-: standard output)"),
	.type = SETTING_TEXT,
	.offset = ARGUMENT(session.log),
	.files = "",
};

const struct setting option_log_format = {
	.option = "log-format",
	.group = SETTING_OF_TRAINING,
	.argument = "NAME",
	.summary = N_("format of the log"),
	.type = SETTING_CHOICE,
	.offset = ARGUMENT(session.log_format),
	.choices = log_format_list,
	.initial = "json",
	.needs = NEEDS(&need_log),
};

const struct setting option_log_every = {
	.option = "log-every",
	.group = SETTING_OF_TRAINING,
	.argument = "N",
	.summary = N_("log every Nth update"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(session.log_every),
	.min = 1,
	.max = 1e15,
	.initial = "1",
	.needs = NEEDS(&need_log),
};

const struct setting option_checkpoint_every = {
	.option = "checkpoint-every",
	.group = SETTING_OF_TRAINING,
	.argument = "N",
	.summary = N_("also save MODEL every N updates (0: never)"),
	.type = SETTING_COUNT,
	.offset = ARGUMENT(session.checkpoint_every),
	.max = 1e15,
	.initial = "0",
	.needs = NEEDS(&need_model),
};

static bool
has_state(const struct settings *settings)
{
	return framing_has_memory(settings_framing(settings));
}

const struct need need_state = {
	.belongs_to = N_("--framing sequence and windows of two or more steps"),
	.decided_by = &setting_framing,
	.is_met = has_state,
};

const struct setting option_json = {
	.option = "json",
	.summary = N_("print a JSON object"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(json),
};

const struct setting option_quiet = {
	.option = "quiet",
	.group = SETTING_OF_COMMANDS,
	.summary = N_("print only results and errors"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(quiet),
};

const struct setting option_ascii = {
	.option = "ascii",
	.group = SETTING_OF_COMMANDS,
	.summary = N_("draw with ASCII characters only"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(ascii),
};

const struct setting option_speed = {
	.option = "speed",
	.group = SETTING_OF_COMMANDS,
	.argument = "N",
	.summary = N_("updates per second in the interface (0: no limit)"),
	.type = SETTING_REAL,
	.offset = ARGUMENT(speed),
	.max = 1e9,
	.initial = "1000",
};

const struct setting option_no_mouse = {
	.option = "no-mouse",
	.group = SETTING_OF_COMMANDS,
	.summary = N_("leave the mouse to the terminal"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(no_mouse),
};

const struct setting option_tour = {
	.option = "tour",
	.group = SETTING_OF_INTERFACE,
	.summary = N_("begin with the guided tour; Esc leaves it"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(tour),
};

const struct setting option_color = {
	.option = "color",
	.group = SETTING_OF_COMMANDS,
	.argument = "WHEN",
	.summary = N_("auto, always or never"),
	.type = SETTING_CHOICE,
	.offset = ARGUMENT(color),
	.choices = color_list,
	.initial = "auto",
};

const struct setting option_theme = {
	.option = "theme",
	.group = SETTING_OF_COMMANDS,
	.argument = "NAME",
	.summary = N_("colours of the interface"),
	.type = SETTING_CHOICE,
	.offset = ARGUMENT(theme),
	.choices = theme_list,
	.initial = "auto",
};

static const struct setting option_help = {
	.option = "help",
	.group = SETTING_OF_COMMANDS,
	.summary = N_("print this help"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(help),
};

static const struct setting option_version = {
	.option = "version",
	.group = SETTING_OF_COMMANDS,
	.summary = N_("print the version"),
	.type = SETTING_FLAG,
	.offset = ARGUMENT(version),
};

const struct setting *const common_options[] = {
	&option_quiet,
	&option_ascii,
	&option_speed,
	&option_no_mouse,
	&option_color,
	&option_theme,
	&option_help,
	&option_version,
	NULL,
};

bool
common_takes_all(const struct setting *setting)
{
	(void)setting;
	return true;
}
