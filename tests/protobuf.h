/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read messages of Protocol Buffers as their description says and without the
 * program's own writer. A message that is damaged fails the test.
 */
#ifndef LSTMTUI_TESTS_PROTOBUF_H
#define LSTMTUI_TESTS_PROTOBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of a message; borrowed. */
struct protobuf {
	const unsigned char *at;
	size_t length;
};

/* A field: its number, and its value or its bytes. */
struct protobuf_field {
	unsigned number;
	unsigned wire;  /* 0 varint, 1 of 8 bytes, 2 bytes, 5 of 4 bytes */
	uint64_t value; /* of a varint, or the bits of a number */
	struct protobuf bytes;
};

/* Take the next field from the beginning of a message; false at its end. */
bool protobuf_next(struct protobuf *message, struct protobuf_field *field);

/* Count the fields of a number; return the nth from 0, which must exist. */
size_t protobuf_count(struct protobuf message, unsigned number);
struct protobuf_field protobuf_nth(struct protobuf message, unsigned number,
	size_t nth);

/* The only field of a number: a message, a varint, a float, a double. */
struct protobuf protobuf_message(struct protobuf message, unsigned number);
uint64_t protobuf_varint(struct protobuf message, unsigned number);
float protobuf_float(struct protobuf message, unsigned number);
double protobuf_double(struct protobuf message, unsigned number);

/* Whether bytes are a string. */
bool protobuf_is(struct protobuf bytes, const char *text);

#endif
