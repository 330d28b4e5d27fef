/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layers of the exporter c: what they remember, and a step of them. */
#include <assert.h>

#include "core/cell.h"
#include "export/c_code.h"
#include "export/export_c_private.h"

/* How a cell is written. */
struct c_cell {
	const struct cell *cell;
	const char *code; /* of @_cell */
	bool has_cell_state;
	bool has_recurrent_bias; /* the products with h are apart, in s */
};

static const struct c_cell cells[] = {
	{&cell_lstm, c_code_lstm, true, false},
	{&cell_gru, c_code_gru, false, true},
	{&cell_rnn, c_code_rnn, false, false},
};

static const struct c_cell *
code_of(const struct run *run)
{
	size_t i = 0;

	while (i + 1 < sizeof cells / sizeof cells[0] &&
		cells[i].cell != run_settings(run)->cell)
		i++;
	assert(cells[i].cell == run_settings(run)->cell);
	return &cells[i];
}

static size_t
units_of(const struct export_c *export, size_t layer)
{
	return run_model(export->source->run)->shape.units[layer];
}

static size_t
layers_of(const struct export_c *export)
{
	return run_model(export->source->run)->shape.layers;
}

void
export_c_add_memory(const struct export_c *export)
{
	const struct model *model = run_model(export->source->run);
	bool has_cell_state = code_of(export->source->run)->has_cell_state;

	for (size_t l = 0; l < layers_of(export); l++) {
		char name[PARAMETERS_NAME_SIZE];

		model_layer_name(model, l, name);
		bytes_add_format(export->out.bytes,
			"\tfloat %s_h[%zu]; /* output of the layer */\n", name,
			units_of(export, l));
		if (has_cell_state)
			bytes_add_format(export->out.bytes,
				"\tfloat %s_c[%zu]; /* its cell state */\n",
				name, units_of(export, l));
	}
}

void
export_c_add_layers(const struct export_c *export)
{
	const struct run *run = export->source->run;
	const struct cell *cell = run_settings(run)->cell;
	const struct activation *activation =
		run_settings(run)->recurrent_activation;
	const struct c_source *out = &export->out;

	c_source_add(out, "/* ---- The network. ---- */\n\n");
	c_source_add(out, c_code_products);
	if (run_task(run)->is_text)
		c_source_add(out, c_code_look_up);
	if (cell->is_gated)
		c_source_add(out,
			activation->is_hard ? c_code_hard_sigmoid
					    : c_code_sigmoid);
	c_source_add(out, code_of(run)->code);
}

/* z = x W + b of a layer with `columns` columns. */
static void
add_input(const struct export_c *export, size_t layer, size_t columns,
	const char *name, const char *state)
{
	const struct model *model = run_model(export->source->run);
	struct bytes *bytes = export->out.bytes;
	char below[PARAMETERS_NAME_SIZE];

	if (layer == 0 && run_task(export->source->run)->is_text) {
		c_source_add(&export->out, "\t@_look_up(token, ");
		bytes_add_format(bytes, "%zu, ", columns);
	} else if (layer == 0) {
		c_source_add(&export->out, "\t@_affine($_FEATURES, ");
		bytes_add_format(bytes, "%zu, x, ", columns);
	} else {
		c_source_add(&export->out, "\t@_affine(");
		bytes_add_format(bytes, "%zu, %zu, %s%s_h, ",
			units_of(export, layer - 1), columns, state,
			model_layer_name(model, layer - 1, below));
	}
	c_source_add(&export->out, "@_");
	bytes_add_format(bytes, "%s_kernel, ", name);
	c_source_add(&export->out, "@_");
	bytes_add_format(bytes, "%s_bias, %s);\n", name,
		layer < layers_of(export) ? "z" : "y");
}

/* The products with the output before, and the cell. */
static void
add_recurrence(const struct export_c *export, size_t layer, size_t columns,
	const char *name, const char *state)
{
	const struct c_cell *cell = code_of(export->source->run);
	struct bytes *bytes = export->out.bytes;
	size_t units = units_of(export, layer);

	c_source_add(&export->out,
		cell->has_recurrent_bias ? "\t@_affine(" : "\t@_add_product(");
	bytes_add_format(bytes, "%zu, %zu, %s%s_h, ", units, columns, state,
		name);
	c_source_add(&export->out, "@_");
	bytes_add_format(bytes, "%s_recurrent_kernel, ", name);
	if (cell->has_recurrent_bias) {
		c_source_add(&export->out, "@_");
		bytes_add_format(bytes, "%s_bias + %zu, s", name, columns);
	} else {
		bytes_add_text(bytes, "z");
	}
	c_source_add(&export->out, ");\n\t@_cell(");
	bytes_add_format(bytes, "%zu, z, %s%s%s_h", units,
		cell->has_recurrent_bias ? "s, " : "", state, name);
	if (cell->has_cell_state)
		bytes_add_format(bytes, ", %s%s_c", state, name);
	bytes_add_text(bytes, ");\n\n");
}

void
export_c_add_scratch(const struct export_c *export)
{
	const struct run *run = export->source->run;
	size_t gates = run_settings(run)->cell->gates, widest = 0;

	for (size_t l = 0; l < layers_of(export); l++)
		if (units_of(export, l) > widest)
			widest = units_of(export, l);
	bytes_add_format(export->out.bytes, "\tfloat z[%zu]%s", gates * widest,
		code_of(run)->has_recurrent_bias ? ", " : ";\n\n");
	if (code_of(run)->has_recurrent_bias)
		bytes_add_format(export->out.bytes, "s[%zu];\n\n",
			gates * widest);
}

void
export_c_add_step(const struct export_c *export, const char *state)
{
	const struct run *run = export->source->run;
	const struct model *model = run_model(run);
	size_t gates = run_settings(run)->cell->gates;
	char name[PARAMETERS_NAME_SIZE];

	for (size_t l = 0; l <= layers_of(export); l++) {
		bool is_last = l == layers_of(export);
		size_t columns = is_last ? model->shape.outputs
					 : gates * units_of(export, l);

		model_layer_name(model, l, name);
		bytes_add_format(export->out.bytes, "\t/* %s: %s(%zu) */\n",
			name, model_layer_type(model, l),
			model_layer_outputs(model, l));
		add_input(export, l, columns, name, state);
		if (!is_last)
			add_recurrence(export, l, columns, name, state);
	}
}
