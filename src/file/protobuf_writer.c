/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/protobuf_writer.h"

#include <string.h>

/* How a value is encoded: the low three bits of a tag. */
enum wire_type { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_LENGTH = 2, WIRE_32 = 5 };

enum { VARINT_MAX = 10 };

/* Write seven bits in each byte, lowest first. Return the number of bytes. */
static size_t
put_varint(unsigned char at[VARINT_MAX], uint64_t number)
{
	size_t count = 0;

	for (; number > 127; number >>= 7)
		at[count++] = (unsigned char)(number | 128);
	at[count++] = (unsigned char)number;
	return count;
}

static void
add_varint(struct bytes *bytes, uint64_t number)
{
	unsigned char varint[VARINT_MAX];

	bytes_add(bytes, varint, put_varint(varint, number));
}

static void
add_tag(struct bytes *bytes, unsigned field, enum wire_type type)
{
	add_varint(bytes, (uint64_t)field << 3 | type);
}

void
protobuf_add_number(struct bytes *bytes, unsigned field, uint64_t number)
{
	add_tag(bytes, field, WIRE_VARINT);
	add_varint(bytes, number);
}

void
protobuf_add_float(struct bytes *bytes, unsigned field, float value)
{
	add_tag(bytes, field, WIRE_32);
	bytes_add_floats(bytes, &value, 1);
}

void
protobuf_add_double(struct bytes *bytes, unsigned field, double value)
{
	add_tag(bytes, field, WIRE_64);
	bytes_add_doubles(bytes, &value, 1);
}

void
protobuf_add_bytes(struct bytes *bytes, unsigned field, const void *data,
	size_t count)
{
	add_tag(bytes, field, WIRE_LENGTH);
	add_varint(bytes, count);
	bytes_add(bytes, data, count);
}

void
protobuf_add_text(struct bytes *bytes, unsigned field, const char *text)
{
	protobuf_add_bytes(bytes, field, text, strlen(text));
}

size_t
protobuf_begin(struct bytes *bytes, unsigned field)
{
	add_tag(bytes, field, WIRE_LENGTH);
	return bytes->count;
}

void
protobuf_end(struct bytes *bytes, size_t place)
{
	unsigned char varint[VARINT_MAX];
	size_t count, size;

	if (bytes->has_failed)
		return;
	/* the length is known only now, and stands before the value */
	count = bytes->count - place;
	size = put_varint(varint, count);
	bytes_add(bytes, varint, size);
	if (bytes->has_failed)
		return;
	memmove(bytes->data + place + size, bytes->data + place, count);
	memcpy(bytes->data + place, varint, size);
}
