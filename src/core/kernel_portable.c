/*
 * The kernel for every processor, in vectors of four floats: SSE on x86-64,
 * NEON on arm64, plain code elsewhere.
 */
#define KERNEL_NAME "portable"
#define KERNEL_SYMBOL kernel_portable
#define KERNEL_LANES 4
#if defined(__aarch64__) /* 32 registers */
#define KERNEL_ROWS 6
#define DOTS_ROWS 4
#define DOTS_NUMBERS 4
#define COMBINE_ROWS 6
#define GRADIENT_NUMBERS 4
#else
#define KERNEL_ROWS 2
#define DOTS_ROWS 2
#define DOTS_NUMBERS 4
#define COMBINE_ROWS 6
#define GRADIENT_NUMBERS 2
#endif
#include "core/kernel_body.h"
