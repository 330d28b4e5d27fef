/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read the validations of a model file. */
#include <math.h>
#include <string.h>

#include "base/byte_order.h"
#include "session/model_file_layout.h"

/* Files of older programs have only the last and the best validation. */
static bool
read_validations(const struct safetensors *file,
	struct validations *validations, double min, struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "validation.losses");

	validations->count = 0;
	if (tensor == NULL)
		return true;
	if (strcmp(tensor->type, "F64") == 0 && tensor->dimensions == 2 &&
		tensor->shape[0] <= VALIDATIONS_MAX &&
		tensor->shape[1] == VALIDATIONS_VALUES) {
		validations->count = (size_t)tensor->shape[0];
		byte_order_little(validations->at, tensor->data, sizeof(double),
			(size_t)tensor->count);
		if (validations_are_valid(validations, min))
			return true;
	}
	return error_set(error,
		"damaged: the tensor 'validation.losses' is wrong");
}

bool
model_file_read_validations(const struct safetensors *file,
	struct run_state *state, struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "validation");
	const struct loss *loss = state->settings.loss;
	/* only the density of a point can exceed 1 */
	double min = loss->is_density && !loss->is_of_tokens ? -INFINITY : 0;
	struct validation *validation = &state->validation;
	double values[VALIDATION_NUMBERS];

	validation->last = validation->best = NAN;
	if (!has_validations(state))
		return true;
	if (tensor == NULL || tensor->bytes != sizeof values ||
		strcmp(tensor->type, "F64") != 0)
		return error_set(error,
			"damaged: the tensor 'validation' is "
			"wrong");
	byte_order_little(values, tensor->data, sizeof *values,
		VALIDATION_NUMBERS);
	if (!(values[0] >= 0 && values[0] < 1e15 && values[3] >= 0 &&
		    values[3] < 1e15) ||
		values[1] < min || values[2] < min)
		return error_set(error,
			"damaged: the tensor 'validation' is "
			"wrong");
	validation->epochs = (uint64_t)values[0];
	validation->last = values[1];
	validation->best = values[2];
	validation->best_epoch = (uint64_t)values[3];
	return read_validations(file, &state->validations, min, error);
}
