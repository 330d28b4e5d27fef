/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the bench compiles for each kind of processor, as the program does
 * its kernels: the floor and the peak that training is measured against.
 */
#ifndef LSTMTUI_BENCH_VARIANT_H
#define LSTMTUI_BENCH_VARIANT_H

#include <stdint.h>

enum {
	FLOOR_UPDATES = 25000, /* of the lesson */
	FLOOR_TAIL = 1000      /* the last of them, whose loss is looked at */
};

struct variant {
	const char *name; /* of the kernel for the same processors */

	/*
	 * The floor: the whole lesson, FLOOR_UPDATES of it, in a loop written
	 * for nothing else. Returns the mean loss of the last FLOOR_TAIL.
	 */
	double (*floor_exact)(uint64_t seed);
	/* The same by approximate reciprocals; NULL: there are none. */
	double (*floor_approximate)(uint64_t seed);

	/*
	 * The peak: rounds of multiply-adds that need not wait for each
	 * other. Returns how many floating-point operations that were, two to
	 * a multiply-add.
	 */
	double (*peak)(uint64_t rounds);
};

/* The variant of that name; the portable one where there is no such. */
const struct variant *variant_find(const char *name);

#endif
