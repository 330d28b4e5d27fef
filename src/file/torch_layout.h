/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PyTorch's layout of recurrent layers (torch.nn.LSTM, GRU and RNN) beside
 * Keras's, which this program uses:
 *
 *   Keras                                PyTorch
 *   kernel [inputs, gates · units]       weight_ih [gates · units, inputs]
 *   recurrent_kernel [units, ...]        weight_hh [gates · units, units]
 *   bias, [gates · units]                bias_ih + bias_hh, each [...]
 *   the GRU's bias [2, gates · units]    row 0: bias_ih, row 1: bias_hh
 *
 * The blocks of the LSTM's gates have the same order, i, f, g, o. The GRU's are
 * z, r, n in Keras and r, z, n in PyTorch; both compute h = z ∘ h₋ + (1 - z) ∘
 * n, and n with the reset gate after the product.
 */
#ifndef LSTMTUI_FILE_TORCH_LAYOUT_H
#define LSTMTUI_FILE_TORCH_LAYOUT_H

#include <stddef.h>

#include "core/cell.h"

/*
 * Return the block of PyTorch's gate that is block `gate` of Keras's, and the
 * other way round.
 */
size_t torch_layout_gate(const struct cell *cell, size_t gate);

/*
 * Convert weights [gates · units, inputs] of PyTorch from weights [inputs,
 * gates · units] of Keras, and back. A bias has 1 input.
 */
void torch_layout_from_keras(const struct cell *cell, size_t inputs,
	size_t units, const float *keras, float *torch);
void torch_layout_to_keras(const struct cell *cell, size_t inputs, size_t units,
	const float *torch, float *keras);

#endif
