/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/data_errors.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

const char *const data_predictor_name[] = {"mae", "naive_last", "naive_mean"};

/* Sums are of differences from the first point, which are exact enough. */
static void
measure_means(struct data_errors *errors, const struct sequences *data,
	size_t points)
{
	size_t features = errors->features;

	for (size_t i = 0; i < points * features; i++)
		errors->mean[i % features] += (double)data->values[i] -
			(double)data->values[i % features];
	for (size_t f = 0; f < features; f++)
		errors->mean[f] = (double)data->values[f] +
			errors->mean[f] / (double)points;
}

bool
data_errors_create(struct data_errors *errors, const struct scaling *scaling,
	const struct sequences *data, size_t points, struct error *error)
{
	bool good = true;

	assert(points > 0);
	*errors = (struct data_errors){
		.scaling = scaling,
		.features = data->features,
	};
	errors->mean = memory_new(data->features, sizeof *errors->mean);
	for (int k = 0; k < DATA_PREDICTORS; k++) {
		errors->sum[k] = memory_new(data->features, sizeof(double));
		good = good && errors->sum[k] != NULL;
	}
	if (!good || errors->mean == NULL)
		return error_out_of_memory(error);
	measure_means(errors, data, points);
	return true;
}

void
data_errors_destroy(struct data_errors *errors)
{
	free(errors->mean);
	for (int k = 0; k < DATA_PREDICTORS; k++)
		free(errors->sum[k]);
	*errors = (struct data_errors){0};
}

/* Add the errors of one predicted point. */
static void
add_point(struct data_errors *errors, const float *predicted, const float *last,
	const float *target)
{
	for (size_t f = 0; f < errors->features; f++) {
		double x = (double)target[f];

		errors->sum[DATA_MODEL][f] += fabs((double)predicted[f] - x);
		errors->sum[DATA_LAST][f] += fabs((double)last[f] - x);
		errors->sum[DATA_MEAN][f] += fabs(errors->mean[f] - x);
	}
	errors->predicted++;
}

void
data_errors_add(struct data_errors *errors, const struct batch_loss *loss)
{
	const struct batch *batch = &loss->batch;
	size_t outputs = loss->pass.model->shape.outputs;
	size_t rows = batch->steps * batch->samples;

	for (size_t row = batch->first_target * batch->samples; row < rows;
		row++) {
		const float *prediction =
			loss->pass.predictions + row * outputs;

		/* at each step with a target, the input is the last point */
		if (batch->mask == NULL || batch->mask[row] != 0)
			add_point(errors,
				prediction +
					loss_mode(&loss->config, prediction),
				batch->inputs + row * batch->features,
				batch->targets + row * batch->features);
	}
}

double
data_errors_column(const struct data_errors *errors,
	enum data_predictor predictor, size_t column)
{
	const struct scaling *scaling = errors->scaling;
	double unit = scaling->features == 0 ? 1 : scaling->factor[column];

	return unit * errors->sum[predictor][column] /
		(double)errors->predicted;
}

double
data_errors_mean(const struct data_errors *errors,
	enum data_predictor predictor)
{
	double sum = 0;

	for (size_t f = 0; f < errors->features; f++)
		sum += data_errors_column(errors, predictor, f);
	return sum / (double)errors->features;
}
