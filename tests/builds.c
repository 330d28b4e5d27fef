/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests/builds.sh compiles with several compilers and flags: prints, for
 * each kernel that runs here and each training, the hash of the weights.
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
