/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floor and peak for x86-64 processors with AVX-512. */
#define LANES 16
#include "floor_body.h"
#include "peak_body.h"

#include "variant.h"

extern const struct variant variant_avx512;

const struct variant variant_avx512 = {
	.name = "avx512",
	.floor_exact = floor_exact,
	.floor_approximate = floor_approximate,
	.peak = peak,
};
