/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arrays of NumPy: the format .npy, version 1.0 (numpy.lib.format), the members
 * of an .npz archive.
 */
#ifndef LSTMTUI_EXPORT_NPY_H
#define LSTMTUI_EXPORT_NPY_H

#include <stddef.h>

#include "file/zip_writer.h"

/*
 * Add a member NAME.npy of numbers of this type to an archive: "<f4" for floats
 * and "<f8" for doubles, both little-endian, and "|u1" for bytes. Its shape is
 * [rows, columns], or [columns] if rows is 0.
 */
void npy_add_floats(struct zip_writer *writer, const char *name, size_t rows,
	size_t columns, const float *values);
void npy_add_doubles(struct zip_writer *writer, const char *name,
	size_t columns, const double *values);
void npy_add_bytes(struct zip_writer *writer, const char *name, size_t count,
	const void *bytes);

#endif
