/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/hdf5_writer.h"

#include <assert.h>
#include <string.h>

#include "file/lookup3.h"

/* Types of the messages of an object header. */
enum {
	MESSAGE_DATASPACE = 0x01,
	MESSAGE_LINK_INFO = 0x02,
	MESSAGE_DATATYPE = 0x03,
	MESSAGE_FILL_VALUE = 0x05,
	MESSAGE_LINK = 0x06,
	MESSAGE_LAYOUT = 0x08,
	MESSAGE_GROUP_INFO = 0x0a
};

enum {
	ADDRESS_SIZE = 8, /* of addresses and of lengths */
	ALIGNMENT = 8,    /* of headers and data */
	CHECKSUM_SIZE = 4,
	SUPERBLOCK_SIZE = 48,
	/* an object header before its messages: the flags ask for 4 bytes */
	HEADER_PREFIX_SIZE = 10,
	HEADER_SIZE_OF_4_BYTES = 2,
	MESSAGE_SIZE_MAX = UINT16_MAX,
	NAME_MAX_LENGTH = UINT8_MAX,
	/* the message of a link without its name */
	LINK_SIZE = 3 + ADDRESS_SIZE
};

#define UNDEFINED_ADDRESS UINT64_MAX

static void
add_address(struct bytes *bytes, uint64_t address)
{
	bytes_add_number(bytes, address, ADDRESS_SIZE);
}

/* Add the checksum of the bytes from `start` on. */
static void
add_checksum(struct bytes *bytes, size_t start)
{
	if (!bytes->has_failed)
		bytes_add_number(bytes,
			lookup3_bytes(bytes->data + start,
				bytes->count - start),
			CHECKSUM_SIZE);
}

/* Add the header of a message whose body has `size` bytes. */
static void
add_message(struct bytes *messages, unsigned type, size_t size)
{
	assert(size <= MESSAGE_SIZE_MAX);
	bytes_add_number(messages, type, 1);
	bytes_add_number(messages, size, 2);
	bytes_add_number(messages, 0, 1); /* flags: the message may change */
}

/* Write an object header with its messages, and release them. */
static uint64_t
add_object(struct bytes *file, struct bytes *messages)
{
	size_t start;

	bytes_pad(file, ALIGNMENT, 0);
	start = file->count;
	file->has_failed |= messages->has_failed;
	bytes_add(file, "OHDR\2", 5);
	bytes_add_number(file, HEADER_SIZE_OF_4_BYTES, 1);
	bytes_add_number(file, messages->count, 4);
	assert(file->has_failed || file->count == start + HEADER_PREFIX_SIZE);
	bytes_add(file, messages->data, messages->count);
	add_checksum(file, start);
	bytes_release(messages);
	return start;
}

/* Add the datatype of little-endian IEEE 754 numbers of 32 bits. */
static void
add_float_type(struct bytes *messages)
{
	add_message(messages, MESSAGE_DATATYPE, 20);
	bytes_add_number(messages, 0x11, 1); /* version 1, floating point */
	/* the mantissa's first bit is implied; the sign is bit 31 */
	bytes_add_number(messages, 0x001f20, 3);
	bytes_add_number(messages, sizeof(float), 4);
	bytes_add_number(messages, 0, 2);   /* first bit of the number */
	bytes_add_number(messages, 32, 2);  /* its bits */
	bytes_add_number(messages, 23, 1);  /* first bit of the exponent */
	bytes_add_number(messages, 8, 1);   /* its bits */
	bytes_add_number(messages, 0, 1);   /* first bit of the mantissa */
	bytes_add_number(messages, 23, 1);  /* its bits */
	bytes_add_number(messages, 127, 4); /* bias of the exponent */
}

/* Add the datatype of a UTF-8 string of `size` bytes. */
static void
add_text_type(struct bytes *messages, size_t size)
{
	add_message(messages, MESSAGE_DATATYPE, 8);
	bytes_add_number(messages, 0x13, 1); /* version 1, string */
	bytes_add_number(messages, 0x11, 3); /* padded with '\0', UTF-8 */
	bytes_add_number(messages, size, 4);
}

/* Add a dataspace of up to two extents; 0 of them: a scalar. */
static void
add_space(struct bytes *messages, size_t count, const size_t extents[])
{
	add_message(messages, MESSAGE_DATASPACE, 4 + count * ADDRESS_SIZE);
	bytes_add_number(messages, 2, 1); /* version */
	bytes_add_number(messages, count, 1);
	bytes_add_number(messages, 0, 1);         /* no maximum extents */
	bytes_add_number(messages, count > 0, 1); /* 0 scalar, 1 simple */
	for (size_t i = 0; i < count; i++)
		bytes_add_number(messages, extents[i], ADDRESS_SIZE);
}

/*
 * Write the object of a dataset whose messages have its type and shape, and
 * whose data are the last `size` bytes of the file.
 */
static uint64_t
add_dataset(struct bytes *file, struct bytes *messages, size_t size)
{
	/* allocated late, filled if set, which it is not */
	add_message(messages, MESSAGE_FILL_VALUE, 2);
	bytes_add_number(messages, 3, 1); /* version */
	bytes_add_number(messages, 0x0a, 1);
	add_message(messages, MESSAGE_LAYOUT, 2 + 2 * ADDRESS_SIZE);
	bytes_add_number(messages, 3, 1); /* version */
	bytes_add_number(messages, 1, 1); /* contiguous */
	add_address(messages, file->count - size);
	bytes_add_number(messages, size, ADDRESS_SIZE);
	return add_object(file, messages);
}

void
hdf5_writer_begin(struct bytes *file)
{
	assert(file->count == 0);
	for (size_t i = 0; i < SUPERBLOCK_SIZE; i++)
		bytes_add_number(file, 0, 1);
}

uint64_t
hdf5_writer_floats(struct bytes *file, size_t rows, size_t columns,
	const float *values)
{
	size_t extents[] = {rows, columns}, vector = rows == 0;
	size_t count = (rows > 0 ? rows : 1) * columns;
	struct bytes messages = {0};

	bytes_pad(file, ALIGNMENT, 0);
	bytes_add_floats(file, values, count);
	add_space(&messages, 2 - vector, extents + vector);
	add_float_type(&messages);
	return add_dataset(file, &messages, count * sizeof *values);
}

uint64_t
hdf5_writer_text(struct bytes *file, const char *text)
{
	size_t length = strlen(text);
	struct bytes messages = {0};

	assert(length > 0);
	bytes_add(file, text, length);
	add_space(&messages, 0, NULL);
	add_text_type(&messages, length);
	return add_dataset(file, &messages, length);
}

void
hdf5_group_add(struct hdf5_group *group, const char *name, uint64_t address)
{
	size_t length = strlen(name);

	assert(length > 0 && length <= NAME_MAX_LENGTH);
	add_message(&group->links, MESSAGE_LINK, LINK_SIZE + length);
	bytes_add_number(&group->links, 1, 1); /* version */
	/* flags: the length has one byte, the name is ASCII, a hard link */
	bytes_add_number(&group->links, 0, 1);
	bytes_add_number(&group->links, length, 1);
	bytes_add_text(&group->links, name);
	add_address(&group->links, address);
}

uint64_t
hdf5_writer_group(struct bytes *file, struct hdf5_group *group)
{
	struct bytes messages = {0};

	add_message(&messages, MESSAGE_LINK_INFO, 2 + 2 * ADDRESS_SIZE);
	bytes_add_number(&messages, 0, 2); /* version, flags: no order kept */
	/* no heap and no tree of links: all are messages */
	add_address(&messages, UNDEFINED_ADDRESS);
	add_address(&messages, UNDEFINED_ADDRESS);
	add_message(&messages, MESSAGE_GROUP_INFO, 2);
	bytes_add_number(&messages, 0, 2); /* version, flags: defaults */
	bytes_add(&messages, group->links.data, group->links.count);
	messages.has_failed |= group->links.has_failed;
	bytes_release(&group->links);
	return add_object(file, &messages);
}

bool
hdf5_writer_end(struct bytes *file, uint64_t root, struct error *error)
{
	struct bytes block = {0};

	bytes_add(&block, "\x89HDF\r\n\x1a\n", 8);
	bytes_add_number(&block, 2, 1); /* version */
	bytes_add_number(&block, ADDRESS_SIZE, 1);
	bytes_add_number(&block, ADDRESS_SIZE, 1); /* of a length */
	bytes_add_number(&block, 0, 1);            /* closed properly */
	add_address(&block, 0);                    /* of the file's start */
	add_address(&block, UNDEFINED_ADDRESS);    /* no extension */
	add_address(&block, file->count);          /* of the file's end */
	add_address(&block, root);
	add_checksum(&block, 0);
	file->has_failed |= block.has_failed;
	if (!file->has_failed) {
		assert(block.count == SUPERBLOCK_SIZE);
		memcpy(file->data, block.data, SUPERBLOCK_SIZE);
	}
	bytes_release(&block);
	return bytes_check(file, error);
}
