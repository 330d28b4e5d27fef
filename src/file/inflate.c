/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/inflate.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef HAVE_ZLIB

#define ZLIB_CONST
#include <zlib.h>

#include "base/memory.h"

/* Bytes of the first allocation, and at most in a call of inflate. */
enum { FIRST_SIZE = 65536, PIECE_SIZE = 1 << 30 };

static uInt
piece(size_t count)
{
	return count < PIECE_SIZE ? (uInt)count : PIECE_SIZE;
}

/*
 * Inflate into *bytes, which grows up to `size` and one more byte, so that data
 * that hold more are noticed. Return the number of bytes.
 */
static size_t
inflate_all(z_stream *stream, const unsigned char *packed, size_t count,
	size_t size, unsigned char **bytes, struct error *error)
{
	size_t capacity = 0, used = 0, room;
	int status = Z_OK;

	while (status == Z_OK && used <= size) {
		if (used == capacity &&
			!memory_extend((void **)bytes, &capacity,
				used == 0 ? FIRST_SIZE : used + 1, 1)) {
			error_out_of_memory(error);
			return SIZE_MAX;
		}
		room = piece(capacity - used);
		stream->next_in = packed;
		stream->avail_in = piece(count);
		stream->next_out = *bytes + used;
		stream->avail_out = (uInt)room;
		status = inflate(stream, Z_NO_FLUSH);
		used += room - stream->avail_out;
		count -= (size_t)(stream->next_in - packed);
		packed = stream->next_in;
	}
	if (status == Z_STREAM_END && used == size && count == 0)
		return used;
	error_set(error, "damaged: its compressed data are wrong");
	return SIZE_MAX;
}

unsigned char *
inflate_bytes(const unsigned char *packed, size_t count, size_t size,
	struct error *error)
{
	z_stream stream = {0};
	unsigned char *bytes = NULL;
	size_t used;

	/* negative: raw data, without the header of zlib */
	if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
		error_out_of_memory(error);
		return NULL;
	}
	used = inflate_all(&stream, packed, count, size, &bytes, error);
	inflateEnd(&stream);
	if (used == size)
		return bytes;
	free(bytes);
	return NULL;
}

#else

unsigned char *
inflate_bytes(const unsigned char *packed, size_t count, size_t size,
	struct error *error)
{
	(void)packed;
	(void)count;
	(void)size;
	error_set(error,
		"compressed, and this program was built without zlib: save it "
		"uncompressed (numpy.savez)");
	return NULL;
}

#endif
