/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mean absolute error of a model's predictions of data, column by column
 * and in the units of the data, beside the errors of two predictors that need
 * no network, for the same points:
 *
 *   naive_last  the point that the model has read last: the one before, and in
 *               the framing one-to-many that before the window
 *   naive_mean  the mean of each column over the training data
 */
#ifndef LSTMTUI_RUN_DATA_ERRORS_H
#define LSTMTUI_RUN_DATA_ERRORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/batch_loss.h"
#include "task/sequences.h"

enum data_predictor {
	DATA_MODEL,
	DATA_LAST,
	DATA_MEAN,
	DATA_PREDICTORS /* their number */
};

/* The names of predictors in output: mae, naive_last, naive_mean. */
extern const char *const data_predictor_name[DATA_PREDICTORS];

struct data_errors {
	const struct scaling *scaling; /* borrowed */
	size_t features;
	uint64_t predicted;           /* points */
	double *mean;                 /* [features]: of naive_mean, scaled */
	double *sum[DATA_PREDICTORS]; /* [features]: absolute errors, scaled */
};

/*
 * Allocate sums of 0 for scaled data, with the means of the first `points` of
 * their points, at least one. Release it with data_errors_destroy, also after a
 * failure. Returns false if out of memory.
 */
bool data_errors_create(struct data_errors *errors,
	const struct scaling *scaling, const struct sequences *data,
	size_t points, struct error *error);
void data_errors_destroy(struct data_errors *errors);

/*
 * Add the errors of the batch that batch_loss_add computed last. The prediction
 * of a distribution is the mean of its most probable component.
 */
void data_errors_add(struct data_errors *errors, const struct batch_loss *loss);

/*
 * Return the mean error of a predictor in a column, or over all columns, in the
 * units of the data.
 */
double data_errors_column(const struct data_errors *errors,
	enum data_predictor predictor, size_t column);
double data_errors_mean(const struct data_errors *errors,
	enum data_predictor predictor);

#endif
