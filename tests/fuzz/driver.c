/*
 * The fuzzer's entry, for the target that FUZZ_TARGET names.
 */
#include <string.h>

#include "targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct error error;

	for (size_t i = 0; fuzz_target(i) != NULL; i++)
		if (strcmp(fuzz_target(i)->name, FUZZ_TARGET) == 0)
			fuzz_take(fuzz_target(i), bytes, size, &error);
	return 0;
}
