/*
 * Products of row-major float matrices: the three forms that a layer's
 * forward and backward passes need. All of them add to the result. The
 * order of summation is fixed by the sizes alone, so that the same numbers
 * come out on every run.
 */
#ifndef LSTMTUI_CORE_MATRIX_H
#define LSTMTUI_CORE_MATRIX_H

#include <stddef.h>

/* c[rows, columns] += a[rows, inner] · b[inner, columns] */
void matrix_multiply(size_t rows, size_t inner, size_t columns,
	const float *restrict a, const float *restrict b, float *restrict c);

/* c[rows, columns] += a[rows, inner] · b[columns, inner]ᵀ */
void matrix_multiply_transposed(size_t rows, size_t inner, size_t columns,
	const float *restrict a, const float *restrict b, float *restrict c);

/* c[rows, columns] += a[inner, rows]ᵀ · b[inner, columns] */
void matrix_transposed_multiply(size_t rows, size_t inner, size_t columns,
	const float *restrict a, const float *restrict b, float *restrict c);

/* c[columns] += the sum of the rows of b[rows, columns] */
void matrix_sum_rows(size_t rows, size_t columns, const float *restrict b,
	float *restrict c);

/* Each of the rows of c[rows, columns] = b[columns]. */
void matrix_fill_rows(size_t rows, size_t columns, const float *restrict b,
	float *restrict c);

#endif
