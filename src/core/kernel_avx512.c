/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kernel for x86-64 processors with AVX-512: 32 vector registers. */
#include <immintrin.h>

#define KERNEL_NAME "avx512"
#define KERNEL_SYMBOL kernel_avx512
#define KERNEL_LANES 16
#define KERNEL_SUMS 24
#define KERNEL_FMA(a, b, c) _mm512_fmadd_ps(a, b, c)
#define KERNEL_MAX(a, b) _mm512_max_ps(a, b)
#define KERNEL_MIN(a, b) _mm512_min_ps(a, b)
#define KERNEL_LOAD_PART(from, mask) \
	_mm512_maskz_loadu_ps(KERNEL_LANES_OF(mask), from)
#define KERNEL_STORE_PART(to, mask, value) \
	_mm512_mask_storeu_ps(to, KERNEL_LANES_OF(mask), value)
#define KERNEL_LANES_OF(mask) \
	_mm512_test_epi32_mask((__m512i)(mask), (__m512i)(mask))
#include "core/kernel_body.h"
