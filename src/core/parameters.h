/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All parameters of a model stand in one contiguous array; so do their
 * gradients and each of the optimizer's moments. A struct parameters is the
 * table that says where in such an array each named tensor lies.
 *
 * There are two forms of the array. The plain one is what files and tests
 * see: tensors one behind the other, row-major, with Keras's names and
 * layout. The packed one is what training works on: in the kernel's blocks
 * of lanes (see kernel.h), zeros in between, and what cannot learn from zero
 * state (the recurrent kernels) at the end.
 */
#ifndef LSTMTUI_CORE_PARAMETERS_H
#define LSTMTUI_CORE_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PARAMETERS_LAYERS_MAX = 16,
	/* a layer: kernel, recurrent kernel, bias; dense: kernel, bias */
	PARAMETERS_TENSORS_MAX = 3 * PARAMETERS_LAYERS_MAX + 2,
	PARAMETERS_NAME_SIZE = 32
};

/* What a tensor is, which says how it is packed; L lanes. */
enum tensor_role {
	/*
	 * Weights of a recurrent layer: columns are gates · units, packed in
	 * panels, [panels, rows, gates · blocks of a panel, L]
	 */
	TENSOR_KERNEL,
	TENSOR_RECURRENT, /* at the array's end */
	TENSOR_BIAS,      /* of one row or some */
	/* weights of a dense layer */
	TENSOR_DENSE_KERNEL, /* [columns, rows in blocks of L]: transposed */
	TENSOR_DENSE_BIAS    /* [columns in blocks of L]: a vector */
};

struct tensor {
	char name[PARAMETERS_NAME_SIZE]; /* "lstm.kernel", "dense.bias", ... */
	enum tensor_role role;
	size_t rows, columns; /* row-major; a vector has 0 rows */
	size_t gates;         /* of a recurrent layer, else 0 */
	size_t first_gate;    /* stands first in a panel, others in turn */
	size_t size;          /* how many floats */
	size_t offset;        /* of its first float in the plain array */
	size_t packed_size, packed_offset;
};

struct parameters {
	size_t lanes;
	size_t tensors;
	size_t total;        /* floats in the plain array */
	size_t packed_total; /* floats in the packed array */
	size_t packed_live;  /* of these, without the recurrent kernels */
	struct tensor tensor[PARAMETERS_TENSORS_MAX];
};

/*
 * Add LAYER.NAME behind the other tensors, of the role, rows, columns, gates
 * and first gate of `tensor`; rows 0 makes a vector. Returns false when the
 * array would exceed what memory can address.
 */
bool parameters_add(struct parameters *parameters, const char *layer,
	const char *name, const struct tensor *tensor);

/*
 * Place all of them in the packed array of a kernel with so many lanes; after
 * the last parameters_add.
 */
bool parameters_pack(struct parameters *parameters, size_t lanes);

/* From one form to the other: plain[total], packed[packed_total]. */
void parameters_scatter(const struct parameters *parameters, const float *plain,
	float *packed);
void parameters_gather(const struct parameters *parameters, const float *packed,
	float *plain);

/* The tensor of that name, or NULL. */
const struct tensor *parameters_find(const struct parameters *parameters,
	const char *name);

/* True when none of the count values is NaN or infinite. */
bool parameters_finite(const float *values, size_t count);

#endif
