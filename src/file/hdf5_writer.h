/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write an HDF5 file of groups, arrays of 32-bit floats and texts, as in the
 * HDF5 File Format Specification 3.0: superblock 2, object headers 2, links as
 * messages in the header of their group, contiguous data. The same content
 * gives the same bytes: no times are stored.
 *
 * An object is written before the group that links to it: the functions return
 * its address, which hdf5_group_add takes. A failed allocation is remembered in
 * the file's bytes, and hdf5_writer_end reports it.
 */
#ifndef LSTMTUI_FILE_HDF5_WRITER_H
#define LSTMTUI_FILE_HDF5_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* The links of a group before it is written. A zero struct is empty. */
struct hdf5_group {
	struct bytes links;
};

/* Begin a file in bytes that are empty. */
void hdf5_writer_begin(struct bytes *file);

/*
 * Write an array [rows, columns], row-major, or a vector [columns] if rows is
 * 0. Return the address of the dataset.
 */
uint64_t hdf5_writer_floats(struct bytes *file, size_t rows, size_t columns,
	const float *values);

/*
 * Write a UTF-8 text, not empty and less than 4 GiB, as a scalar dataset of one
 * string of fixed length. Return the address of the dataset.
 */
uint64_t hdf5_writer_text(struct bytes *file, const char *text);

/* Add a link. The name has at most 255 bytes, and no other link has it. */
void hdf5_group_add(struct hdf5_group *group, const char *name,
	uint64_t address);

/* Write the group and make it empty. Return its address. */
uint64_t hdf5_writer_group(struct bytes *file, struct hdf5_group *group);

/*
 * Complete the file, whose root is the group at an address. Return false if out
 * of memory.
 */
bool hdf5_writer_end(struct bytes *file, uint64_t root, struct error *error);

#endif
