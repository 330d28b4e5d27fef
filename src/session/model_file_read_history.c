/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read the losses of a model file: the summary, and the levels of the plot. */
#include <string.h>

#include "base/byte_order.h"
#include "file/tensor_read.h"
#include "session/model_file_layout.h"

static bool
read_history_level(const struct safetensors *file, struct history *history,
	size_t level, struct error *error)
{
	struct history_bucket kept[2 * HISTORY_BUCKETS];
	const struct safetensors_tensor *tensor;
	char name[TENSOR_NAME_SIZE];
	size_t rows = 0;

	tensor = safetensors_find(file, history_name(level, name));
	if (tensor != NULL && tensor->dimensions == 2)
		rows = (size_t)tensor->shape[0];
	if (rows > (size_t)2 * HISTORY_BUCKETS ||
		(tensor != NULL &&
			!tensor_read(file, name, rows, 4, (float *)kept,
				error)))
		return error_prefix(error, "damaged");
	if (!history_restore(history, level, kept, rows))
		return error_set(error,
			"damaged: the tensor '%s' does not match the number of "
			"updates",
			name);
	return true;
}

/* Files of older programs have no best average. */
static bool
read_best_average(const struct safetensors *file, struct history *history,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "history.best_average");

	if (tensor == NULL) {
		history_estimate_best(history);
		return true;
	}
	if (tensor->bytes != sizeof history->best_average ||
		strcmp(tensor->type, "F64") != 0)
		return error_set(error,
			"damaged: the tensor "
			"'history.best_average' is wrong");
	byte_order_little(&history->best_average, tensor->data,
		sizeof history->best_average, 1);
	return true;
}

bool
model_file_read_history(const struct safetensors *file, struct history *history,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "history.summary");
	double summary[HISTORY_SUMMARY];

	if (tensor == NULL || tensor->bytes != sizeof summary ||
		strcmp(tensor->type, "F64") != 0)
		return error_set(error,
			"damaged: the tensor "
			"'history.summary' is wrong");
	byte_order_little(summary, tensor->data, sizeof *summary,
		HISTORY_SUMMARY);
	history->last = summary[0];
	history->best = summary[1];
	history->average_sum = summary[2];
	history->average_weight = summary[3];
	for (size_t level = 0; level < HISTORY_LEVELS; level++)
		if (!read_history_level(file, history, level, error))
			return false;
	return read_best_average(file, history, error);
}
