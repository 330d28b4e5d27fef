/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/zip_writer.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "file/crc32.h"

enum {
	FORMAT_VERSION = 20, /* of the format: 2.0, without ZIP64 */
	UTF8_NAME = 2048,    /* flag: the name is UTF-8 */
	/* 1980-01-01 as a date of MS-DOS: year 0, month 1, day 1 */
	DATE = 1 << 5 | 1,
	LOCAL_HEADER_SIZE = 30,
	/* of the extra field that fills gaps: number and length */
	EXTRA_HEADER_SIZE = 4,
	EXTRA_NUMBER = 0x4246 /* not registered; PyTorch's archives use it */
};

/* Return the length of an extra field, 0 if none is needed. */
static size_t
extra_length(size_t at, size_t alignment)
{
	size_t gap = (alignment - at % alignment) % alignment;

	while (gap > 0 && gap < EXTRA_HEADER_SIZE)
		gap += alignment;
	return gap;
}

/* Add the fields that the local and the central header have in common. */
static void
add_common(struct bytes *header, const char *name, uint32_t crc, size_t count,
	size_t extra)
{
	bytes_add_number(header, FORMAT_VERSION, 2);
	bytes_add_number(header, UTF8_NAME, 2);
	bytes_add_number(header, 0, 2); /* stored */
	bytes_add_number(header, 0, 2); /* time */
	bytes_add_number(header, DATE, 2);
	bytes_add_number(header, crc, 4);
	bytes_add_number(header, count, 4); /* compressed size */
	bytes_add_number(header, count, 4);
	bytes_add_number(header, strlen(name), 2);
	bytes_add_number(header, extra, 2);
}

void
zip_writer_add(struct zip_writer *writer, const char *name, const void *data,
	size_t count, size_t alignment)
{
	struct bytes *archive = &writer->archive;
	struct bytes *directory = &writer->directory;
	uint32_t crc = crc32_bytes(CRC32_EMPTY, data, count);
	size_t at = archive->count;
	size_t extra =
		extra_length(at + LOCAL_HEADER_SIZE + strlen(name), alignment);

	assert(strlen(name) < UINT16_MAX && alignment <= 4096);
	bytes_add(archive, "PK\3\4", 4);
	add_common(archive, name, crc, count, extra);
	bytes_add_text(archive, name);
	if (extra > 0) {
		bytes_add_number(archive, EXTRA_NUMBER, 2);
		bytes_add_number(archive, extra - EXTRA_HEADER_SIZE, 2);
		bytes_pad(archive, alignment, 0);
	}
	bytes_add(archive, data, count);

	bytes_add(directory, "PK\1\2", 4);
	/* made by MS-DOS, so that there are no modes */
	bytes_add_number(directory, FORMAT_VERSION, 2);
	add_common(directory, name, crc, count, 0);
	bytes_add_number(directory, 0, 2); /* comment */
	bytes_add_number(directory, 0, 2); /* disk */
	bytes_add_number(directory, 0, 2); /* internal attributes */
	bytes_add_number(directory, 0, 4); /* external attributes */
	bytes_add_number(directory, at, 4);
	bytes_add_text(directory, name);
	writer->members++;
}

bool
zip_writer_end(struct zip_writer *writer, struct bytes *output,
	struct error *error)
{
	struct bytes *archive = &writer->archive;
	size_t at = archive->count, size = writer->directory.count;
	bool good = bytes_check(&writer->directory, error);

	bytes_add(archive, writer->directory.data, size);
	bytes_add(archive, "PK\5\6", 4);
	bytes_add_number(archive, 0, 4); /* disks */
	bytes_add_number(archive, writer->members, 2);
	bytes_add_number(archive, writer->members, 2);
	bytes_add_number(archive, size, 4);
	bytes_add_number(archive, at, 4);
	bytes_add_number(archive, 0, 2); /* comment */
	good = good && bytes_check(archive, error);
	if (good &&
		(archive->count > UINT32_MAX || writer->members >= UINT16_MAX))
		good = error_set(error,
			"a zip archive of 4 GiB or more is not supported");
	bytes_add(output, archive->data, archive->count);
	bytes_release(archive);
	bytes_release(&writer->directory);
	*writer = (struct zip_writer){0};
	return good && bytes_check(output, error);
}
