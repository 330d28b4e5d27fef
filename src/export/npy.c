/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/npy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	ALIGNMENT = 64,     /* of the data in a member, which the header pads */
	PREAMBLE_SIZE = 10, /* magic, version, length of the header */
	NAME_SIZE = 128
};

/* Begin an array: the magic, the version and the header. */
static void
begin(struct bytes *array, const char *type, size_t rows, size_t columns)
{
	char header[160];
	size_t length, size;

	if (rows > 0)
		snprintf(header, sizeof header,
			"{'descr': '%s', 'fortran_order': False, "
			"'shape': (%zu, %zu), }",
			type, rows, columns);
	else
		snprintf(header, sizeof header,
			"{'descr': '%s', 'fortran_order': False, "
			"'shape': (%zu,), }",
			type, columns);
	/* with a newline the header ends at a multiple of ALIGNMENT */
	length = strlen(header);
	size = (PREAMBLE_SIZE + length + ALIGNMENT) / ALIGNMENT * ALIGNMENT -
		PREAMBLE_SIZE;
	bytes_add(array, "\x93NUMPY\1\0", 8);
	bytes_add_number(array, size, 2);
	bytes_add_text(array, header);
	while (++length < size)
		bytes_add(array, " ", 1);
	bytes_add(array, "\n", 1);
}

/* Add the array to the archive and release it. */
static void
add(struct zip_writer *writer, const char *name, struct bytes *array)
{
	char member[NAME_SIZE];

	snprintf(member, sizeof member, "%s.npy", name);
	zip_writer_add(writer, member, array->data, array->count, 1);
	writer->archive.has_failed |= array->has_failed;
	bytes_release(array);
}

void
npy_add_floats(struct zip_writer *writer, const char *name, size_t rows,
	size_t columns, const float *values)
{
	struct bytes array = {0};

	begin(&array, "<f4", rows, columns);
	bytes_add_floats(&array, values, (rows > 0 ? rows : 1) * columns);
	add(writer, name, &array);
}

void
npy_add_doubles(struct zip_writer *writer, const char *name, size_t columns,
	const double *values)
{
	struct bytes array = {0};

	begin(&array, "<f8", 0, columns);
	bytes_add_doubles(&array, values, columns);
	add(writer, name, &array);
}

void
npy_add_bytes(struct zip_writer *writer, const char *name, size_t count,
	const void *bytes)
{
	struct bytes array = {0};

	begin(&array, "|u1", 0, count);
	bytes_add(&array, bytes, count);
	add(writer, name, &array);
}
