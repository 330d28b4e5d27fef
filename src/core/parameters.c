/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/parameters.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "core/kernel.h"

bool
parameters_add(struct parameters *parameters, const char *layer,
	const char *name, size_t rows, size_t columns,
	enum tensor_packing packing)
{
	struct tensor *tensor = &parameters->tensor[parameters->tensors];
	size_t size, bytes;

	if (parameters->tensors == PARAMETERS_TENSORS_MAX ||
		!memory_product(rows > 0 ? rows : 1, columns, &size) ||
		size > SIZE_MAX - parameters->total ||
		!memory_product(parameters->total + size, sizeof(float),
			&bytes))
		return false;
	snprintf(tensor->name, sizeof tensor->name, "%s.%s", layer, name);
	tensor->rows = rows;
	tensor->columns = columns;
	tensor->size = size;
	tensor->offset = parameters->total;
	tensor->packing = packing;
	parameters->total += size;
	parameters->tensors++;
	return true;
}

static size_t
blocks(const struct parameters *parameters, size_t count)
{
	return (count + parameters->lanes - 1) / parameters->lanes;
}

/* Rows of the tensor as a matrix: a vector is one row. */
static size_t
rows_of(const struct tensor *tensor)
{
	return tensor->rows > 0 ? tensor->rows : 1;
}

/* Give every tensor that is, or is not, at the end its place. */
static bool
place(struct parameters *parameters, bool at_end)
{
	for (size_t i = 0; i < parameters->tensors; i++) {
		struct tensor *tensor = &parameters->tensor[i];
		size_t units = tensor->columns / KERNEL_GATES, size;
		bool fits;

		if ((tensor->packing == TENSOR_RECURRENT) != at_end)
			continue;
		if (tensor->packing == TENSOR_ROWS)
			fits = memory_product(tensor->columns,
				blocks(parameters, rows_of(tensor)), &size);
		else if (tensor->packing == TENSOR_VECTOR)
			fits = memory_product(1,
				blocks(parameters, tensor->columns), &size);
		else
			fits = memory_product(rows_of(tensor) * KERNEL_GATES,
				blocks(parameters, units), &size);
		if (!fits || !memory_product(size, parameters->lanes, &size) ||
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
	parameters->lanes = lanes;
	parameters->packed_total = 0;
	if (!place(parameters, false))
		return false;
	parameters->packed_live = parameters->packed_total;
	return place(parameters, true);
}

/* Where an element stands in its packed tensor. */
static size_t
packed_index(const struct parameters *parameters, const struct tensor *tensor,
	size_t row, size_t column)
{
	size_t lanes = parameters->lanes;
	size_t units = tensor->columns / KERNEL_GATES, gate, unit;

	if (tensor->packing == TENSOR_ROWS)
		return column * blocks(parameters, rows_of(tensor)) * lanes +
			row;
	if (tensor->packing == TENSOR_VECTOR)
		return column;
	gate = column / units;
	unit = column % units;
	return ((unit / lanes * rows_of(tensor) + row) * KERNEL_GATES + gate) *
		lanes +
		unit % lanes;
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

	/* x * 0 is 0, or NaN where x is not finite; NaN stays in the sum */
	for (; i + LANES <= count; i += LANES)
		for (size_t l = 0; l < LANES; l++)
			sum[l] += values[i + l] * 0.0f;
	for (; i < count; i++)
		all += values[i] * 0.0f;
	for (size_t l = 0; l < LANES; l++)
		all += sum[l];
	return all == 0.0f;
}
