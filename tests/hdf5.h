/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read the HDF5 files that the program writes, as the format's specification
 * says and without the program's own code: superblock 2, object headers 2,
 * links as messages, contiguous data. Every checksum on the way is verified; an
 * error fails the test.
 */
#ifndef LSTMTUI_TESTS_HDF5_H
#define LSTMTUI_TESTS_HDF5_H

#include <stddef.h>
#include <stdint.h>

struct hdf5 {
	const unsigned char *bytes; /* borrowed */
	size_t size;
};

/* The hash lookup3 over bytes, from 0: the checksum of the format. */
uint32_t hdf5_lookup3(const unsigned char *bytes, size_t count);

/* Check the superblock of a file and that it ends at the file's end. */
struct hdf5 hdf5_open(const void *bytes, size_t size);

/*
 * Follow the names of a path from the root, "layers/lstm", to an object. Return
 * its address.
 */
size_t hdf5_find(const struct hdf5 *file, const char *path);

/* Return the number of links of a group. */
size_t hdf5_links(const struct hdf5 *file, const char *path);

/*
 * Return the numbers of a dataset of little-endian floats, whose shape must be
 * [rows, columns], or [columns] if rows is 0.
 */
const void *hdf5_floats(const struct hdf5 *file, const char *path, size_t rows,
	size_t columns);

/* Return the text of a scalar dataset, not terminated, and its length. */
const char *hdf5_text(const struct hdf5 *file, const char *path,
	size_t *length);

#endif
