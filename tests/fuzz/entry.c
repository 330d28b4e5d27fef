/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entry point of libFuzzer. The compiler's command line defines FUZZ_TARGET as
 * one of the functions of target.h.
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
