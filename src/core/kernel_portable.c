/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kernel for every processor, with vectors of four floats: SSE on x86-64, NEON
 * on arm64, scalar code elsewhere.
 */
#if defined(__aarch64__)
#include <arm_neon.h>
#elif defined(__SSE__)
#include <xmmintrin.h>
#endif

#define KERNEL_NAME "portable"
#define KERNEL_SYMBOL kernel_portable
#define KERNEL_LANES 4
#if defined(__aarch64__) /* 32 registers, always with fma */
#define KERNEL_FMA(a, b, c) vfmaq_f32(c, a, b)
#define KERNEL_SUMS 24
#else
#define KERNEL_SUMS 9
#endif
#if defined(__SSE__)
#define KERNEL_MAX(a, b) _mm_max_ps(a, b)
#define KERNEL_MIN(a, b) _mm_min_ps(a, b)
#endif
#include "core/kernel_body.h"
