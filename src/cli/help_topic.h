/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The topics of `lstmtui help TOPIC`. Each is a constant that prints what the
 * tables of the program contain; the list is in command_list.c, above all
 * folders, because some topics are those of the interface.
 */
#ifndef LSTMTUI_CLI_HELP_TOPIC_H
#define LSTMTUI_CLI_HELP_TOPIC_H

#include <stdio.h>

#include "base/kind.h"
#include "run/setting.h"

struct help_topic {
	struct kind kind;
	void (*print)(const struct help_topic *topic, FILE *stream);
	const struct setting *setting; /* of a topic about its choices */
	enum setting_group group;      /* of a topic about options */
};

/* Ends with NULL. */
extern const struct kind *const help_topic_list[];

/* Of commands and runs; in cli/help_topics.c. */
extern const struct help_topic help_topic_commands, help_topic_options,
	help_topic_run, help_topic_data, help_topic_text, help_topic_training,
	help_topic_interface;
extern const struct help_topic help_topic_tasks, help_topic_framings,
	help_topic_cells, help_topic_losses, help_topic_optimizers,
	help_topic_colours;
extern const struct help_topic help_topic_environment, help_topic_files;

/* Columns of the labels of a list. */
enum { HELP_NARROW = 15, HELP_CHOICES = 18, HELP_WIDE = 29 };

/*
 * Print a row of a list: a label, indented by two columns, and its text from
 * the column `column` on, wrapped.
 */
void help_print_row(FILE *stream, const char *label, const char *text,
	int column);

/* Print the options of the interface of one group, with their defaults. */
void help_print_group(enum setting_group group, FILE *stream);

/* Print the choices of a setting, and the defaults that they set. */
void help_print_choices(const struct setting *setting, FILE *stream);

#endif
