/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `lstmtui train` prints: a heading, and then either a progress line that
 * is overwritten (on a terminal) or a line from time to time; a line for each
 * epoch of a text; how the run ended. Standard output has all of this. Standard
 * error has what was read from the data, notices, and the answers to SIGUSR1.
 */
#ifndef LSTMTUI_CLI_TRAIN_OUTPUT_H
#define LSTMTUI_CLI_TRAIN_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/command.h"

struct train_output {
	struct session *session; /* borrowed */
	bool shows_bar, shows_lines, moves_cursor, utf8;
	uint64_t began; /* updates done before */
	double start_time, shown_time;
	int bar_columns;    /* of the progress line that is shown */
	uint64_t next_line; /* the update at which a line is due */
	uint64_t epochs;    /* epochs of a text reported so far */
};

/*
 * Begin the output of an open session: what was read from the data, the heading
 * and the session's notes, unless it is quiet. The time starts here.
 */
void train_output_begin(struct train_output *output, struct session *session,
	const struct arguments *arguments);

/* Show the progress if it is due. */
void train_output_progress(struct train_output *output);

/* SIGUSR1: print a line of progress, below the bar if there is one. */
void train_output_report(struct train_output *output);

/* Remove the progress line if it was shown. */
void train_output_clear(struct train_output *output);

/* Print the session's notice about its files once. */
void train_output_notice(struct train_output *output);

/* Print that the model was saved. */
void train_output_saved(const struct train_output *output);

/*
 * Print what was trained, unless it is idle: nothing was, and no signal came;
 * and why the run ended before its last update if it did.
 */
void train_output_end(const struct train_output *output, bool is_idle);

/*
 * Print that nothing was trained, and whether new settings were saved: not if
 * the model was saved before.
 */
void train_output_idle(const struct train_output *output, bool was_saved);

#endif
