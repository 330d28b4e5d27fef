/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read tensors of a safetensors file as floats, whatever their type in the
 * file, and check their shapes.
 */
#ifndef LSTMTUI_FILE_TENSOR_READ_H
#define LSTMTUI_FILE_TENSOR_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "file/safetensors.h"

/*
 * Set the error of a tensor that is not among tensor[count], with their names.
 * Return false.
 */
bool tensor_missing(const struct safetensors_tensor *tensor, size_t count,
	const char *name, struct error *error);

/* Find a tensor. The message for a missing one lists the file's tensors. */
const struct safetensors_tensor *tensor_find(const struct safetensors *file,
	const char *name, struct error *error);

/* Return true for the shape [rows, columns], or [columns] if rows is 0. */
bool tensor_has_shape(const struct safetensors_tensor *tensor, size_t rows,
	size_t columns);

enum { TENSOR_SHAPE_SIZE = 64 };

/*
 * Write a tensor's shape, or a given shape, as "[2, 40]"; the text of a shape
 * with many dimensions is cut off. Return text.
 */
char *tensor_shape(const struct safetensors_tensor *tensor,
	char text[TENSOR_SHAPE_SIZE]);
char *tensor_shape_expected(size_t rows, size_t columns,
	char text[TENSOR_SHAPE_SIZE]);

/*
 * Check that a tensor exists and has the shape that the file's settings
 * require: [rows, columns], or [columns] if rows is 0.
 */
bool tensor_check(const struct safetensors *file, const char *name, size_t rows,
	size_t columns, struct error *error);

/*
 * Convert a tensor of type F32, F64, F16 or BF16 to values[tensor->count].
 * Return false for another type, NaN, infinity, or a number out of float's
 * range.
 */
bool tensor_values(const struct safetensors_tensor *tensor, float *values,
	struct error *error);

/* Call tensor_check, then tensor_values. */
bool tensor_read(const struct safetensors *file, const char *name, size_t rows,
	size_t columns, float *values, struct error *error);

#endif
