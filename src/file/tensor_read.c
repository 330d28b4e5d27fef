/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/tensor_read.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/translate.h"
#include "core/parameters.h"

/* Tensor names in a message, and their size. */
enum { TENSOR_NAMES_MAX = 6, TENSOR_NAMES_SIZE = 512 };

/* Write the first names to text[size]: "a, b, c and 7 more". */
static void
list_names(const struct safetensors_tensor *tensor, size_t count, char *text,
	size_t size)
{
	size_t length = 0, i;

	snprintf(text, size, "%s", count == 0 ? _("no tensor") : "");
	for (i = 0; i < count && i < TENSOR_NAMES_MAX; i++) {
		int added = snprintf(text + length, size - length, "%s%.60s",
			i > 0 ? ", " : "", tensor[i].name);

		if (added < 0 || length + (size_t)added >= size)
			return;
		length += (size_t)added;
	}
	if (i < count)
		snprintf(text + length, size - length, _(" and %zu more"),
			count - i);
}

bool
tensor_missing(const struct safetensors_tensor *tensor, size_t count,
	const char *name, struct error *error)
{
	char names[TENSOR_NAMES_SIZE];

	list_names(tensor, count, names, sizeof names);
	return error_set(error, "the tensor '%s' is missing; the file has: %s",
		name, names);
}

const struct safetensors_tensor *
tensor_find(const struct safetensors *file, const char *name,
	struct error *error)
{
	const struct safetensors_tensor *tensor = safetensors_find(file, name);
	size_t count = safetensors_count(file);

	if (tensor == NULL)
		tensor_missing(count > 0 ? safetensors_at(file, 0) : NULL,
			count, name, error);
	return tensor;
}

bool
tensor_has_shape(const struct safetensors_tensor *tensor, size_t rows,
	size_t columns)
{
	if (rows == 0)
		return tensor->dimensions == 1 && tensor->shape[0] == columns;
	return tensor->dimensions == 2 && tensor->shape[0] == rows &&
		tensor->shape[1] == columns;
}

char *
tensor_shape(const struct safetensors_tensor *tensor,
	char text[TENSOR_SHAPE_SIZE])
{
	size_t length = 0;

	for (size_t i = 0;
		i < tensor->dimensions && length < TENSOR_SHAPE_SIZE - 24; i++)
		length += (size_t)snprintf(text + length,
			TENSOR_SHAPE_SIZE - length, "%s%" PRIu64,
			i > 0 ? ", " : "[", tensor->shape[i]);
	snprintf(text + length, TENSOR_SHAPE_SIZE - length, "%s]",
		length == 0 ? "[" : "");
	return text;
}

char *
tensor_shape_expected(size_t rows, size_t columns, char text[TENSOR_SHAPE_SIZE])
{
	if (rows > 0)
		snprintf(text, TENSOR_SHAPE_SIZE, "[%zu, %zu]", rows, columns);
	else
		snprintf(text, TENSOR_SHAPE_SIZE, "[%zu]", columns);
	return text;
}

bool
tensor_check(const struct safetensors *file, const char *name, size_t rows,
	size_t columns, struct error *error)
{
	const struct safetensors_tensor *tensor =
		tensor_find(file, name, error);
	char actual[TENSOR_SHAPE_SIZE], expected[TENSOR_SHAPE_SIZE];

	if (tensor == NULL)
		return false;
	if (!tensor_has_shape(tensor, rows, columns))
		return error_set(error,
			"the tensor '%s' has the shape %s instead of %s, which "
			"the settings require",
			name, tensor_shape(tensor, actual),
			tensor_shape_expected(rows, columns, expected));
	return true;
}

/* Convert IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
static float
from_half(uint16_t half)
{
	int exponent = half >> 10 & 31, fraction = half & 1023;
	float value;

	if (exponent == 31)
		value = fraction != 0 ? NAN : INFINITY;
	else if (exponent == 0)
		value = (float)fraction * 0x1p-24f;
	else
		value = ldexpf((float)(fraction + 1024), exponent - 25);
	return half >> 15 ? -value : value;
}

/* Convert bfloat16: the upper half of a float. */
static float
from_bfloat(uint16_t upper)
{
	uint32_t bits = (uint32_t)upper << 16;
	float value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

static void
read_halves(const struct safetensors_tensor *tensor, float (*convert)(uint16_t),
	float *values)
{
	for (size_t i = 0; i < tensor->count; i++) {
		uint16_t half;

		byte_order_little(&half, tensor->data + i * sizeof half,
			sizeof half, 1);
		values[i] = convert(half);
	}
}

/* Read F64. A number out of float's range becomes infinity. */
static void
read_doubles(const struct safetensors_tensor *tensor, float *values)
{
	for (size_t i = 0; i < tensor->count; i++) {
		double value;

		byte_order_little(&value, tensor->data + i * sizeof value,
			sizeof value, 1);
		if (fabs(value) > (double)FLT_MAX)
			values[i] = INFINITY;
		else
			values[i] = (float)value;
	}
}

bool
tensor_values(const struct safetensors_tensor *tensor, float *values,
	struct error *error)
{
	if (strcmp(tensor->type, "F32") == 0)
		byte_order_little(values, tensor->data, sizeof *values,
			(size_t)tensor->count);
	else if (strcmp(tensor->type, "F64") == 0)
		read_doubles(tensor, values);
	else if (strcmp(tensor->type, "F16") == 0)
		read_halves(tensor, from_half, values);
	else if (strcmp(tensor->type, "BF16") == 0)
		read_halves(tensor, from_bfloat, values);
	else
		return error_set(error,
			"the tensor '%s' has the type %s instead of F32, F64, "
			"F16 or BF16",
			tensor->name, tensor->type);
	if (!parameters_finite(values, (size_t)tensor->count))
		return error_set(error,
			"the tensor '%s' contains NaN, infinity or a number "
			"out of float's range",
			tensor->name);
	return true;
}

bool
tensor_read(const struct safetensors *file, const char *name, size_t rows,
	size_t columns, float *values, struct error *error)
{
	return tensor_check(file, name, rows, columns, error) &&
		tensor_values(safetensors_find(file, name), values, error);
}
