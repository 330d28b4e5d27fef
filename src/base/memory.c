/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/system.h"

_Static_assert((MEMORY_ALIGNMENT & (MEMORY_ALIGNMENT - 1)) == 0,
	"aligned_alloc takes powers of two");

bool
memory_product(size_t a, size_t b, size_t *product)
{
	if (b != 0 && a > SIZE_MAX / b)
		return false;
	*product = a * b;
	return true;
}

/* Minimum size in bytes of a block that large pages are worth asking for. */
#define LARGE_PAGES_MIN ((size_t)4 << 20)

/* Minimum size in bytes of a block that the system clears page by page. */
#define LARGE ((size_t)64 << 20)

/* Return the block, with large pages if it is large; it may be NULL. */
static void *
with_large_pages(void *block, size_t bytes)
{
	if (block != NULL && bytes >= LARGE_PAGES_MIN)
		system_use_large_pages(block, bytes);
	return block;
}

void *
memory_new(size_t count, size_t size)
{
	void *block = calloc(count > 0 ? count : 1, size);

	/* where there is a block, the product does not overflow */
	return block != NULL ? with_large_pages(block, count * size) : NULL;
}

/*
 * Set a block to zero. Clearing gigabytes at once would take seconds without
 * a check for signals or keys. A large block is therefore cleared page by page
 * while it is used.
 */
static void
clear(char *block, size_t bytes)
{
	char *end = block + bytes, *first = block, *last = end;
	uintptr_t page;

	if (bytes >= LARGE) {
		page = (uintptr_t)sysconf(_SC_PAGESIZE);
		first += (page - (uintptr_t)block % page) % page;
		last -= (uintptr_t)end % page;
		if (!system_discard_pages(first, last))
			first = last;
	}
	/* the parts before and after the whole pages */
	memset(block, 0, (size_t)((bytes < LARGE ? end : first) - block));
	memset(last, 0, (size_t)(end - last));
}

float *
memory_floats(size_t count)
{
	size_t bytes;
	float *block;

	if (!memory_product(count > 0 ? count : 1, sizeof *block, &bytes) ||
		bytes > SIZE_MAX - MEMORY_ALIGNMENT)
		return NULL;
	bytes = (bytes + MEMORY_ALIGNMENT - 1) / MEMORY_ALIGNMENT *
		MEMORY_ALIGNMENT;
	block = with_large_pages(aligned_alloc(MEMORY_ALIGNMENT, bytes), bytes);
	if (block != NULL)
		clear((char *)block, bytes);
	return block;
}

char *
memory_string(const char *text)
{
	size_t bytes = strlen(text) + 1;
	char *copy = memory_new(bytes, 1);

	if (copy != NULL)
		memcpy(copy, text, bytes);
	return copy;
}

bool
memory_grow(void **block, size_t *capacity, size_t wanted, size_t size)
{
	size_t bytes, larger = *capacity > 0 ? *capacity : 16;
	void *moved;

	assert(size > 0);
	assert((*block == NULL) == (*capacity == 0));
	if (wanted <= *capacity)
		return true;
	while (larger < wanted) {
		if (larger > SIZE_MAX / 2)
			return false;
		larger *= 2;
	}
	if (!memory_product(larger, size, &bytes) || bytes == 0)
		return false;
	moved = with_large_pages(realloc(*block, bytes), bytes);
	if (moved == NULL)
		return false;
	memset((char *)moved + *capacity * size, 0,
		(larger - *capacity) * size);
	*block = moved;
	*capacity = larger;
	return true;
}

bool
memory_extend(void **block, size_t *capacity, size_t wanted, size_t size)
{
	size_t bytes, larger = *capacity;
	void *moved;

	assert(size > 0);
	assert((*block == NULL) == (*capacity == 0));
	if (wanted <= *capacity)
		return true;
	if (larger > SIZE_MAX / 2)
		return false;
	larger += larger / 2;
	if (larger < wanted)
		larger = wanted;
	if (!memory_product(larger, size, &bytes) || bytes == 0)
		return false;
	moved = with_large_pages(realloc(*block, bytes), bytes);
	if (moved == NULL)
		return false;
	*block = moved;
	*capacity = larger;
	return true;
}

double
memory_limit(void)
{
	double limit = INFINITY;
	struct rlimit soft;
#ifdef _SC_PHYS_PAGES
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);

	if (pages > 0 && size > 0)
		limit = (double)pages * (double)size;
#endif

	if (getrlimit(RLIMIT_AS, &soft) == 0 && soft.rlim_cur != RLIM_INFINITY)
		limit = fmin(limit, (double)soft.rlim_cur);
	if (getrlimit(RLIMIT_DATA, &soft) == 0 &&
		soft.rlim_cur != RLIM_INFINITY)
		limit = fmin(limit, (double)soft.rlim_cur);
	return limit;
}
