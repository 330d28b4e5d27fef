/*
 * All parameters of a model stand in one contiguous array; so do their
 * gradients and each of the optimizer's moments. A struct parameters is the
 * table that says where in such an array each named tensor lies. Tensors
 * have Keras's names and layout.
 */
#ifndef LSTMTUI_CORE_PARAMETERS_H
#define LSTMTUI_CORE_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PARAMETERS_LAYERS_MOST = 16,
	/* kernel, recurrent kernel and bias a layer; kernel and bias of dense */
	PARAMETERS_TENSORS_MOST = 3 * PARAMETERS_LAYERS_MOST + 2,
	PARAMETERS_NAME_SIZE = 32
};

struct tensor {
	char name[PARAMETERS_NAME_SIZE]; /* "lstm.kernel", "dense.bias", ... */
	size_t rows, columns; /* row-major; a vector has 0 rows */
	size_t size;          /* how many floats */
	size_t offset;        /* of its first float in the array */
};

struct parameters {
	size_t tensors;
	size_t total; /* floats in the whole array */
	struct tensor tensor[PARAMETERS_TENSORS_MOST];
};

/*
 * Add a tensor behind the others; rows 0 makes a vector of `columns`.
 * Returns false when the array would exceed what memory can address.
 */
bool parameters_add(struct parameters *parameters, const char *layer,
	const char *name, size_t rows, size_t columns);

/* The tensor of that name, or NULL. */
const struct tensor *parameters_find(const struct parameters *parameters,
	const char *name);

/* True when none of the count values is NaN or infinite. */
bool parameters_finite(const float *values, size_t count);

#endif
