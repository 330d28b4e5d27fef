/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read the state dict of a file of torch.save, a zip archive since PyTorch 1.6:
 * NAME/data.pkl, a pickle that refers to the storages NAME/data/0, 1, ...
 *
 * The pickled object is a state dict, or a dict that contains one among other
 * things, such as {"epoch": 3, "model": state_dict, "optimizer": ...}: the one
 * with the weights of recurrent layers is taken. A dict has attributes in files
 * of this program (export/export_torch.c): `lstmtui` is the description,
 * `vocabulary` the vocabulary. In others, an entry "vocabulary", "vocab" or
 * "chars" beside the tensors or the dict is the vocabulary if it is a list of
 * strings.
 */
#ifndef LSTMTUI_FILE_TORCH_READER_H
#define LSTMTUI_FILE_TORCH_READER_H

#include "file/tensor_file.h"

/* Whether an archive is one: it has a NAME/data.pkl. */
bool torch_is_archive(const struct zip_archive *archive);

/* Read all tensors of file->archive. */
bool torch_read(struct tensor_file *file, struct error *error);

#endif
