/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tensors of a safetensors file as float numbers of a known shape, whatever
 * type the file keeps them in.
 */
#ifndef LSTMTUI_FILE_TENSOR_READ_H
#define LSTMTUI_FILE_TENSOR_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "file/safetensors.h"

/* Find a tensor; the message for a missing one names what the file has. */
const struct safetensors_tensor *tensor_find(const struct safetensors *file,
	const char *name, struct error *error);

/* Whether it has this shape: [rows, columns], or [columns] where rows is 0. */
bool tensor_has_shape(const struct safetensors_tensor *tensor, size_t rows,
	size_t columns);

enum { TENSOR_SHAPE_SIZE = 64 };

/* "[2, 40]", cut off where it has many dimensions; returns text. */
char *tensor_shape(const struct safetensors_tensor *tensor,
	char text[TENSOR_SHAPE_SIZE]);
char *tensor_shape_wanted(size_t rows, size_t columns,
	char text[TENSOR_SHAPE_SIZE]);

/* That it is there and has the shape that the file's own settings say. */
bool tensor_check(const struct safetensors *file, const char *name, size_t rows,
	size_t columns, struct error *error);

/*
 * Read values[count] of a tensor of as many elements, of the type F32, F64,
 * F16 or BF16. Returns false for another type, NaN, infinity, or a number
 * beyond float's range.
 */
bool tensor_values(const struct safetensors_tensor *tensor, float *values,
	struct error *error);

/* tensor_check, then tensor_values. */
bool tensor_read(const struct safetensors *file, const char *name, size_t rows,
	size_t columns, float *values, struct error *error);

#endif
