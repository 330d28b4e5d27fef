/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write the parts of an ONNX graph: nodes, constants, inputs and outputs
 * (onnx.proto of https://github.com/onnx/onnx). Each function adds a field of a
 * GraphProto to bytes. A node must be added after those whose outputs it reads.
 */
#ifndef LSTMTUI_EXPORT_ONNX_GRAPH_H
#define LSTMTUI_EXPORT_ONNX_GRAPH_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

enum onnx_type { ONNX_FLOAT = 1, ONNX_INT64 = 7, ONNX_DOUBLE = 11 };

enum {
	ONNX_NAME_SIZE = 64, /* buffer for the name of a value */
	ONNX_RANK_MAX = 4
};

/* Names of constant vectors of one number, which every graph has. */
#define ONNX_ZERO "zero"
#define ONNX_ONE "one"

/* A size, or a name if the size is open. */
struct onnx_dimension {
	const char *name;
	size_t size;
};

struct onnx_shape {
	size_t rank;
	struct onnx_dimension dimension[ONNX_RANK_MAX];
};

/*
 * Begin a node, an operator that reads `inputs` and computes `outputs`: lists
 * of names that end with NULL. "" is an omitted input. The attributes follow;
 * end the node with protobuf_end, which gets the returned place.
 */
size_t onnx_begin_node(struct bytes *graph, const char *operator_name,
	const char *const *inputs, const char *const *outputs);

/* Attributes of a node. */
void onnx_add_number(struct bytes *graph, const char *name, uint64_t number);
void onnx_add_numbers(struct bytes *graph, const char *name,
	const uint64_t *numbers, size_t count);
void onnx_add_real(struct bytes *graph, const char *name, float number);
void onnx_add_names(struct bytes *graph, const char *name,
	const char *const *names, size_t count);

/* Add a node of one or two inputs (NULL: one) without attributes. */
void onnx_add_node(struct bytes *graph, const char *operator_name,
	const char *input, const char *other, const char *output);

/*
 * Begin a constant of this shape, without open sizes. Its values follow as
 * bytes, lowest byte first; end it with onnx_end_constant, which gets *place.
 */
struct onnx_place {
	size_t constant, values;
};
struct onnx_place onnx_begin_constant(struct bytes *graph, const char *name,
	enum onnx_type type, struct onnx_shape shape);
void onnx_end_constant(struct bytes *graph, struct onnx_place place);

/* Add a constant vector of sizes or axes. */
void onnx_add_sizes(struct bytes *graph, const char *name, const uint64_t *size,
	size_t count);

/* Add an input or an output of the graph. */
void onnx_add_input(struct bytes *graph, const char *name, enum onnx_type type,
	struct onnx_shape shape);
void onnx_add_output(struct bytes *graph, const char *name, enum onnx_type type,
	struct onnx_shape shape);

#endif
