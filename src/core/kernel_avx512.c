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
#include "core/kernel_body.h"
