/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read the arrays of a NumPy archive, .npz: the tensor NAME is the member
 * NAME.npy. The program's own "lstmtui.json" is the description; an array of
 * strings named "vocabulary" is the vocabulary.
 */
#ifndef LSTMTUI_FILE_NPZ_READER_H
#define LSTMTUI_FILE_NPZ_READER_H

#include "file/tensor_file.h"

/* Whether an archive is one: all its members are arrays. */
bool npz_is_archive(const struct zip_archive *archive);

/* Read all arrays of file->archive. */
bool npz_read(struct tensor_file *file, struct error *error);

#endif
