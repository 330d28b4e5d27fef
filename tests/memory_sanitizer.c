/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For a build with MemorySanitizer, part of the program and of each test. It
 * does not see what libraries write that are built without it, and takes
 * memory from malloc for unset until it is written to. Memory that jansson
 * asks for counts as set from the start, so that what is read from its
 * strings and objects is no finding; all memory of the program's own is
 * watched, libcsv's buffer too, which is of it (base/csv_reader.c). utf8proc asks
 * for none.
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
