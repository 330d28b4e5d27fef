/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floor and peak for every processor, with vectors of four floats. */
#define LANES 4
#include "floor_body.h"
#include "peak_body.h"

#include "variant.h"

extern const struct variant variant_portable;

const struct variant variant_portable = {
	.name = "portable",
	.floor_exact = floor_exact,
	.peak = peak,
};
