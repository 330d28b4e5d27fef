/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/onnx_layer.h"

#include <assert.h>
#include <stdio.h>

#include "core/model.h"
#include "export/onnx_graph.h"
#include "file/protobuf_writer.h"

enum { GATES_MAX = 4 };

/* The operator of a cell. */
struct recurrent {
	const struct cell *cell;
	const char *name;
	size_t gate[GATES_MAX]; /* its gates, as blocks of our columns */
};

static const struct recurrent operators[] = {
	{&cell_lstm, "LSTM", {0, 3, 1, 2}}, /* i, o, f, c of i, f, c, o */
	{&cell_gru, "GRU", {0, 1, 2}},      /* z, r, h as ours */
	{&cell_rnn, "RNN", {0}},
};

static const struct recurrent *
find_operator(const struct cell *cell)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (operators[i].cell == cell)
			return &operators[i];
	return NULL;
}

bool
onnx_has_cell(const struct cell *cell)
{
	return find_operator(cell) != NULL;
}

/* The same for a cell that has an operator. */
static const struct recurrent *
operator_of(const struct cell *cell)
{
	const struct recurrent *found = find_operator(cell);

	assert(found != NULL);
	return found;
}

/* Add rows of a matrix as columns, the gates in the operator's order. */
static void
add_transposed(struct bytes *graph, const struct recurrent *recurrent,
	size_t units, size_t rows, const float *values)
{
	size_t gates = recurrent->cell->gates;

	for (size_t g = 0; g < gates; g++)
		for (size_t u = 0; u < units; u++)
			for (size_t r = 0; r < rows; r++)
				bytes_add_floats(graph,
					values + r * gates * units +
						recurrent->gate[g] * units + u,
					1);
}

const char *
onnx_layer_value(const struct export_source *source, size_t layer,
	const char *name, char text[ONNX_NAME_SIZE])
{
	char layer_name[PARAMETERS_NAME_SIZE];

	snprintf(text, ONNX_NAME_SIZE, "%s.%s",
		model_layer_name(run_model(source->run), layer, layer_name),
		name);
	return text;
}

/* Add a kernel [rows, gates · units] as a constant [1, gates · units, rows]. */
static void
add_kernel(struct bytes *graph, const struct export_source *source,
	size_t layer, const char *kernel, const char *name)
{
	const struct model_shape *shape = &run_model(source->run)->shape;
	const float *values;
	const struct tensor *tensor =
		export_source_tensor(source, layer, kernel, &values);
	char text[ONNX_NAME_SIZE];
	struct onnx_place place = onnx_begin_constant(graph,
		onnx_layer_value(source, layer, name, text), ONNX_FLOAT,
		(struct onnx_shape){3,
			{{NULL, 1}, {NULL, tensor->columns},
				{NULL, tensor->rows}}});

	add_transposed(graph, operator_of(shape->cell), shape->units[layer],
		tensor->rows, values);
	onnx_end_constant(graph, place);
}

/*
 * Add the constant B, [1, 2 · gates · units]: the bias of the input and that of
 * the state, which is 0 unless the cell has one.
 */
static void
add_bias(struct bytes *graph, const struct export_source *source, size_t layer)
{
	const struct model_shape *shape = &run_model(source->run)->shape;
	const struct recurrent *recurrent = operator_of(shape->cell);
	size_t units = shape->units[layer];
	const float *values;
	const struct tensor *tensor =
		export_source_tensor(source, layer, "bias", &values);
	char text[ONNX_NAME_SIZE];
	struct onnx_place place = onnx_begin_constant(graph,
		onnx_layer_value(source, layer, "B", text), ONNX_FLOAT,
		(struct onnx_shape){2,
			{{NULL, 1}, {NULL, 2 * tensor->columns}}});

	add_transposed(graph, recurrent, units, 1, values);
	if (shape->cell->bias_rows == 2)
		add_transposed(graph, recurrent, units, 1,
			values + tensor->columns);
	else
		for (size_t i = 0; i < tensor->columns; i++)
			bytes_add_floats(graph, &(float){0}, 1);
	onnx_end_constant(graph, place);
}

static void
add_attributes(struct bytes *graph, const struct model_shape *shape,
	size_t layer)
{
	const struct cell *cell = shape->cell;

	onnx_add_number(graph, "hidden_size", shape->units[layer]);
	if (cell == &cell_gru)
		onnx_add_number(graph, "linear_before_reset", 1);
	if (!cell->is_gated || shape->recurrent_activation == NULL ||
		!shape->recurrent_activation->is_hard)
		return;
	/* the gates, the candidate and, of an LSTM, the output */
	onnx_add_names(graph, "activations",
		(const char *[]){"HardSigmoid", "Tanh", "Tanh"},
		cell->has_cell_state ? 3 : 2);
	onnx_add_real(graph, "activation_alpha", 0.2F);
	onnx_add_real(graph, "activation_beta", 0.5F);
}

void
onnx_add_layer(struct bytes *graph, const struct export_source *source,
	size_t layer, const char *input, bool has_state)
{
	static const char *const name[] = {"W", "R", "B", "first_h", "first_c",
		"Y", "Y_h", "Y_c"};
	enum { W, R, B, FIRST_H, FIRST_C, Y, Y_H, Y_C, NAMES };
	const struct model_shape *shape = &run_model(source->run)->shape;
	bool has_cell = shape->cell->has_cell_state;
	char text[NAMES][ONNX_NAME_SIZE];
	size_t node;

	add_kernel(graph, source, layer, "kernel", "W");
	add_kernel(graph, source, layer, "recurrent_kernel", "R");
	add_bias(graph, source, layer);
	for (size_t i = 0; i < NAMES; i++)
		onnx_layer_value(source, layer, name[i], text[i]);
	/* the fifth input is the lengths of the sequences: all are whole */
	node = onnx_begin_node(graph, operator_of(shape->cell)->name,
		(const char *[]){input, text[W], text[R], text[B],
			has_state ? "" : NULL, text[FIRST_H],
			has_cell ? text[FIRST_C] : NULL, NULL},
		(const char *[]){text[Y], text[Y_H],
			has_cell ? text[Y_C] : NULL, NULL});
	add_attributes(graph, shape, layer);
	protobuf_end(graph, node);
}
