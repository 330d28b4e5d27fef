/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Requirements on the compiler's arithmetic: IEEE 754, each operation rounded
 * to its own type, in source order. Any deviation silently changes losses, or
 * breaks exp in the kernels, which rounds by adding a large number. configure
 * checks the same requirements with tests/arithmetic.c; this header rejects
 * flags that were changed after configure ran.
 */
#ifndef LSTMTUI_CORE_ARITHMETIC_H
#define LSTMTUI_CORE_ARITHMETIC_H

#include <float.h>

#if defined(__FAST_MATH__) ||                                           \
	(defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ != 0) || \
	defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__)
#error "remove -ffast-math, -Ofast and the like from CFLAGS"
#endif

/* 0 and 16: float is computed as float; 16 adds _Float16 operations */
#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 16
#error "float is computed with excess precision: x86 needs -msse2 -mfpmath=sse"
#endif

#endif
