/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory allocation. Every allocation of the program goes through this module,
 * so that sizes are checked for overflow in one place and a test can make any
 * allocation fail. All blocks but those of memory_extend are zeroed, and all
 * are released with free().
 */
#ifndef LSTMTUI_BASE_MEMORY_H
#define LSTMTUI_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Alignment of float arrays in bytes: a cache line. */
enum { MEMORY_ALIGNMENT = 64 };

/*
 * Allocate `count` items of `size` bytes. Return NULL if the product overflows
 * or if out of memory.
 */
void *memory_new(size_t count, size_t size);

/*
 * Allocate `count` floats (at least one), aligned to MEMORY_ALIGNMENT bytes.
 * Return NULL if the size overflows or if out of memory.
 */
float *memory_floats(size_t count);

/* Return a copy of the string, or NULL if out of memory. */
char *memory_string(const char *text);

/*
 * Enlarge *block, an array of *capacity items of `size` bytes, to hold at least
 * `wanted` items. An enlarged capacity is at least twice the old one. An empty
 * array is NULL with capacity 0. Return false and leave *block unchanged if out
 * of memory.
 */
bool memory_grow(void **block, size_t *capacity, size_t wanted, size_t size);

/*
 * Enlarge *block as memory_grow does, by half of its capacity at least, but
 * leave the new items undefined: the system gives memory to a large block only
 * where it is written, so that the block uses little more than its content.
 */
bool memory_extend(void **block, size_t *capacity, size_t wanted, size_t size);

/* Store a * b in *product. Return false if it overflows. */
bool memory_product(size_t a, size_t b, size_t *product);

/*
 * Return the bytes that the process can use: the machine's memory or a lower
 * limit (ulimit -v, -d); infinity if unknown.
 */
double memory_limit(void);

#endif
