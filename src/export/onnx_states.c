/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/onnx_states.h"

#include "core/model.h"
#include "export/onnx_graph.h"
#include "export/onnx_layer.h"
#include "file/protobuf_writer.h"

/* A state, in the order of the operators: the names of its values. */
struct state {
	const char *initial, *first, *last, *final;
};

static const struct state states[] = {
	{"initial_h", "first_h", "Y_h", "final_h"},
	{"initial_c", "first_c", "Y_c", "final_c"},
};

/* Return how many of the states a model has. */
static size_t
count_states(const struct export_source *source)
{
	return cell_states(run_model(source->run)->shape.cell);
}

void
onnx_add_batch(struct bytes *graph, const char *input)
{
	onnx_add_node(graph, "Shape", input, NULL, "input.shape");
	onnx_add_node(graph, "Gather", "input.shape", ONNX_ZERO, "batch");
}

/* Add the shape of a layer's states for its operator, [1, batch, units]. */
static void
add_shape(struct bytes *graph, size_t units, const char *units_name,
	const char *shape)
{
	size_t node;

	onnx_add_sizes(graph, units_name, &(uint64_t){units}, 1);
	node = onnx_begin_node(graph, "Concat",
		(const char *[]){ONNX_ONE, "batch", units_name, NULL},
		(const char *[]){shape, NULL});
	onnx_add_number(graph, "axis", 0);
	protobuf_end(graph, node);
}

void
onnx_add_initial_states(struct bytes *graph, const struct export_source *source,
	size_t layer)
{
	size_t units = run_model(source->run)->shape.units[layer];
	const struct onnx_shape sizes = {2, {{"states", 0}, {NULL, units}}};
	char shape[ONNX_NAME_SIZE], from[ONNX_NAME_SIZE], to[ONNX_NAME_SIZE];

	onnx_layer_value(source, layer, "state_shape", shape);
	add_shape(graph, units, onnx_layer_value(source, layer, "units", from),
		shape);
	for (size_t i = 0; i < count_states(source); i++) {
		onnx_layer_value(source, layer, states[i].initial, from);
		onnx_layer_value(source, layer, states[i].first, to);
		onnx_add_input(graph, from, ONNX_FLOAT, sizes);
		onnx_add_node(graph, "Expand", from, shape, to);
	}
}

void
onnx_add_final_states(struct bytes *graph, const struct export_source *source,
	size_t layer)
{
	size_t units = run_model(source->run)->shape.units[layer];
	const struct onnx_shape sizes = {2, {{"batch", 0}, {NULL, units}}};
	char from[ONNX_NAME_SIZE], to[ONNX_NAME_SIZE];

	for (size_t i = 0; i < count_states(source); i++) {
		onnx_layer_value(source, layer, states[i].last, from);
		onnx_layer_value(source, layer, states[i].final, to);
		onnx_add_node(graph, "Squeeze", from, ONNX_ZERO, to);
		onnx_add_output(graph, to, ONNX_FLOAT, sizes);
	}
}
