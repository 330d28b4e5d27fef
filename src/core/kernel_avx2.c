/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernel for x86-64 processors with AVX2 and FMA: 16 vector registers. */
#include <immintrin.h>

#define KERNEL_NAME "avx2"
#define KERNEL_SYMBOL kernel_avx2
#define KERNEL_LANES 8
#define KERNEL_SUMS 12
#define KERNEL_FMA(a, b, c) _mm256_fmadd_ps(a, b, c)
#define KERNEL_MAX(a, b) _mm256_max_ps(a, b)
#define KERNEL_MIN(a, b) _mm256_min_ps(a, b)
#define KERNEL_LOAD_PART(from, mask) _mm256_maskload_ps(from, (__m256i)(mask))
#define KERNEL_STORE_PART(to, mask, value) \
	_mm256_maskstore_ps(to, (__m256i)(mask), value)
#include "core/kernel_body.h"
