/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the arithmetic of this program needs of the compiler: IEEE 754, each
 * operation rounded to its own type, in the order that is written. Anything
 * else changes losses silently, or makes exp in the kernels wrong, which
 * rounds by adding a large number. configure tests the same by running a
 * program (see LSTMTUI_ARITHMETIC in configure.ac); this header stops a build
 * whose flags were changed afterwards.
 */
#ifndef LSTMTUI_CORE_ARITHMETIC_H
#define LSTMTUI_CORE_ARITHMETIC_H

#include <float.h>

#if defined(__FAST_MATH__) ||                                           \
	(defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ != 0) || \
	defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__)
#error "take -ffast-math, -Ofast and the like out of CFLAGS: other results"
#endif

/* 16: only _Float16 has operations of its own; float has, too */
#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 16
#error "float is computed with excess precision: x86 needs -msse2 -mfpmath=sse"
#endif

#endif
