/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variant.h"

#include <stddef.h>
#include <string.h>

extern const struct variant variant_portable;
#ifdef HAVE_KERNEL_AVX2
extern const struct variant variant_avx2;
#endif
#ifdef HAVE_KERNEL_AVX512
extern const struct variant variant_avx512;
#endif

static const struct variant *const variants[] = {
#ifdef HAVE_KERNEL_AVX512
	&variant_avx512,
#endif
#ifdef HAVE_KERNEL_AVX2
	&variant_avx2,
#endif
	&variant_portable,
};

const struct variant *
variant_find(const char *name)
{
	size_t last = sizeof variants / sizeof variants[0] - 1, i = 0;

	while (i < last && strcmp(variants[i]->name, name) != 0)
		i++;
	return variants[i];
}
