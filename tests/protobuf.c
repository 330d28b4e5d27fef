/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protobuf.h"

#include <check.h>
#include <string.h>

static uint64_t
take_varint(struct protobuf *message)
{
	uint64_t value = 0;
	unsigned shift = 0;

	do {
		if (message->length == 0 || shift > 63)
			ck_abort_msg("a varint is damaged");
		value |= (uint64_t)(*message->at & 127) << shift;
		shift += 7;
		message->length--;
	} while (*message->at++ & 128);
	return value;
}

static struct protobuf
take_bytes(struct protobuf *message, uint64_t length)
{
	struct protobuf bytes = {message->at, (size_t)length};

	if (length > message->length)
		ck_abort_msg("a field is longer than its message");
	message->at += length;
	message->length -= (size_t)length;
	return bytes;
}

bool
protobuf_next(struct protobuf *message, struct protobuf_field *field)
{
	uint64_t tag;

	if (message->length == 0)
		return false;
	tag = take_varint(message);
	*field = (struct protobuf_field){.number = (unsigned)(tag >> 3),
		.wire = tag & 7};
	switch (field->wire) {
	case 0:
		field->value = take_varint(message);
		return true;
	case 2:
		field->bytes = take_bytes(message, take_varint(message));
		return true;
	case 1:
	case 5:
		field->bytes = take_bytes(message, field->wire == 1 ? 8 : 4);
		for (size_t i = field->bytes.length; i-- > 0;)
			field->value = field->value << 8 | field->bytes.at[i];
		return true;
	default:
		ck_abort_msg("wire type %u", field->wire);
		return false;
	}
}

size_t
protobuf_count(struct protobuf message, unsigned number)
{
	struct protobuf_field field;
	size_t count = 0;

	while (protobuf_next(&message, &field))
		count += field.number == number;
	return count;
}

struct protobuf_field
protobuf_nth(struct protobuf message, unsigned number, size_t nth)
{
	struct protobuf_field field;

	while (protobuf_next(&message, &field))
		if (field.number == number && nth-- == 0)
			return field;
	ck_abort_msg("no field %u", number);
	return field;
}

/* Return the only field of a number, which has a wire type. */
static struct protobuf_field
only(struct protobuf message, unsigned number, unsigned wire)
{
	struct protobuf_field field = protobuf_nth(message, number, 0);

	if (field.wire != wire || protobuf_count(message, number) != 1)
		ck_abort_msg("field %u has another type", number);
	return field;
}

struct protobuf
protobuf_message(struct protobuf message, unsigned number)
{
	return only(message, number, 2).bytes;
}

uint64_t
protobuf_varint(struct protobuf message, unsigned number)
{
	return only(message, number, 0).value;
}

float
protobuf_float(struct protobuf message, unsigned number)
{
	uint32_t bits = (uint32_t)only(message, number, 5).value;
	float value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

double
protobuf_double(struct protobuf message, unsigned number)
{
	uint64_t bits = only(message, number, 1).value;
	double value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

bool
protobuf_is(struct protobuf bytes, const char *text)
{
	return bytes.length == strlen(text) &&
		memcmp(bytes.at, text, bytes.length) == 0;
}
