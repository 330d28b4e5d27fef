/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of all commands and of all topics of the help. */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/help_topic.h"
#include "tui/help_topics.h"
#include "tui/interface.h"

/* the interface first, hidden commands last */
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
	&command_help,
	&command_completion,
	NULL,
};

const struct kind *const help_topic_list[] = {
	&help_topic_commands.kind,
	&help_topic_options.kind,
	&help_topic_run.kind,
	&help_topic_data.kind,
	&help_topic_text.kind,
	&help_topic_training.kind,
	&help_topic_interface.kind,
	&help_topic_keys.kind,
	&help_topic_tasks.kind,
	&help_topic_framings.kind,
	&help_topic_cells.kind,
	&help_topic_losses.kind,
	&help_topic_optimizers.kind,
	&help_topic_colours.kind,
	&help_topic_words.kind,
	&help_topic_files.kind,
	&help_topic_environment.kind,
	NULL,
};
