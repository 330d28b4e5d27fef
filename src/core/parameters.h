/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of a model's parameters: the place of each named tensor in one
 * contiguous array. The gradients and each of the optimizer's moments are
 * arrays with the same layout.
 *
 * The array has two forms. Files and tests use the plain form: tensors one
 * after the other, row-major, with Keras's names and layout. Training uses the
 * packed form: in the kernel's blocks of lanes (see kernel.h), padded with
 * zeros, with the recurrent kernels at the end, since they do not learn from
 * zero state.
 */
#ifndef LSTMTUI_CORE_PARAMETERS_H
#define LSTMTUI_CORE_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PARAMETERS_LAYERS_MAX = 16,
	/* kernel, recurrent kernel, bias of a layer; kernel, bias of dense */
	PARAMETERS_TENSORS_MAX = 3 * PARAMETERS_LAYERS_MAX + 2,
	PARAMETERS_NAME_SIZE = 32
};

/* The role of a tensor decides how it is packed; L is lanes. */
enum tensor_role {
	/*
	 * Weights of a recurrent layer: gates · units columns, packed in
	 * panels, [panels, rows, gates · blocks of a panel, L]
	 */
	TENSOR_KERNEL,
	TENSOR_RECURRENT, /* at the end of the array */
	TENSOR_BIAS,      /* a vector, or a matrix of a few rows */
	/* weights of a dense layer */
	TENSOR_DENSE_KERNEL, /* [columns, rows in blocks of L]: transposed */
	TENSOR_DENSE_BIAS    /* [columns in blocks of L]: a vector */
};

struct tensor {
	char name[PARAMETERS_NAME_SIZE]; /* "lstm.kernel", "dense.bias", ... */
	enum tensor_role role;
	size_t rows, columns; /* row-major; a vector has 0 rows */
	size_t gates;         /* of a recurrent layer; 0 for the dense layer */
	/* first in a panel; the others follow in cyclic order */
	size_t first_gate;
	size_t size;   /* number of floats */
	size_t offset; /* of the first float in the plain array */
	size_t packed_size, packed_offset;
};

struct parameters {
	size_t lanes;
	size_t tensors;
	size_t total;        /* floats in the plain array */
	size_t packed_total; /* floats in the packed array */
	size_t packed_live;  /* floats before the recurrent kernels */
	struct tensor tensor[PARAMETERS_TENSORS_MAX];
};

/*
 * Append a tensor LAYER.NAME with the role, rows, columns, gates and first gate
 * of `tensor`; 0 rows make a vector. Returns false if the array would exceed
 * the address space.
 */
bool parameters_add(struct parameters *parameters, const char *layer,
	const char *name, const struct tensor *tensor);

/*
 * Lay out the packed array for a kernel of `lanes` lanes, after the last
 * parameters_add. Returns false if the array would exceed the address space.
 */
bool parameters_pack(struct parameters *parameters, size_t lanes);

/* Convert plain[total] to packed[packed_total], and back. */
void parameters_scatter(const struct parameters *parameters, const float *plain,
	float *packed);
void parameters_gather(const struct parameters *parameters, const float *packed,
	float *plain);

/* Find a tensor by name, or return NULL. */
const struct tensor *parameters_find(const struct parameters *parameters,
	const char *name);

/* Whether all values[count] are finite. */
bool parameters_finite(const float *values, size_t count);

#endif
