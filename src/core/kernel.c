/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/kernel.h"

#include <string.h>

extern const struct kernel kernel_portable;
#ifdef HAVE_KERNEL_AVX512
extern const struct kernel kernel_avx512;
#endif
#ifdef HAVE_KERNEL_AVX2
extern const struct kernel kernel_avx2;
#endif
#ifdef HAVE_KERNEL_NEON
extern const struct kernel kernel_neon;
#endif

const struct kernel *
kernel_variant(size_t index)
{
	const struct kernel *variants[4];
	size_t count = 0;

#ifdef HAVE_KERNEL_AVX512
	if (__builtin_cpu_supports("avx512f") &&
		__builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512dq") &&
		__builtin_cpu_supports("avx512bw"))
		variants[count++] = &kernel_avx512;
#endif
#ifdef HAVE_KERNEL_AVX2
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		variants[count++] = &kernel_avx2;
#endif
#ifdef HAVE_KERNEL_NEON
	variants[count++] = &kernel_neon;
#endif
	variants[count++] = &kernel_portable;
	return index < count ? variants[index] : NULL;
}

const struct kernel *
kernel_find(const char *name)
{
	const struct kernel *kernel;

	for (size_t i = 0; (kernel = kernel_variant(i)) != NULL; i++)
		if (strcmp(kernel->name, name) == 0)
			return kernel;
	return NULL;
}
