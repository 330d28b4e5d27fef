/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recurrent layer as an ONNX operator: its weights, transposed and in the
 * operator's order of gates, and its node (LSTM, GRU and RNN of
 * https://onnx.ai/onnx/operators, in version 14).
 */
#ifndef LSTMTUI_EXPORT_ONNX_LAYER_H
#define LSTMTUI_EXPORT_ONNX_LAYER_H

#include <stdbool.h>

#include "base/bytes.h"
#include "core/cell.h"
#include "export/export_source.h"
#include "export/onnx_graph.h"

/* Whether an operator computes the cell. */
bool onnx_has_cell(const struct cell *cell);

/* Write the name of a value of a layer, LAYER.NAME. Return text. */
const char *onnx_layer_value(const struct export_source *source, size_t layer,
	const char *name, char text[ONNX_NAME_SIZE]);

/*
 * Add the constants LAYER.W, .R and .B of a layer, and its node: it reads the
 * value `input`, [time, batch, inputs], and computes LAYER.Y, [time, 1, batch,
 * units], and the last states LAYER.Y_h and, for an LSTM, LAYER.Y_c, [1, batch,
 * units]. With a state it starts from LAYER.first_h and LAYER.first_c of the
 * same shape, or else from zero.
 */
void onnx_add_layer(struct bytes *graph, const struct export_source *source,
	size_t layer, const char *input, bool has_state);

#endif
