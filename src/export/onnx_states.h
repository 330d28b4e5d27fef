/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The states of a recurrent layer as inputs and outputs of an ONNX graph, so
 * that a sequence can be read in parts: LAYER.initial_h and LAYER.final_h, of
 * an LSTM also LAYER.initial_c and LAYER.final_c. See export_onnx.c for their
 * shapes.
 */
#ifndef LSTMTUI_EXPORT_ONNX_STATES_H
#define LSTMTUI_EXPORT_ONNX_STATES_H

#include "base/bytes.h"
#include "export/export_source.h"

/*
 * Add the number of sequences in the value `input`, [batch, ...], which initial
 * states need. The graph has the constants ONNX_ZERO and ONNX_ONE.
 */
void onnx_add_batch(struct bytes *graph, const char *input);

/* Add what onnx_add_layer starts from; call it before. */
void onnx_add_initial_states(struct bytes *graph,
	const struct export_source *source, size_t layer);

/* Add the states that onnx_add_layer leaves; call it after. */
void onnx_add_final_states(struct bytes *graph,
	const struct export_source *source, size_t layer);

#endif
