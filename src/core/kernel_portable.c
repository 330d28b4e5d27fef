/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel for every processor, in vectors of four floats: SSE on x86-64,
 * NEON on arm64, plain code elsewhere.
 */
#if defined(__aarch64__)
#include <arm_neon.h>
#endif

#define KERNEL_NAME "portable"
#define KERNEL_SYMBOL kernel_portable
#define KERNEL_LANES 4
#if defined(__aarch64__) /* 32 registers, and fused products everywhere */
#define KERNEL_FMA(a, b, c) vfmaq_f32(c, a, b)
#define KERNEL_ROWS 6
#define KERNEL_ROWS_NARROW 8
#define DOTS_ROWS 4
#define COMBINE_ROWS 6
#define GRADIENT_NUMBERS 4
#define GRADIENT_NUMBERS_NARROW 8
#else
#define KERNEL_ROWS 2
#define KERNEL_ROWS_NARROW 3
#define DOTS_ROWS 2
#define COMBINE_ROWS 6
#define GRADIENT_NUMBERS 2
#define GRADIENT_NUMBERS_NARROW 3
#endif
#include "core/kernel_body.h"
