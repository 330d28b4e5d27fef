/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of `evaluate` for sequences from a file: reading them, and the
 * errors of the model and of predictors without a network.
 */
#ifndef LSTMTUI_CLI_EVALUATE_DATA_H
#define LSTMTUI_CLI_EVALUATE_DATA_H

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "cli/command.h"
#include "run/data_errors.h"
#include "run/run.h"
#include "task/sequences.h"

struct evaluate_data {
	bool is_given; /* there is a file; all else is 0 without it */
	struct sequences sequences;
	bool is_kept; /* a part is held out, and it alone is evaluated */
	struct data_errors errors;
	/* naive_mean is that of the data the run trained on, not of the file */
	bool has_training_mean;
};

/*
 * Read the sequences of --data or, for a task that cannot make sequences, of
 * the run's own data file, and prepare their errors. Of its own data, the run
 * may hold out a part. Release them with evaluate_data_destroy, also after a
 * failure.
 */
bool evaluate_data_read(struct evaluate_data *data, const struct run *run,
	const struct arguments *arguments, struct error *error);
void evaluate_data_destroy(struct evaluate_data *data);

/* Print the errors, and those of each column if there are several. */
void evaluate_data_print(const struct evaluate_data *data);

/* Add them to an object. Returns nonzero on failure, as jansson does. */
int evaluate_data_add(const struct evaluate_data *data, json_t *object);

#endif
