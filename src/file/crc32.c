/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/crc32.h"

/* Continue a checksum with a polynomial in reflected form. */
static uint32_t
add_bytes(uint32_t polynomial, uint32_t crc, const void *bytes, size_t count)
{
	const unsigned char *at = bytes;
	uint32_t table[16];

	/* the remainders of four bits; two steps take a byte */
	for (uint32_t i = 0; i < 16; i++) {
		table[i] = i;
		for (int bit = 0; bit < 4; bit++)
			table[i] =
				table[i] >> 1 ^ (table[i] & 1 ? polynomial : 0);
	}
	crc = ~crc;
	for (size_t i = 0; i < count; i++) {
		crc ^= at[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

uint32_t
crc32_bytes(uint32_t crc, const void *bytes, size_t count)
{
	return add_bytes(UINT32_C(0xedb88320), crc, bytes, count);
}

uint32_t
crc32c_bytes(uint32_t crc, const void *bytes, size_t count)
{
	return add_bytes(UINT32_C(0x82f63b78), crc, bytes, count);
}
