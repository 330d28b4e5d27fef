/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What configure runs to see that float arithmetic is IEEE 754's, with the
 * flags that the program is built with. The first thing that is not goes to
 * the file conftest.arithmetic, as the end of a sentence.
 */
#include <stdio.h>

/* The compiler must not know the numbers. */
static volatile float one = 1, third = 1.0f / 3, large = 1e8f, tiny = 1e-38f;
static volatile float huge_number = 3e38f;

static const char *
what_is_wrong(void)
{
	float a = third, b = third, y = large, z = one, none, infinite;
	volatile float rounded;

	infinite = huge_number * 10;
	none = infinite - infinite;
	if (none == none || !(infinite > huge_number))
		return "NaN or infinity is not seen: take -ffinite-math-only "
		       "out of the flags";
	if ((z + y) - y != 0)
		return "sums are reordered: take -fassociative-math and "
		       "-funsafe-math-optimizations out of the flags";
	/* as exp in the kernels finds the nearest integer: of 2.885 it is 3 */
	if (((z + z) * 1.44269504f + 12582912.0f) - 12582912.0f != 3)
		return "float is computed with excess precision (on x86: "
		       "-msse2 -mfpmath=sse)";
	/* the square of 1/3 has 48 bits, of which a float keeps 24 */
	rounded = a * a;
	if (a * b - rounded != 0)
		return "a b + c is fused into one rounding: take "
		       "-ffp-contract out of the flags";
	if (tiny * a == 0)
		return "numbers below 1e-38 are flushed to 0: take -ffast-math "
		       "out of the flags, also of the linker's";
	return NULL;
}

int
main(void)
{
	const char *wrong = what_is_wrong();
	FILE *file;

	if (wrong == NULL)
		return 0;
	file = fopen("conftest.arithmetic", "w");
	if (file != NULL) {
		fprintf(file, "%s\n", wrong);
		fclose(file);
	}
	return 1;
}
