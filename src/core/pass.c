#include "core/pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static bool
create_layer(struct pass_layer *layer, size_t units, size_t steps,
	size_t samples, bool trains)
{
	size_t row, all;

	if (!memory_product(samples, units, &row) ||
	    !memory_product(row, LSTM_GATES * (steps + 1), &all))
		return false;
	layer->gates = memory_floats(LSTM_GATES * steps * row);
	layer->cell = memory_floats((steps + 1) * row);
	layer->cell_tanh = memory_floats(steps * row);
	layer->hidden = memory_floats((steps + 1) * row);
	if (trains)
		layer->d_hidden = memory_floats(steps * row);
	return layer->gates != NULL && layer->cell != NULL &&
		layer->cell_tanh != NULL && layer->hidden != NULL &&
		(!trains || layer->d_hidden != NULL);
}

static bool
create_arrays(struct pass *pass, bool trains)
{
	const struct model_shape *shape = &pass->model->shape;
	size_t steps = pass->steps_most, samples = pass->samples_most;
	size_t widest = 0, row, all;

	for (size_t l = 0; l < shape->layers; l++) {
		if (!create_layer(&pass->layer[l], shape->units[l], steps,
			    samples, trains))
			return false;
		if (shape->units[l] > widest)
			widest = shape->units[l];
	}
	if (!memory_product(samples, shape->outputs, &row) ||
	    !memory_product(row, steps, &all))
		return false;
	pass->predictions = memory_floats(all);
	if (pass->predictions == NULL || !trains)
		return pass->predictions != NULL;
	pass->gradients = memory_floats(pass->model->parameters.total);
	pass->d_predictions = memory_floats(row);
	pass->d_cell = memory_floats(samples * widest);
	return pass->gradients != NULL && pass->d_predictions != NULL &&
		pass->d_cell != NULL;
}

bool
pass_create(struct pass *pass, const struct model *model, size_t steps,
	size_t samples, bool trains, struct error *error)
{
	*pass = (struct pass){
		.model = model,
		.steps_most = steps,
		.samples_most = samples,
		.phase = PASS_DONE,
	};
	if (create_arrays(pass, trains))
		return true;
	pass_destroy(pass);
	return error_out_of_memory(error);
}

void
pass_destroy(struct pass *pass)
{
	for (size_t l = 0; l < MODEL_LAYERS_MOST; l++) {
		struct pass_layer *layer = &pass->layer[l];

		free(layer->gates);
		free(layer->cell);
		free(layer->cell_tanh);
		free(layer->hidden);
		free(layer->d_hidden);
	}
	free(pass->predictions);
	free(pass->gradients);
	free(pass->d_predictions);
	free(pass->d_cell);
	*pass = (struct pass){.phase = PASS_DONE};
}

/* The views of one step of one layer into the pass's arrays. */
static struct lstm_step
step_of(const struct pass *pass, size_t l, size_t t, size_t samples,
	const float *inputs)
{
	const struct pass_layer *layer = &pass->layer[l];
	size_t row = samples * pass->model->lstm[l].units;
	bool from_zero = t == 0 && !pass->carries_state;

	return (struct lstm_step){
		.input = l == 0
			? inputs + t * samples * pass->model->shape.inputs
			: pass->layer[l - 1].hidden +
				(t + 1) * samples * pass->model->lstm[l].inputs,
		.hidden_before = from_zero ? NULL : layer->hidden + t * row,
		.cell_before = from_zero ? NULL : layer->cell + t * row,
		.gates = layer->gates + LSTM_GATES * t * row,
		.cell = layer->cell + (t + 1) * row,
		.cell_tanh = layer->cell_tanh + t * row,
		.hidden = layer->hidden + (t + 1) * row,
	};
}

static void
forward_step(struct pass *pass, size_t l, size_t t, size_t samples,
	const float *inputs)
{
	struct lstm_step step = step_of(pass, l, t, samples, inputs);

	lstm_forward(&pass->model->lstm[l], samples, &step);
}

/* The output of the last LSTM layer at step t: [samples, units]. */
static const float *
top_hidden(const struct pass *pass, size_t t, size_t samples)
{
	size_t top = pass->model->shape.layers - 1;

	return pass->layer[top].hidden +
		(t + 1) * samples * pass->model->lstm[top].units;
}

static float *
predict_step(struct pass *pass, size_t t, size_t samples)
{
	float *predictions =
		pass->predictions + t * samples * pass->model->shape.outputs;

	dense_forward(&pass->model->dense, samples,
		top_hidden(pass, t, samples), predictions);
	return predictions;
}

/* Predictions, loss and the gradient as far as the last LSTM layer. */
static void
output_step(struct pass *pass, size_t t)
{
	const struct batch *batch = pass->batch;
	const struct model *model = pass->model;
	size_t samples = batch->samples, features = batch->features;
	size_t top = model->shape.layers - 1;
	const struct tensor *kernel = &model->parameters.tensor[3 * top + 3];
	float scale = 1.0f / (float)(batch->predicted * features);
	const float *predictions = predict_step(pass, t, samples);

	pass->sum += loss_sum(pass->loss, samples, features, predictions,
		batch->targets + t * samples * features,
		batch->weights ? batch->weights + t * samples : NULL, scale,
		pass->d_predictions);
	dense_backward(&model->dense, samples, top_hidden(pass, t, samples),
		pass->d_predictions,
		pass->layer[top].d_hidden + t * samples * model->dense.inputs,
		pass->gradients + kernel[0].offset,
		pass->gradients + kernel[1].offset);
}

static void
backward_step(struct pass *pass, size_t l, size_t t)
{
	const struct lstm *layer = &pass->model->lstm[l];
	const struct tensor *tensor =
		&pass->model->parameters.tensor[3 * l];
	size_t samples = pass->batch->samples;
	float *d_hidden = pass->layer[l].d_hidden + t * samples * layer->units;
	struct lstm_step step =
		step_of(pass, l, t, samples, pass->batch->inputs);
	struct lstm_gradient gradient = {
		.kernel = pass->gradients + tensor[0].offset,
		.recurrent_kernel = pass->gradients + tensor[1].offset,
		.bias = pass->gradients + tensor[2].offset,
	};

	if (t + 1 == pass->batch->steps)
		memset(pass->d_cell, 0,
			samples * layer->units * sizeof *pass->d_cell);
	lstm_backward(layer, samples, &step, d_hidden, pass->d_cell,
		l == 0 ? NULL
		       : pass->layer[l - 1].d_hidden +
				t * samples * layer->inputs,
		t == 0 ? NULL : d_hidden - samples * layer->units, &gradient);
}

void
pass_begin(struct pass *pass, const struct batch *batch, enum loss loss)
{
	pass->batch = batch;
	pass->loss = loss;
	pass->phase = PASS_FORWARD;
	pass->at_layer = 0;
	pass->at_step = 0;
	pass->sum = 0;
	memset(pass->gradients, 0,
		pass->model->parameters.total * sizeof *pass->gradients);
	for (size_t l = 0; l < pass->model->shape.layers; l++)
		memset(pass->layer[l].d_hidden, 0,
			batch->steps * batch->samples *
				pass->model->lstm[l].units * sizeof(float));
}

uint64_t
pass_advance(struct pass *pass)
{
	const struct model_shape *shape = &pass->model->shape;
	const struct lstm *layer = &pass->model->lstm[pass->at_layer];
	uint64_t samples = pass->batch->samples;
	uint64_t layer_cost = samples * LSTM_GATES * layer->units *
		(layer->inputs + layer->units + 8);

	switch (pass->phase) {
	case PASS_FORWARD:
		forward_step(pass, pass->at_layer, pass->at_step, samples,
			pass->batch->inputs);
		if (++pass->at_step < pass->batch->steps)
			return layer_cost;
		pass->at_step = 0;
		if (++pass->at_layer == shape->layers) {
			pass->phase = PASS_OUTPUT;
			pass->at_layer--;
			pass->at_step = pass->batch->first_target;
		}
		return layer_cost;
	case PASS_OUTPUT:
		output_step(pass, pass->at_step);
		if (++pass->at_step == pass->batch->steps) {
			pass->phase = PASS_BACKWARD;
			pass->at_step--;
		}
		return samples * layer->units * shape->outputs * 3;
	case PASS_BACKWARD:
		backward_step(pass, pass->at_layer, pass->at_step);
		if (pass->at_step-- > 0)
			return 2 * layer_cost;
		pass->at_step = pass->batch->steps - 1;
		if (pass->at_layer == 0)
			pass->phase = PASS_DONE;
		else
			pass->at_layer--;
		return 2 * layer_cost;
	case PASS_DONE:
		break;
	}
	return 0;
}

void
pass_abandon(struct pass *pass)
{
	pass->phase = PASS_DONE;
	pass->at_layer = 0;
	pass->at_step = 0;
}

bool
pass_is_done(const struct pass *pass)
{
	return pass->phase == PASS_DONE;
}

double
pass_loss(const struct pass *pass)
{
	return pass->sum /
		(double)(pass->batch->predicted * pass->batch->features);
}

const float *
pass_predict(struct pass *pass, size_t steps, size_t samples,
	const float *inputs)
{
	const float *last = pass->predictions;

	for (size_t l = 0; l < pass->model->shape.layers; l++)
		for (size_t t = 0; t < steps; t++)
			forward_step(pass, l, t, samples, inputs);
	for (size_t t = 0; t < steps; t++)
		last = predict_step(pass, t, samples);
	return last;
}

void
pass_carry_state(struct pass *pass, size_t steps, size_t samples)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		struct pass_layer *layer = &pass->layer[l];
		size_t row = samples * pass->model->lstm[l].units;

		memcpy(layer->hidden, layer->hidden + steps * row,
			row * sizeof *layer->hidden);
		memcpy(layer->cell, layer->cell + steps * row,
			row * sizeof *layer->cell);
	}
	pass->carries_state = true;
}

void
pass_reset_state(struct pass *pass)
{
	pass->carries_state = false;
}
