/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/onnx_graph.h"

#include <assert.h>

#include "file/protobuf_writer.h"

/* Numbers of fields, from onnx.proto. */
enum {
	GRAPH_NODE = 1,
	GRAPH_INITIALIZER = 5,
	GRAPH_INPUT = 11,
	GRAPH_OUTPUT = 12,

	NODE_INPUT = 1,
	NODE_OUTPUT = 2,
	NODE_NAME = 3,
	NODE_OPERATOR = 4,
	NODE_ATTRIBUTE = 5,

	ATTRIBUTE_NAME = 1,
	ATTRIBUTE_INT = 3,
	ATTRIBUTE_FLOATS = 7,
	ATTRIBUTE_INTS = 8,
	ATTRIBUTE_STRINGS = 9,
	ATTRIBUTE_TYPE = 20,

	TENSOR_DIMENSION = 1,
	TENSOR_TYPE = 2,
	TENSOR_NAME = 8,
	TENSOR_BYTES = 9,

	VALUE_NAME = 1,
	VALUE_TYPE = 2,
	TYPE_TENSOR = 1,
	TYPE_ELEMENT = 1,
	TYPE_SHAPE = 2,
	SHAPE_DIMENSION = 1,
	DIMENSION_SIZE = 1,
	DIMENSION_NAME = 2
};

/* Values of ATTRIBUTE_TYPE. */
enum { TYPE_INT = 2, TYPE_FLOATS = 6, TYPE_INTS = 7, TYPE_STRINGS = 8 };

size_t
onnx_begin_node(struct bytes *graph, const char *operator_name,
	const char *const *inputs, const char *const *outputs)
{
	size_t node = protobuf_begin(graph, GRAPH_NODE);

	protobuf_add_text(graph, NODE_NAME, outputs[0]);
	protobuf_add_text(graph, NODE_OPERATOR, operator_name);
	for (size_t i = 0; inputs[i] != NULL; i++)
		protobuf_add_text(graph, NODE_INPUT, inputs[i]);
	for (size_t i = 0; outputs[i] != NULL; i++)
		protobuf_add_text(graph, NODE_OUTPUT, outputs[i]);
	return node;
}

void
onnx_add_node(struct bytes *graph, const char *operator_name, const char *input,
	const char *other, const char *output)
{
	const char *const inputs[] = {input, other, NULL};
	const char *const outputs[] = {output, NULL};

	protobuf_end(graph,
		onnx_begin_node(graph, operator_name, inputs, outputs));
}

static size_t
begin_attribute(struct bytes *graph, const char *name, uint64_t type)
{
	size_t attribute = protobuf_begin(graph, NODE_ATTRIBUTE);

	protobuf_add_text(graph, ATTRIBUTE_NAME, name);
	protobuf_add_number(graph, ATTRIBUTE_TYPE, type);
	return attribute;
}

void
onnx_add_number(struct bytes *graph, const char *name, uint64_t number)
{
	size_t attribute = begin_attribute(graph, name, TYPE_INT);

	protobuf_add_number(graph, ATTRIBUTE_INT, number);
	protobuf_end(graph, attribute);
}

void
onnx_add_numbers(struct bytes *graph, const char *name, const uint64_t *numbers,
	size_t count)
{
	size_t attribute = begin_attribute(graph, name, TYPE_INTS);

	for (size_t i = 0; i < count; i++)
		protobuf_add_number(graph, ATTRIBUTE_INTS, numbers[i]);
	protobuf_end(graph, attribute);
}

void
onnx_add_real(struct bytes *graph, const char *name, float number)
{
	size_t attribute = begin_attribute(graph, name, TYPE_FLOATS);

	protobuf_add_float(graph, ATTRIBUTE_FLOATS, number);
	protobuf_end(graph, attribute);
}

void
onnx_add_names(struct bytes *graph, const char *name, const char *const *names,
	size_t count)
{
	size_t attribute = begin_attribute(graph, name, TYPE_STRINGS);

	for (size_t i = 0; i < count; i++)
		protobuf_add_text(graph, ATTRIBUTE_STRINGS, names[i]);
	protobuf_end(graph, attribute);
}

struct onnx_place
onnx_begin_constant(struct bytes *graph, const char *name, enum onnx_type type,
	struct onnx_shape shape)
{
	struct onnx_place place;

	place.constant = protobuf_begin(graph, GRAPH_INITIALIZER);
	for (size_t i = 0; i < shape.rank; i++) {
		assert(shape.dimension[i].name == NULL);
		protobuf_add_number(graph, TENSOR_DIMENSION,
			shape.dimension[i].size);
	}
	protobuf_add_number(graph, TENSOR_TYPE, type);
	protobuf_add_text(graph, TENSOR_NAME, name);
	place.values = protobuf_begin(graph, TENSOR_BYTES);
	return place;
}

void
onnx_end_constant(struct bytes *graph, struct onnx_place place)
{
	protobuf_end(graph, place.values);
	protobuf_end(graph, place.constant);
}

void
onnx_add_sizes(struct bytes *graph, const char *name, const uint64_t *size,
	size_t count)
{
	struct onnx_place place = onnx_begin_constant(graph, name, ONNX_INT64,
		(struct onnx_shape){1, {{NULL, count}}});

	for (size_t i = 0; i < count; i++)
		bytes_add_number(graph, size[i], sizeof size[i]);
	onnx_end_constant(graph, place);
}

/* Add a ValueInfoProto. */
static void
add_value(struct bytes *graph, unsigned field, const char *name,
	enum onnx_type type, struct onnx_shape shape)
{
	size_t value = protobuf_begin(graph, field), of, tensor, sizes;

	protobuf_add_text(graph, VALUE_NAME, name);
	of = protobuf_begin(graph, VALUE_TYPE);
	tensor = protobuf_begin(graph, TYPE_TENSOR);
	protobuf_add_number(graph, TYPE_ELEMENT, type);
	sizes = protobuf_begin(graph, TYPE_SHAPE);
	for (size_t i = 0; i < shape.rank; i++) {
		const struct onnx_dimension *open = &shape.dimension[i];
		size_t dimension = protobuf_begin(graph, SHAPE_DIMENSION);

		if (open->name != NULL)
			protobuf_add_text(graph, DIMENSION_NAME, open->name);
		else
			protobuf_add_number(graph, DIMENSION_SIZE, open->size);
		protobuf_end(graph, dimension);
	}
	protobuf_end(graph, sizes);
	protobuf_end(graph, tensor);
	protobuf_end(graph, of);
	protobuf_end(graph, value);
}

void
onnx_add_input(struct bytes *graph, const char *name, enum onnx_type type,
	struct onnx_shape shape)
{
	add_value(graph, GRAPH_INPUT, name, type, shape);
}

void
onnx_add_output(struct bytes *graph, const char *name, enum onnx_type type,
	struct onnx_shape shape)
{
	add_value(graph, GRAPH_OUTPUT, name, type, shape);
}
