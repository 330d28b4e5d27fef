/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ONNX (https://onnx.ai): a graph of operators with its weights, in opset 14
 * and version 8 of the format, which older software reads too. The values and
 * their shapes, where F is the number of features and O that of outputs:
 *
 *	input	[batch, time, F], float; of one-to-many [batch, F]
 *	output	[batch, time, O], float; of many-to-one [batch, O], of
 *		one-to-many [batch, window, O]
 *
 * Of scaled data both are double, in the units of the data: a float would lose
 * what a scaled float keeps (task/scaling.h). The outputs of a mixture are its
 * parameters, which remain scaled floats. The outputs of a text are
 * probabilities. In the framing sequence a layer also has
 *
 *	LAYER.initial_h, LAYER.initial_c	[states, units], float
 *	LAYER.final_h, LAYER.final_c		[batch, units], float
 *
 * where `states` is batch or 1, for the same state of all sequences. Initial
 * states must be given: of inputs with a default, ONNX Runtime for JavaScript
 * ignores or refuses the given values. The operators need the time before the
 * batch: ONNX Runtime does not support their attribute layout.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/translate.h"
#include "core/model.h"
#include "export/export_describe.h"
#include "export/exporters.h"
#include "export/onnx_graph.h"
#include "export/onnx_layer.h"
#include "export/onnx_states.h"
#include "file/protobuf_writer.h"

enum {
	IR_VERSION = 8,
	OPSET = 14,
	/* a message has less than 2 GiB: room for weights and the graph */
	PARAMETERS_MAX = 500000000
};

/* Numbers of fields, from onnx.proto. */
enum {
	MODEL_IR_VERSION = 1,
	MODEL_PRODUCER_NAME = 2,
	MODEL_PRODUCER_VERSION = 3,
	MODEL_GRAPH = 7,
	MODEL_OPSET = 8,
	MODEL_METADATA = 14,

	OPSET_VERSION = 2,
	ENTRY_KEY = 1,
	ENTRY_VALUE = 2,
	GRAPH_NAME = 2
};

/* A graph that is being written. */
struct builder {
	const struct export_source *source;
	const struct model_shape *shape;
	const struct framing *framing;
	const struct scaling *scaling; /* NULL: nothing is scaled */
	bool scales_output, is_text;
	size_t window;
	struct bytes *graph;
	char last[ONNX_NAME_SIZE]; /* the value of the last node */
};

/* Remember the value of the last node. */
static void
set_last(struct builder *builder, const char *name)
{
	snprintf(builder->last, sizeof builder->last, "%s", name);
}

/* Add a node that reads the last value and perhaps another one. */
static void
follow(struct builder *builder, const char *operator_name, const char *other,
	const char *output)
{
	onnx_add_node(builder->graph, operator_name, builder->last, other,
		output);
	set_last(builder, output);
}

static void
cast(struct builder *builder, enum onnx_type type, const char *output)
{
	size_t node = onnx_begin_node(builder->graph, "Cast",
		(const char *[]){builder->last, NULL},
		(const char *[]){output, NULL});

	onnx_add_number(builder->graph, "to", type);
	protobuf_end(builder->graph, node);
	set_last(builder, output);
}

/* Exchange batch and time. */
static void
transpose(struct builder *builder, const char *output)
{
	size_t node = onnx_begin_node(builder->graph, "Transpose",
		(const char *[]){builder->last, NULL},
		(const char *[]){output, NULL});

	onnx_add_numbers(builder->graph, "perm", (uint64_t[]){1, 0, 2}, 3);
	protobuf_end(builder->graph, node);
	set_last(builder, output);
}

static void
add_doubles(struct builder *builder, const char *name, const double *values)
{
	struct onnx_place place = onnx_begin_constant(builder->graph, name,
		ONNX_DOUBLE,
		(struct onnx_shape){1, {{NULL, builder->scaling->features}}});

	bytes_add_doubles(builder->graph, values, builder->scaling->features);
	onnx_end_constant(builder->graph, place);
}

static void
add_constants(struct builder *builder)
{
	onnx_add_sizes(builder->graph, ONNX_ZERO, (uint64_t[]){0}, 1);
	onnx_add_sizes(builder->graph, ONNX_ONE, (uint64_t[]){1}, 1);
	if (builder->scaling != NULL) {
		add_doubles(builder, "offset", builder->scaling->offset);
		add_doubles(builder, "factor", builder->scaling->factor);
	}
}

/* Add the input, and its scaling; the last value becomes [time, batch, F]. */
static void
add_input(struct builder *builder)
{
	const struct onnx_dimension features = {NULL, builder->shape->inputs};
	struct onnx_shape shape = {3, {{"batch", 0}, {"time", 0}, features}};

	if (builder->framing->writes_window)
		shape = (struct onnx_shape){2, {{"batch", 0}, features}};
	onnx_add_input(builder->graph, "input",
		builder->scaling != NULL ? ONNX_DOUBLE : ONNX_FLOAT, shape);
	set_last(builder, "input");
	if (builder->scaling != NULL) {
		follow(builder, "Sub", "offset", "input.centred");
		follow(builder, "Div", "factor", "input.scaled");
		cast(builder, ONNX_FLOAT, "input.float");
	}
	if (!builder->framing->writes_window) {
		transpose(builder, "steps");
		return;
	}
	onnx_add_sizes(builder->graph, "repeat",
		(uint64_t[]){builder->window, 1, 1}, 3);
	follow(builder, "Expand", "repeat", "steps");
}

/*
 * Add a recurrent layer; the last value becomes [time, batch, units] or, of the
 * last step only, [batch, units].
 */
static void
add_layer(struct builder *builder, size_t layer)
{
	const struct export_source *source = builder->source;
	bool carries_state = builder->framing->carries_state;
	bool takes_last = builder->framing->reads_window &&
		layer + 1 == builder->shape->layers;
	char from[ONNX_NAME_SIZE], to[ONNX_NAME_SIZE];

	if (carries_state)
		onnx_add_initial_states(builder->graph, source, layer);
	onnx_add_layer(builder->graph, source, layer, builder->last,
		carries_state);
	set_last(builder,
		onnx_layer_value(source, layer, takes_last ? "Y_h" : "Y",
			from));
	follow(builder, "Squeeze", takes_last ? ONNX_ZERO : ONNX_ONE,
		onnx_layer_value(source, layer, "hidden", to));
	if (carries_state)
		onnx_add_final_states(builder->graph, source, layer);
}

static void
add_dense_constant(struct builder *builder, const char *name)
{
	const float *values;
	const struct tensor *tensor = export_source_tensor(builder->source,
		builder->shape->layers, name, &values);
	struct onnx_shape shape = {2,
		{{NULL, tensor->rows}, {NULL, tensor->columns}}};
	struct onnx_place place;

	if (tensor->rows == 0)
		shape = (struct onnx_shape){1, {{NULL, tensor->columns}}};
	place = onnx_begin_constant(builder->graph, tensor->name, ONNX_FLOAT,
		shape);
	bytes_add_floats(builder->graph, values, tensor->size);
	onnx_end_constant(builder->graph, place);
}

/* Whether the outputs of the dense layer are not those of the graph yet. */
static bool
has_conversion(const struct builder *builder)
{
	return builder->is_text || builder->scales_output;
}

/* The dense layer; the last value becomes [batch, time, O] or [batch, O]. */
static void
add_dense(struct builder *builder)
{
	const char *result = has_conversion(builder) ? "dense" : "output";
	bool is_one_step = builder->framing->reads_window;

	add_dense_constant(builder, "kernel");
	add_dense_constant(builder, "bias");
	follow(builder, "MatMul", "dense.kernel", "dense.product");
	follow(builder, "Add", "dense.bias",
		is_one_step ? result : "dense.steps");
	if (!is_one_step)
		transpose(builder, result);
}

/* Convert to probabilities of a text, or to the units of the data. */
static void
add_conversion(struct builder *builder)
{
	if (builder->is_text) {
		follow(builder, "Softmax", NULL, "output");
	} else {
		cast(builder, ONNX_DOUBLE, "output.scaled");
		follow(builder, "Mul", "factor", "output.centred");
		follow(builder, "Add", "offset", "output");
	}
}

/* Declare the output, as the first one. */
static void
add_output(struct builder *builder)
{
	const struct onnx_dimension outputs = {NULL, builder->shape->outputs};
	struct onnx_dimension steps = {"time", 0};
	struct onnx_shape shape;

	if (builder->framing->writes_window)
		steps = (struct onnx_dimension){NULL, builder->window};
	shape = (struct onnx_shape){3, {{"batch", 0}, steps, outputs}};
	if (builder->framing->reads_window)
		shape = (struct onnx_shape){2, {{"batch", 0}, outputs}};
	onnx_add_output(builder->graph, "output",
		builder->scales_output ? ONNX_DOUBLE : ONNX_FLOAT, shape);
}

static void
add_graph(struct bytes *model, const struct export_source *source)
{
	const struct settings *settings = run_settings(source->run);
	const struct scaling *scaling = run_scaling(source->run);
	bool is_scaled = scaling->features > 0;
	struct builder builder = {
		.source = source,
		.shape = &run_model(source->run)->shape,
		.framing = settings->framing,
		.scaling = is_scaled ? scaling : NULL,
		.scales_output = is_scaled && !settings->loss->is_density,
		.is_text = run_task(source->run)->is_text,
		.window = (size_t)settings->window,
		.graph = model,
	};
	size_t graph = protobuf_begin(model, MODEL_GRAPH);

	protobuf_add_text(model, GRAPH_NAME, source->name);
	add_constants(&builder);
	add_input(&builder);
	add_output(&builder);
	if (builder.framing->carries_state)
		onnx_add_batch(model, "input");
	for (size_t i = 0; i < builder.shape->layers; i++)
		add_layer(&builder, i);
	add_dense(&builder);
	if (has_conversion(&builder))
		add_conversion(&builder);
	protobuf_end(model, graph);
}

/* Add an entry for each member of the description: a string, or JSON text. */
static bool
add_metadata(struct bytes *model, const struct run *run, struct error *error)
{
	json_t *description = export_describe(run), *value;
	const char *key;
	bool good = description != NULL;

	json_object_foreach(description, key, value)
	{
		char *text = json_is_string(value)
			? memory_string(json_string_value(value))
			: json_dumps(value,
				  JSON_ENCODE_ANY | JSON_COMPACT |
					  JSON_REAL_PRECISION(17));
		size_t entry = protobuf_begin(model, MODEL_METADATA);

		protobuf_add_text(model, ENTRY_KEY, key);
		protobuf_add_text(model, ENTRY_VALUE, text != NULL ? text : "");
		protobuf_end(model, entry);
		good = good && text != NULL;
		free(text);
	}
	json_decref(description);
	return good || error_out_of_memory(error);
}

static bool
check_onnx(const struct run *run, struct error *error)
{
	const struct model *model = run_model(run);

	if (!onnx_has_cell(model->shape.cell))
		return error_set(error, "ONNX has no operator for the cell %s",
			model->shape.cell->kind.name);
	return model->parameters.total < PARAMETERS_MAX ||
		error_set(error,
			"the model is too large for ONNX, whose files "
			"have less than 2 GiB");
}

static bool
write_onnx(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	struct bytes *model = export_add_file(output, "");
	size_t opset;

	protobuf_add_number(model, MODEL_IR_VERSION, IR_VERSION);
	protobuf_add_text(model, MODEL_PRODUCER_NAME, PACKAGE_NAME);
	protobuf_add_text(model, MODEL_PRODUCER_VERSION, PACKAGE_VERSION);
	add_graph(model, source);
	opset = protobuf_begin(model, MODEL_OPSET);
	protobuf_add_number(model, OPSET_VERSION, OPSET);
	protobuf_end(model, opset);
	if (run_scaling(source->run)->features > 0 &&
		run_settings(source->run)->loss->is_density)
		snprintf(output->note, sizeof output->note,
			"The input is in the units of the data; the output, "
			"the parameters of the mixture, is scaled.");
	return add_metadata(model, source->run, error);
}

const struct exporter exporter_onnx = {
	.kind = {.name = "onnx",
		.summary = N_("ONNX graph, for ONNX Runtime and others")},
	.suffix = ".onnx",
	.check = check_onnx,
	.write = write_onnx,
};
