#include "core/matrix.h"

#include <string.h>

void
matrix_multiply(size_t rows, size_t inner, size_t columns,
	const float *restrict a, const float *restrict b, float *restrict c)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t k = 0; k < inner; k++) {
			float factor = a[i * inner + k];

			for (size_t j = 0; j < columns; j++)
				c[i * columns + j] +=
					factor * b[k * columns + j];
		}
}

/*
 * A dot product over the inner index in several partial sums, which is what
 * lets the compiler keep them in vector registers. The order is fixed by the
 * number of lanes here, not by the machine.
 */
enum { DOT_LANES = 16 };

static float
dot(size_t count, const float *restrict a, const float *restrict b)
{
	float lane[DOT_LANES] = {0};
	float sum = 0;
	size_t k = 0;

	for (; k + DOT_LANES <= count; k += DOT_LANES)
		for (size_t l = 0; l < DOT_LANES; l++)
			lane[l] += a[k + l] * b[k + l];
	for (; k < count; k++)
		sum += a[k] * b[k];
	for (size_t l = 0; l < DOT_LANES; l++)
		sum += lane[l];
	return sum;
}

void
matrix_multiply_transposed(size_t rows, size_t inner, size_t columns,
	const float *restrict a, const float *restrict b, float *restrict c)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++)
			c[i * columns + j] +=
				dot(inner, a + i * inner, b + j * inner);
}

void
matrix_transposed_multiply(size_t rows, size_t inner, size_t columns,
	const float *restrict a, const float *restrict b, float *restrict c)
{
	for (size_t k = 0; k < inner; k++)
		for (size_t i = 0; i < rows; i++) {
			float factor = a[k * rows + i];

			for (size_t j = 0; j < columns; j++)
				c[i * columns + j] +=
					factor * b[k * columns + j];
		}
}

void
matrix_sum_rows(size_t rows, size_t columns, const float *restrict b,
	float *restrict c)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++)
			c[j] += b[i * columns + j];
}

void
matrix_fill_rows(size_t rows, size_t columns, const float *restrict b,
	float *restrict c)
{
	for (size_t i = 0; i < rows; i++)
		memcpy(c + i * columns, b, columns * sizeof *c);
}
