/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kernel for every processor, with vectors of four floats: SSE on x86-64, NEON
 * on arm64, VSX on POWER, scalar code elsewhere. It has no fused multiply-add,
 * so that its bits are the same on all of them.
 */
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

#define KERNEL_NAME "portable"
#define KERNEL_SYMBOL kernel_portable
#define KERNEL_LANES 4
#define KERNEL_SUMS 9
#if defined(__SSE__)
#define KERNEL_MAX(a, b) _mm_max_ps(a, b)
#define KERNEL_MIN(a, b) _mm_min_ps(a, b)
#endif
#include "core/kernel_body.h"
