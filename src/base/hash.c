/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hash.h"

#include <assert.h>

uint64_t
hash_bytes(uint64_t hash, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < count; i++)
		hash = hash_byte(hash, byte[i]);
	return hash;
}

uint64_t
hash_number(uint64_t hash, uint64_t number, size_t bytes)
{
	unsigned char byte[sizeof number] = {0};

	assert(bytes <= sizeof byte);
	for (size_t i = 0; i < sizeof byte; i++)
		byte[i] = (unsigned char)(number >> 8 * i);
	return hash_bytes(hash, byte, bytes);
}
