#include "base/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

bool
memory_product(size_t a, size_t b, size_t *product)
{
	if (b != 0 && a > SIZE_MAX / b)
		return false;
	*product = a * b;
	return true;
}

void *
memory_new(size_t count, size_t size)
{
	return calloc(count > 0 ? count : 1, size);
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
	block = aligned_alloc(MEMORY_ALIGNMENT, bytes);
	if (block != NULL)
		memset(block, 0, bytes);
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
memory_grow(void **block, size_t *room, size_t wanted, size_t size)
{
	size_t bytes, larger = *room > 0 ? *room : 16;
	void *moved;

	if (wanted <= *room)
		return true;
	while (larger < wanted) {
		if (larger > SIZE_MAX / 2)
			return false;
		larger *= 2;
	}
	if (!memory_product(larger, size, &bytes) || bytes == 0)
		return false;
	moved = realloc(*block, bytes);
	if (moved == NULL)
		return false;
	memset((char *)moved + *room * size, 0, (larger - *room) * size);
	*block = moved;
	*room = larger;
	return true;
}

double
memory_limit(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	double limit = pages > 0 && size > 0
		? (double)pages * (double)size : INFINITY;
	struct rlimit set;

	if (getrlimit(RLIMIT_AS, &set) == 0 && set.rlim_cur != RLIM_INFINITY)
		limit = fmin(limit, (double)set.rlim_cur);
	if (getrlimit(RLIMIT_DATA, &set) == 0 && set.rlim_cur != RLIM_INFINITY)
		limit = fmin(limit, (double)set.rlim_cur);
	return limit;
}
