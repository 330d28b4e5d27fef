/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Named tensors of a file of any format, in memory: safetensors, NumPy's .npz,
 * PyTorch's .pt. file/tensor_file_read.h fills it; file/weights.h finds the
 * layers of a model in it.
 */
#ifndef LSTMTUI_FILE_TENSOR_FILE_H
#define LSTMTUI_FILE_TENSOR_FILE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "file/pickle_value.h"
#include "file/safetensors.h"
#include "file/zip_reader.h"

/* Max tensors of a file. */
enum { TENSOR_FILE_MAX = 10000 };

struct tensor_file {
	struct safetensors_tensor *tensor; /* [tensors], in the file's order */
	size_t tensors, capacity;
	/* "description" as export/export_describe.h makes it, or NULL */
	json_t *description;
	json_t *vocabulary; /* a list of strings, or NULL */

	/* owners of what tensors refer to */
	struct safetensors *safetensors; /* NULL: another format */
	unsigned char *bytes;            /* of an archive */
	struct zip_archive archive;
	struct pickle pickle;
	void **block; /* [blocks]: names and numbers */
	size_t blocks, block_capacity;
	size_t copied; /* bytes of copies of the archive's numbers */
};

/* Return an empty file, or NULL if out of memory. */
struct tensor_file *tensor_file_new(struct error *error);

void tensor_file_close(struct tensor_file *file);

/* Return a tensor by name, or NULL. Adding a tensor moves it. */
const struct safetensors_tensor *
tensor_file_find(const struct tensor_file *file, const char *name);

/* The same; the message for a missing one lists the file's tensors. */
const struct safetensors_tensor *
tensor_file_require(const struct tensor_file *file, const char *name,
	struct error *error);

/*
 * Hand a block of memory over to the file. If it is NULL or if out of memory,
 * the block is freed and the function returns false.
 */
bool tensor_file_own(struct tensor_file *file, void *block,
	struct error *error);

/*
 * Allocate the bytes of a copy of numbers of the archive, which belong to the
 * file. All copies together may have twice the bytes of the archive, so that a
 * small file cannot ask for much. NULL on failure.
 */
unsigned char *tensor_file_copy_room(struct tensor_file *file, size_t bytes,
	struct error *error);

/*
 * Add a tensor whose name has `length` bytes; it is copied. The data must live
 * as long as the file. Return false if there is such a name, or if out of
 * memory.
 */
bool tensor_file_add(struct tensor_file *file, const char *name, size_t length,
	const struct safetensors_tensor *tensor, struct error *error);

/*
 * Read JSON text as the description, and take the vocabulary from it. Text that
 * is no JSON object is ignored.
 */
void tensor_file_describe(struct tensor_file *file, const char *text,
	size_t length);

#endif
