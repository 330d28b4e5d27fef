/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floor and peak for x86-64 processors with AVX2 and FMA. */
#define LANES 8
#include "floor_body.h"
#include "peak_body.h"

#include "variant.h"

extern const struct variant variant_avx2;

const struct variant variant_avx2 = {
	.name = "avx2",
	.floor_exact = floor_exact,
	.floor_approximate = floor_approximate,
	.peak = peak,
};
