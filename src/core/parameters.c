/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/parameters.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "core/kernel.h"

_Static_assert(KERNEL_LANES_MAX * sizeof(float) <= MEMORY_ALIGNMENT,
	"a packed array begins at a vector of every kernel");

bool
parameters_add(struct parameters *parameters, const char *layer,
	const char *name, const struct tensor *tensor)
{
	struct tensor *added = &parameters->tensor[parameters->tensors];
	size_t rows = tensor->rows > 0 ? tensor->rows : 1, size, bytes;

	if (parameters->tensors == PARAMETERS_TENSORS_MAX ||
		!memory_product(rows, tensor->columns, &size) ||
		size > SIZE_MAX - parameters->total ||
		!memory_product(parameters->total + size, sizeof(float),
			&bytes))
		return false;
	*added = *tensor;
	snprintf(added->name, sizeof added->name, "%s.%s", layer, name);
	added->size = size;
	added->offset = parameters->total;
	parameters->total += size;
	parameters->tensors++;
	return true;
}

static size_t
blocks(const struct parameters *parameters, size_t count)
{
	return (count + parameters->lanes - 1) / parameters->lanes;
}

/* Number of rows; a vector is one row. */
static size_t
rows_of(const struct tensor *tensor)
{
	return tensor->rows > 0 ? tensor->rows : 1;
}

/* Count the vectors of a packed tensor. Returns false on overflow. */
static bool
count_vectors(const struct parameters *parameters, const struct tensor *tensor,
	size_t *count)
{
	switch (tensor->role) {
	case TENSOR_DENSE_KERNEL:
		return memory_product(tensor->columns,
			blocks(parameters, tensor->rows), count);
	case TENSOR_DENSE_BIAS:
		*count = blocks(parameters, tensor->columns);
		return true;
	default:
		return memory_product(rows_of(tensor) * tensor->gates,
			blocks(parameters, tensor->columns / tensor->gates),
			count);
	}
}

/* Place the recurrent kernels (at_end) or all other tensors. */
static bool
place(struct parameters *parameters, bool at_end)
{
	for (size_t i = 0; i < parameters->tensors; i++) {
		struct tensor *tensor = &parameters->tensor[i];
		size_t size;

		if ((tensor->role == TENSOR_RECURRENT) != at_end)
			continue;
		if (!count_vectors(parameters, tensor, &size) ||
			!memory_product(size, parameters->lanes, &size) ||
			size > SIZE_MAX / sizeof(float) -
					parameters->packed_total)
			return false;
		tensor->packed_size = size;
		tensor->packed_offset = parameters->packed_total;
		parameters->packed_total += size;
	}
	return true;
}

bool
parameters_pack(struct parameters *parameters, size_t lanes)
{
	assert(lanes > 0 && lanes <= KERNEL_LANES_MAX);
	parameters->lanes = lanes;
	parameters->packed_total = 0;
	if (!place(parameters, false))
		return false;
	parameters->packed_live = parameters->packed_total;
	return place(parameters, true);
}

/* Index of an element in the panels of a tensor of a recurrent layer. */
static size_t
panel_index(const struct parameters *parameters, const struct tensor *tensor,
	size_t row, size_t column)
{
	size_t lanes = parameters->lanes, gates = tensor->gates;
	size_t units = tensor->columns / gates, unit = column % units;
	size_t gate = (column / units + gates - tensor->first_gate) % gates;
	size_t block = unit / lanes, all = blocks(parameters, units);
	/* as many blocks as fit into the columns of a panel */
	size_t side = KERNEL_COLUMNS / gates, first = block / side * side;
	size_t present = all - first < side ? all - first : side;

	return (first * rows_of(tensor) * gates + row * present * gates +
		       gate * present + block - first) *
		lanes +
		unit % lanes;
}

/* Index of an element in its packed tensor. */
static size_t
packed_index(const struct parameters *parameters, const struct tensor *tensor,
	size_t row, size_t column)
{
	if (tensor->role == TENSOR_DENSE_KERNEL)
		return column * blocks(parameters, tensor->rows) *
			parameters->lanes +
			row;
	if (tensor->role == TENSOR_DENSE_BIAS)
		return column;
	return panel_index(parameters, tensor, row, column);
}

void
parameters_scatter(const struct parameters *parameters, const float *plain,
	float *packed)
{
	memset(packed, 0, parameters->packed_total * sizeof *packed);
	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		const float *from = plain + tensor->offset;
		float *to = packed + tensor->packed_offset;

		for (size_t row = 0; row < rows_of(tensor); row++)
			for (size_t column = 0; column < tensor->columns;
				column++)
				to[packed_index(parameters, tensor, row,
					column)] = *from++;
	}
}

void
parameters_gather(const struct parameters *parameters, const float *packed,
	float *plain)
{
	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		const float *from = packed + tensor->packed_offset;
		float *to = plain + tensor->offset;

		for (size_t row = 0; row < rows_of(tensor); row++)
			for (size_t column = 0; column < tensor->columns;
				column++)
				*to++ = from[packed_index(parameters, tensor,
					row, column)];
	}
}

const struct tensor *
parameters_find(const struct parameters *parameters, const char *name)
{
	for (size_t i = 0; i < parameters->tensors; i++)
		if (strcmp(parameters->tensor[i].name, name) == 0)
			return &parameters->tensor[i];
	return NULL;
}

bool
parameters_finite(const float *values, size_t count)
{
	enum { LANES = 16 };
	float sum[LANES] = {0}, all = 0;
	size_t i = 0;

	/* x * 0 is 0, or NaN if x is not finite; NaN stays in the sum */
	for (; i + LANES <= count; i += LANES)
		for (size_t l = 0; l < LANES; l++)
			sum[l] += values[i + l] * 0.0f;
	for (; i < count; i++)
		all += values[i] * 0.0f;
	for (size_t l = 0; l < LANES; l++)
		all += sum[l];
	return all == 0.0f;
}
