/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Part of the program and of each test in a build with MemorySanitizer. The
 * sanitizer does not see writes by libraries that are built without it, and
 * treats memory from malloc as uninitialized until it is written. Memory
 * allocated by jansson counts as initialized from the start, so that reading
 * its strings and objects is not an error. Memory of the program itself is
 * watched, including libcsv's buffer (base/csv_reader.c). utf8proc allocates
 * none.
 *
 * jansson writes a number to its stack by a function of the C library that the
 * sanitizer does not watch, and then searches it: json_dumps runs without the
 * checks of such calls, and its result counts as initialized.
 */
#include <dlfcn.h>
#include <jansson.h>
#include <sanitizer/msan_interface.h>
#include <stdlib.h>
#include <string.h>

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

/* Replaces jansson's function of this name, which it calls. */
char *
json_dumps(const json_t *value, size_t flags)
{
	void *symbol = dlsym(RTLD_NEXT, "json_dumps");
	char *(*dumps)(const json_t *, size_t), *text;

	memcpy(&dumps, &symbol, sizeof dumps);
	__msan_scoped_disable_interceptor_checks();
	text = dumps(value, flags);
	if (text != NULL)
		__msan_unpoison(text, strlen(text) + 1);
	__msan_scoped_enable_interceptor_checks();
	return text;
}
