/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A hash to know data again by: 64-bit FNV-1a, by Fowler, Noll and Vo. It finds
 * what has changed, but keeps nobody from making another text of the same hash.
 */
#ifndef LSTMTUI_BASE_HASH_H
#define LSTMTUI_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Of no bytes at all. */
#define HASH_EMPTY UINT64_C(0xcbf29ce484222325)

/* The hash of what `hash` is of, with these bytes behind it. */
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count);

/*
 * The same for the low `bytes` bytes of a number, the lowest first: machines
 * of any byte order and word size agree on it.
 */
uint64_t hash_number(uint64_t hash, uint64_t number, size_t bytes);

#endif
