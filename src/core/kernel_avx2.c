/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel for x86-64 processors with AVX2 and FMA: 16 registers. */
#include <immintrin.h>

#define KERNEL_NAME "avx2"
#define KERNEL_SYMBOL kernel_avx2
#define KERNEL_LANES 8
#define KERNEL_ROWS 2
#define KERNEL_ROWS_NARROW 4
#define DOTS_ROWS 2
#define COMBINE_ROWS 6
#define GRADIENT_NUMBERS 2
#define GRADIENT_NUMBERS_NARROW 4
#define KERNEL_FMA(a, b, c) _mm256_fmadd_ps(a, b, c)
#include "core/kernel_body.h"
