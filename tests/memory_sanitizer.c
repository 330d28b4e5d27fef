/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Part of the program and of each test in a build with MemorySanitizer. The
 * sanitizer does not see writes by libraries that are built without it, and
 * treats memory from malloc as uninitialized until it is written. Memory
 * allocated by jansson counts as initialized from the start, so that reading
 * its strings and objects is not an error. Memory of the program itself is
 * watched, including libcsv's buffer (base/csv_reader.c). utf8proc allocates
 * none.
 */
#include <jansson.h>
#include <stdlib.h>

static void *
set_memory(size_t size)
{
	return calloc(1, size);
}

__attribute__((constructor)) static void
begin(void)
{
	json_set_alloc_funcs(set_memory, free);
}
