/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Find the layers of a model among the tensors of a file, by names and shapes,
 * and give its tensors the names and the layout of Keras that a model file has.
 * These names are understood, with any path before them:
 *
 *   PyTorch   lstm.weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, and _l1,
 *             ... of further layers; without _l0 of a cell (torch.nn.LSTMCell);
 *             NAME.weight and NAME.bias of a torch.nn.Linear
 *   Keras     lstm.kernel, recurrent_kernel, bias, dense.kernel, dense.bias,
 *             with . or / between the parts of a path, and :0 at the end
 *   arr_0, arr_1, ...   numpy.savez(OUT, *model.get_weights()) of Keras
 *
 * The order of layers is that of their paths, with numbers in them as numbers.
 * Shapes tell the cell: the recurrent weights have as many rows or columns as
 * units, and 4 times as many of the other for the LSTM, 3 for the GRU and once
 * for the RNN. Every tensor must belong to a layer.
 */
#ifndef LSTMTUI_FILE_WEIGHTS_H
#define LSTMTUI_FILE_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/cell.h"
#include "core/model.h"
#include "file/tensor_file.h"

/* What the shapes of the tensors tell. */
struct weights {
	const struct cell *cell;
	size_t layers; /* recurrent layers */
	size_t units[MODEL_LAYERS_MAX];
	size_t inputs, outputs;
};

/*
 * Find the layers, and add their tensors by the names of Keras where the file
 * has other names: LAYER.kernel, LAYER.recurrent_kernel, LAYER.bias,
 * dense.kernel, dense.bias. Without any recurrent layer, the message is that
 * the kernel of `cell`'s first layer is missing. If `tolerant`, tensors that
 * belong to no layer are ignored.
 */
bool weights_find(struct weights *weights, struct tensor_file *file,
	const struct cell *cell, bool tolerant, struct error *error);

#endif
