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
#define KERNEL_ROWS 6
#define KERNEL_ROWS_NARROW 8
#define GEMM_NT_ROWS 4
#define GEMM_NARROW_ROWS 6
#define GEMM_TN_ROWS 4
#define GEMM_TN_ROWS_NARROW 8
#else
#define KERNEL_ROWS 2
#define KERNEL_ROWS_NARROW 3
#define GEMM_NT_ROWS 2
#define GEMM_NARROW_ROWS 6
#define GEMM_TN_ROWS 2
#define GEMM_TN_ROWS_NARROW 3
#endif
#if defined(__SSE__)
#define KERNEL_MAX(a, b) _mm_max_ps(a, b)
#define KERNEL_MIN(a, b) _mm_min_ps(a, b)
#endif
#include "core/kernel_body.h"
