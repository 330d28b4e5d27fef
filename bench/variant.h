/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The floor and the peak that training is compared with, compiled once per
 * instruction set like the kernels of the program.
 */
#ifndef LSTMTUI_BENCH_VARIANT_H
#define LSTMTUI_BENCH_VARIANT_H

#include <stdint.h>

enum {
	FLOOR_UPDATES = 25000, /* updates of the lesson */
	FLOOR_TAIL = 1000 /* last updates, over which the loss is averaged */
};

struct variant {
	const char *name; /* name of the corresponding kernel */

	/*
	 * The floor: run the whole lesson, FLOOR_UPDATES updates, in a loop
	 * specialized for it. Return the mean loss of the last FLOOR_TAIL.
	 */
	double (*floor_exact)(uint64_t seed);
	/* The same with approximate reciprocals; NULL if there are none. */
	double (*floor_approximate)(uint64_t seed);

	/*
	 * The peak: run rounds of independent multiply-adds. Return the number
	 * of floating-point operations, two per multiply-add.
	 */
	double (*peak)(uint64_t rounds);
};

/* Find a variant by name; return the portable variant if there is none. */
const struct variant *variant_find(const char *name);

#endif
