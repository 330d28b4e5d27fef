/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kernel for arm64: NEON, with 32 vector registers and a fused multiply-add,
 * which every processor of this kind has.
 */
#include <arm_neon.h>

#define KERNEL_NAME "neon"
#define KERNEL_SYMBOL kernel_neon
#define KERNEL_LANES 4
#define KERNEL_SUMS 24
#define KERNEL_FMA(a, b, c) vfmaq_f32(c, a, b)
#include "core/kernel_body.h"
