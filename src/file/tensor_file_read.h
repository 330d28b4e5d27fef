/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read the tensors of a file: safetensors, NumPy's .npz or PyTorch's .pt, which
 * its bytes tell. A file of another kind is refused by its name, and the error
 * has a hint with the lines of Python that convert it (file/file_kind.h).
 */
#ifndef LSTMTUI_FILE_TENSOR_FILE_READ_H
#define LSTMTUI_FILE_TENSOR_FILE_READ_H

#include "base/kind.h"
#include "file/tensor_file.h"

/* A format that is read, for --format of `import`. */
struct tensor_format {
	struct kind kind;
};

extern const struct tensor_format tensor_format_safetensors;
extern const struct tensor_format tensor_format_torch;
extern const struct tensor_format tensor_format_npz;

/* All formats; ends with NULL. */
extern const struct kind *const tensor_format_list[];

/*
 * Read a file, in a format or, if that is NULL, in any. Return NULL, with path
 * and cause in the message, on failure. Release it with tensor_file_close.
 */
struct tensor_file *tensor_file_read(const char *path,
	const struct tensor_format *format, struct error *error);

#endif
