/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <math.h>
#include <string.h>

#include "suite.h"

static double
recurrent_activation(struct reference_step *step, double z)
{
	if (step->recurrent_activation == &activation_sigmoid)
		return 1 / (1 + exp(-z));
	step->corner = fmin(step->corner, fabs(fabs(z) - 2.5));
	return fmin(fmax(0.2 * z + 0.5, 0), 1);
}

/* Return column j of x W, or of h R with the recurrent kernel. */
static double
product(const double *x, size_t count, const double *kernel, size_t width,
	size_t j)
{
	double sum = 0;

	for (size_t k = 0; k < count; k++)
		sum += x[k] * kernel[k * width + j];
	return sum;
}

static void
lstm(struct reference_step *step, const double *input, double *hidden,
	double *cell)
{
	size_t units = step->units, width = 4 * units;
	double *i = step->gates, *f = i + units, *g = f + units, *o = g + units;

	for (size_t j = 0; j < width; j++) {
		double z = step->bias[j] +
			product(input, step->inputs, step->kernel, width, j) +
			product(hidden, units, step->recurrent_kernel, width,
				j);

		step->gates[j] = j / units == 2 ? tanh(z)
						: recurrent_activation(step, z);
	}
	for (size_t u = 0; u < units; u++) {
		cell[u] = f[u] * cell[u] + i[u] * g[u];
		hidden[u] = o[u] * tanh(cell[u]);
	}
}

/* Keras's GRU with reset_after; gates z, r, g (h in Keras). */
static void
gru(struct reference_step *step, const double *input, double *hidden,
	double *cell)
{
	size_t units = step->units, width = 3 * units;
	const double *recurrent_bias = step->bias + width;
	double *z = step->gates, *r = z + units, *g = r + units;

	(void)cell;
	for (size_t j = 0; j < width; j++) {
		double x =
			product(input, step->inputs, step->kernel, width, j) +
			step->bias[j];
		double h = product(hidden, units, step->recurrent_kernel, width,
				   j) +
			recurrent_bias[j];

		if (j < 2 * units)
			step->gates[j] = recurrent_activation(step, x + h);
		else
			step->gates[j] = tanh(x + r[j - 2 * units] * h);
	}
	for (size_t u = 0; u < units; u++)
		hidden[u] = z[u] * hidden[u] + (1 - z[u]) * g[u];
}

static void
rnn(struct reference_step *step, const double *input, double *hidden,
	double *cell)
{
	size_t units = step->units;

	(void)cell;
	for (size_t j = 0; j < units; j++)
		step->gates[j] = tanh(
			product(input, step->inputs, step->kernel, units, j) +
			product(hidden, units, step->recurrent_kernel, units,
				j) +
			step->bias[j]);
	memcpy(hidden, step->gates, units * sizeof *hidden);
}

static const struct reference_cell {
	const struct cell *cell;
	size_t gates, bias_rows;
	void (*step)(struct reference_step *step, const double *input,
		double *hidden, double *cell);
} cells[] = {
	{&cell_lstm, 4, 1, lstm},
	{&cell_gru, 3, 2, gru},
	{&cell_rnn, 1, 1, rnn},
};

/* NULL: the LSTM. */
static const struct reference_cell *
find_cell(const struct cell *cell)
{
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		if (cells[i].cell == (cell != NULL ? cell : &cell_lstm))
			return &cells[i];
	ck_abort_msg("the cell '%s' has no reference", cell->kind.name);
}

void
reference_step(struct reference_step *step, const struct cell *cell,
	const double *input, double *hidden, double *state)
{
	EXPECT(step->units <= REFERENCE_UNITS_MAX, "%zu units", step->units);
	find_cell(cell)->step(step, input, hidden, state);
}

/* The state of one sample, and the layers of its model. */
struct sample {
	const struct model_shape *shape;
	struct reference_step layer[MODEL_LAYERS_MAX];
	const double *dense_kernel, *dense_bias;
	double hidden[MODEL_LAYERS_MAX][REFERENCE_UNITS_MAX];
	double cell[MODEL_LAYERS_MAX][REFERENCE_UNITS_MAX];
};

static void
lay_out(struct sample *sample, const struct model_shape *shape,
	const double *values)
{
	size_t inputs = shape->inputs;

	sample->shape = shape;
	for (size_t l = 0; l < shape->layers; l++) {
		struct reference_step *layer = &sample->layer[l];
		const struct reference_cell *cell = find_cell(shape->cell);
		size_t width = cell->gates * shape->units[l];

		layer->inputs = inputs;
		layer->units = shape->units[l];
		layer->recurrent_activation = shape->recurrent_activation;
		layer->kernel = values;
		layer->recurrent_kernel = layer->kernel + inputs * width;
		layer->bias = layer->recurrent_kernel + layer->units * width;
		layer->corner = INFINITY;
		values = layer->bias + cell->bias_rows * width;
		inputs = layer->units;
	}
	sample->dense_kernel = values;
	sample->dense_bias = values + inputs * shape->outputs;
}

static void
start(struct sample *sample, size_t number, const float *const *hidden,
	const float *const *cell)
{
	memset(sample->hidden, 0, sizeof sample->hidden);
	memset(sample->cell, 0, sizeof sample->cell);
	for (size_t l = 0; hidden != NULL && l < sample->shape->layers; l++) {
		size_t units = sample->shape->units[l];

		for (size_t u = 0; u < units; u++) {
			size_t at = number * units + u;

			sample->hidden[l][u] = hidden[l][at];
			if (cell != NULL)
				sample->cell[l][u] = cell[l][at];
		}
	}
}

/* Apply all recurrent layers; return the output of the last one. */
static const double *
step_layers(struct sample *sample, const float *point)
{
	double input[REFERENCE_UNITS_MAX];
	size_t layers = sample->shape->layers;

	for (size_t k = 0; k < sample->shape->inputs; k++)
		input[k] = point[k];
	for (size_t l = 0; l < layers; l++)
		reference_step(&sample->layer[l], sample->shape->cell,
			l == 0 ? input : sample->hidden[l - 1],
			sample->hidden[l], sample->cell[l]);
	return sample->hidden[layers - 1];
}

static double
predict(const struct sample *sample, const double *top, size_t output)
{
	size_t outputs = sample->shape->outputs;
	size_t units = sample->shape->units[sample->shape->layers - 1];
	double sum = sample->dense_bias[output];

	for (size_t u = 0; u < units; u++)
		sum += top[u] * sample->dense_kernel[u * outputs + output];
	return sum;
}

struct reference_run
reference_loss(const struct model_shape *shape, const double *values,
	const struct batch *batch, const struct loss *loss,
	const float *const *hidden, const float *const *cell,
	double *predictions)
{
	struct reference_run run = {.error = INFINITY, .corner = INFINITY};
	size_t outputs = shape->outputs;
	struct sample sample;

	lay_out(&sample, shape, values);
	for (size_t s = 0; s < batch->samples; s++) {
		start(&sample, s, hidden, cell);
		for (size_t t = 0; t < batch->steps; t++) {
			size_t row = t * batch->samples + s;
			const double *top = step_layers(&sample,
				batch->inputs + row * batch->features);
			bool counts = t >= batch->first_target &&
				(batch->mask == NULL || batch->mask[row] != 0);

			run.predicted += counts;
			for (size_t k = 0; k < outputs; k++) {
				size_t at = row * outputs + k;
				double y = predict(&sample, top, k);
				double error = y - batch->targets[at];

				if (predictions != NULL)
					predictions[at] = y;
				if (!counts)
					continue;
				run.error = fmin(run.error, fabs(error));
				run.loss += loss == &loss_mse ? error * error
							      : fabs(error);
			}
		}
	}
	run.loss /= (double)(run.predicted * outputs);
	for (size_t l = 0; l < shape->layers; l++)
		run.corner = fmin(run.corner, sample.layer[l].corner);
	return run;
}
