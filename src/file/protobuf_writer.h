/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write messages in the wire format of Protocol Buffers
 * (https://protobuf.dev/programming-guides/encoding): each field is a tag,
 * which holds its number and how its value is encoded, and the value. Fields
 * are appended to bytes in any order; a repeated field is added once for each
 * value. A message within a message is a field between protobuf_begin and
 * protobuf_end:
 *
 *	size_t node = protobuf_begin(bytes, 1);
 *	protobuf_add_text(bytes, 4, "MatMul");
 *	protobuf_end(bytes, node);
 *
 * bytes_check reports a failed allocation at the end.
 */
#ifndef LSTMTUI_FILE_PROTOBUF_WRITER_H
#define LSTMTUI_FILE_PROTOBUF_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* A field of type int64, int32, uint64, bool or enum, not negative. */
void protobuf_add_number(struct bytes *bytes, unsigned field, uint64_t number);

/* A field of type float or double. */
void protobuf_add_float(struct bytes *bytes, unsigned field, float value);
void protobuf_add_double(struct bytes *bytes, unsigned field, double value);

/* A field of type bytes, or of type string, whose text must be UTF-8. */
void protobuf_add_bytes(struct bytes *bytes, unsigned field, const void *data,
	size_t count);
void protobuf_add_text(struct bytes *bytes, unsigned field, const char *text);

/*
 * Begin a field whose value is what is added until protobuf_end, which gets the
 * returned place. Other such fields may begin and end in between.
 */
size_t protobuf_begin(struct bytes *bytes, unsigned field);
void protobuf_end(struct bytes *bytes, size_t place);

#endif
