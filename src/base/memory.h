/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory. Every allocation of the program goes through here, so that sizes
 * are checked for overflow in one place and a test can make any of them
 * fail. All blocks are zeroed and are released with free().
 */
#ifndef LSTMTUI_BASE_MEMORY_H
#define LSTMTUI_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes to which arrays of numbers are aligned: a cache line. */
enum { MEMORY_ALIGNMENT = 64 };

/* count items of size bytes; NULL when it overflows or cannot be had. */
void *memory_new(size_t count, size_t size);

/* count floats (at least one), aligned to MEMORY_ALIGNMENT; or NULL. */
float *memory_floats(size_t count);

/* A copy of the string; NULL when memory cannot be had. */
char *memory_string(const char *text);

/*
 * Make room for at least `wanted` items of size bytes in *block, which has
 * room for *room (0 with *block NULL at first): room at least doubles.
 * Returns false, and leaves *block as it is, when memory cannot be had.
 */
bool memory_grow(void **block, size_t *room, size_t wanted, size_t size);

/* a * b in *product; false when it does not fit. */
bool memory_product(size_t a, size_t b, size_t *product);

/*
 * Bytes that the process may use at most: the machine's memory, or less where
 * a limit (ulimit -v, -d) is set; infinite where that is not known.
 */
double memory_limit(void);

#endif
