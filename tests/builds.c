/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compiled by tests/builds.sh with several compilers and flags. For each kernel
 * that this machine can run and each training case, print the hash of the
 * weights.
 */
#include <inttypes.h>
#include <stdio.h>

#include "bits.h"

int
main(void)
{
	const struct kernel *kernel;
	struct context context;
	struct error error;

	for (size_t k = 0; (kernel = kernel_variant(k)) != NULL; k++) {
		if (!context_create(&context, kernel, 0, &error))
			return 1;
		for (size_t i = 0; bits_name(i) != NULL; i++)
			printf("%s %s %016" PRIx64 "\n", kernel->name,
				bits_name(i), bits_of_training(i, &context));
		context_destroy(&context);
	}
	return 0;
}
