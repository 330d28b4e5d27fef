/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A hash to detect changed data: 64-bit FNV-1a (Fowler, Noll and Vo). It is not
 * cryptographic: a second text with the same hash can be constructed.
 */
#ifndef LSTMTUI_BASE_HASH_H
#define LSTMTUI_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Hash of zero bytes: the start of every hash. */
#define HASH_EMPTY UINT64_C(0xcbf29ce484222325)

/* Continue an FNV-1a hash over `count` more bytes. */
static inline uint64_t
hash_byte(uint64_t hash, unsigned char byte)
{
	return (hash ^ byte) * UINT64_C(0x100000001b3);
}

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count);

/*
 * Continue a hash over the `bytes` low bytes of a number, lowest byte first,
 * so that it does not depend on the machine's byte order or word size.
 */
uint64_t hash_number(uint64_t hash, uint64_t number, size_t bytes);

#endif
