/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Run by configure: check that float arithmetic follows IEEE 754 with the flags
 * of the build. Write the first violation, as the end of a sentence, to the
 * file conftest.arithmetic.
 */
#include <stdio.h>

/* volatile: the compiler must not fold the constants */
static volatile float one = 1, third = 1.0f / 3, large = 1e8f, tiny = 1e-38f;
static volatile float huge_number = 3e38f;

static const char *
find_violation(void)
{
	float a = third, b = third, y = large, z = one, none, infinite;
	volatile float rounded;

	infinite = huge_number * 10;
	none = infinite - infinite;
	if (none == none || !(infinite > huge_number))
		return "NaN or infinity is not detected: remove "
		       "-ffinite-math-only from the flags";
	if ((z + y) - y != 0)
		return "sums are reordered: remove -fassociative-math and "
		       "-funsafe-math-optimizations from the flags";
	/* exp in the kernels rounds to an integer like this: 2.885 to 3 */
	if (((z + z) * 1.44269504f + 12582912.0f) - 12582912.0f != 3)
		return "float is computed with excess precision: on x86, "
		       "add -msse2 -mfpmath=sse to the flags";
	/* the square of 1/3 has 48 significant bits, a float has 24 */
	rounded = a * a;
	if (a * b - rounded != 0)
		return "a b + c is fused into one rounding: remove "
		       "-ffp-contract from the flags";
	if (tiny * a == 0)
		return "numbers below 1e-38 are flushed to 0: remove "
		       "-ffast-math from the flags, also the linker's";
	return NULL;
}

int
main(void)
{
	const char *violation = find_violation();
	FILE *file;

	if (violation == NULL)
		return 0;
	file = fopen("conftest.arithmetic", "w");
	if (file != NULL) {
		fprintf(file, "%s\n", violation);
		fclose(file);
	}
	return 1;
}
