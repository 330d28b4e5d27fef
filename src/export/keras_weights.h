/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The weights of a run as the HDF5 file that Keras 3 reads: a dataset for each
 * tensor at layers/NAME/cell/vars/0 (kernel), 1 (recurrent kernel), 2 (bias) of
 * a recurrent layer, and at layers/dense/vars/0 and 1, as float32 in the layout
 * of the model file. Keras names a layer after its class, with a counter:
 * "lstm", "lstm_1". Keras 3.4 also looks for the empty groups vars and
 * layers/NAME/vars.
 */
#ifndef LSTMTUI_EXPORT_KERAS_WEIGHTS_H
#define LSTMTUI_EXPORT_KERAS_WEIGHTS_H

#include <stdbool.h>

#include "export/export_source.h"
#include "file/hdf5_writer.h"

/*
 * Write the file to bytes that are empty. The text, unless it is NULL, becomes
 * the dataset "lstmtui.json", which Keras ignores.
 */
bool keras_weights_write(const struct export_source *source, const char *text,
	struct bytes *file, struct error *error);

#endif
