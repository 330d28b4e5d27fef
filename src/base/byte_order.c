/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/byte_order.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

void
byte_order_reverse(void *to, const void *from, size_t size, size_t count)
{
	unsigned char number[sizeof(uint64_t)];
	const unsigned char *source = from;
	unsigned char *target = to;

	assert(size <= sizeof number);
	for (size_t i = 0; i < count; i++, source += size, target += size) {
		for (size_t k = 0; k < size; k++)
			number[k] = source[size - 1 - k];
		memcpy(target, number, size);
	}
}

void
byte_order_little(void *to, const void *from, size_t size, size_t count)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (to != from && count > 0)
		memcpy(to, from, size * count);
#else
	byte_order_reverse(to, from, size, count);
#endif
}
