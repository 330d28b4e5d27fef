/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What libFuzzer calls; FUZZ_TARGET, by the compiler's command line, is one
 * of the functions of target.h.
 */
#include <stdint.h>

#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct error error;

	FUZZ_TARGET(bytes, size, &error);
	return 0;
}
