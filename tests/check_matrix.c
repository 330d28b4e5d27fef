/*
 * The products of matrices against three plain loops in double precision,
 * over every combination of sizes that are one, odd, around the width of a
 * vector register and beyond it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/matrix.h"
#include "core/random.h"
#include "suite.h"

static const size_t sizes[] = {1, 2, 3, 7, 10, 16, 17, 31, 40};

enum { SIZES = sizeof sizes / sizeof sizes[0], SIZE_MOST = 40, GUARD = 16 };

#define GUARD_VALUE 12345.0f

/* Where in memory the element [i, k] of a matrix is; transposed or not. */
struct view {
	const float *values;
	size_t by_row, by_column;
};

struct product {
	size_t rows, inner, columns;
	float *a, *b, *c, *before;
};

static struct random random_source;

static float *
random_floats(size_t count)
{
	float *values = memory_floats(count + GUARD);

	ck_assert_ptr_nonnull(values);
	for (size_t i = 0; i < count; i++)
		values[i] = 2 * random_uniform(&random_source) - 1;
	for (size_t i = 0; i < GUARD; i++)
		values[count + i] = GUARD_VALUE;
	return values;
}

static void
make(struct product *product, size_t rows, size_t inner, size_t columns)
{
	*product = (struct product){
		.rows = rows,
		.inner = inner,
		.columns = columns,
		.a = random_floats(rows * inner),
		.b = random_floats(inner * columns),
		.c = random_floats(rows * columns),
		.before = memory_floats(rows * columns),
	};
	ck_assert_ptr_nonnull(product->before);
	memcpy(product->before, product->c,
		rows * columns * sizeof *product->c);
}

static void
release(struct product *product)
{
	free(product->a);
	free(product->b);
	free(product->c);
	free(product->before);
}

/*
 * The largest error of c = before + a · b, in units of what a float sum of
 * so many terms may lose; infinite where c was written past its end.
 */
static double
worst(const struct product *product, struct view a, struct view b)
{
	const float *guard = product->c + product->rows * product->columns;
	double most = 0;

	for (size_t i = 0; i < product->rows; i++)
		for (size_t j = 0; j < product->columns; j++) {
			size_t at = i * product->columns + j;
			double sum = product->before[at], size = fabs(sum);

			for (size_t k = 0; k < product->inner; k++) {
				double term = (double)a.values[i * a.by_row +
						      k * a.by_column] *
					b.values[k * b.by_row +
						j * b.by_column];

				sum += term;
				size += fabs(term);
			}
			size *= (double)(product->inner + 1) * 0x1p-24;
			most = fmax(most, fabs(product->c[at] - sum) / size);
		}
	for (size_t i = 0; i < GUARD; i++)
		if (guard[i] != GUARD_VALUE)
			return INFINITY;
	return most;
}

/* Each kind computes the product and says how it sees a and b. */
static double
plain(struct product *product)
{
	matrix_multiply(product->rows, product->inner, product->columns,
		product->a, product->b, product->c);
	return worst(product, (struct view){product->a, product->inner, 1},
		(struct view){product->b, product->columns, 1});
}

static double
second_transposed(struct product *product)
{
	matrix_multiply_transposed(product->rows, product->inner,
		product->columns, product->a, product->b, product->c);
	return worst(product, (struct view){product->a, product->inner, 1},
		(struct view){product->b, 1, product->inner});
}

static double
first_transposed(struct product *product)
{
	matrix_transposed_multiply(product->rows, product->inner,
		product->columns, product->a, product->b, product->c);
	return worst(product, (struct view){product->a, 1, product->rows},
		(struct view){product->b, product->columns, 1});
}

static void
check_all_sizes(double (*multiply)(struct product *product))
{
	random_seed(&random_source, 1, RANDOM_STREAM_DATA);
	for (size_t i = 0; i < SIZES; i++)
		for (size_t k = 0; k < SIZES; k++)
			for (size_t j = 0; j < SIZES; j++) {
				struct product product;
				double error;

				make(&product, sizes[i], sizes[k], sizes[j]);
				error = multiply(&product);
				ck_assert_msg(error <= 1,
					"[%zu, %zu] x [%zu, %zu] is off by %g",
					sizes[i], sizes[k], sizes[k], sizes[j],
					error);
				release(&product);
			}
}

START_TEST(products_of_all_sizes_are_right)
{
	check_all_sizes(plain);
}
END_TEST

START_TEST(products_with_the_second_transposed_are_right)
{
	check_all_sizes(second_transposed);
}
END_TEST

START_TEST(products_with_the_first_transposed_are_right)
{
	check_all_sizes(first_transposed);
}
END_TEST

START_TEST(an_empty_product_changes_nothing)
{
	struct product product;

	random_seed(&random_source, 1, RANDOM_STREAM_DATA);
	make(&product, 3, 5, 7);
	matrix_multiply(3, 0, 7, product.a, product.b, product.c);
	matrix_multiply(0, 5, 7, product.a, product.b, product.c);
	matrix_multiply_transposed(3, 0, 7, product.a, product.b, product.c);
	matrix_transposed_multiply(3, 0, 7, product.a, product.b, product.c);
	matrix_sum_rows(0, 7, product.b, product.c);
	matrix_fill_rows(0, 7, product.b, product.c);
	ck_assert_mem_eq(product.c, product.before,
		(size_t)3 * 7 * sizeof *product.c);
	release(&product);
}
END_TEST

/* A factor 0 must not hide a NaN: that is how a broken run is noticed. */
START_TEST(what_is_not_a_number_comes_through)
{
	const float a[] = {0, 1}, b[] = {NAN, 2};
	float plain_sum = 0, transposed_sum = 0, first_sum = 0;

	matrix_multiply(1, 2, 1, a, b, &plain_sum);
	matrix_multiply_transposed(1, 2, 1, a, b, &transposed_sum);
	matrix_transposed_multiply(1, 2, 1, a, b, &first_sum);
	ck_assert(isnan(plain_sum));
	ck_assert(isnan(transposed_sum));
	ck_assert(isnan(first_sum));
}
END_TEST

/* The order of summation does not depend on what else is computed. */
START_TEST(a_product_repeats_bit_for_bit)
{
	struct product first, second;

	random_seed(&random_source, 5, RANDOM_STREAM_DATA);
	make(&first, 17, 31, 40);
	random_seed(&random_source, 5, RANDOM_STREAM_DATA);
	make(&second, 17, 31, 40);
	second_transposed(&first);
	second_transposed(&second);
	ck_assert_mem_eq(first.c, second.c, (size_t)17 * 40 * sizeof *first.c);
	release(&first);
	release(&second);
}
END_TEST

START_TEST(rows_are_summed)
{
	const float b[] = {1, 2, 3, 10, 20, 30, 100, 200, 300};
	float c[] = {0.5f, 0, -1, GUARD_VALUE};

	matrix_sum_rows(3, 3, b, c);
	ck_assert_float_eq(c[0], 111.5f);
	ck_assert_float_eq(c[1], 222);
	ck_assert_float_eq(c[2], 332);
	ck_assert_float_eq(c[3], GUARD_VALUE);
}
END_TEST

START_TEST(rows_are_filled)
{
	const float b[] = {1, 2, 3};
	const float expected[] = {1, 2, 3, 1, 2, 3, GUARD_VALUE};
	float c[7] = {[6] = GUARD_VALUE};

	matrix_fill_rows(2, 3, b, c);
	ck_assert_mem_eq(c, expected, sizeof c);
}
END_TEST

static Suite *
matrix_suite(void)
{
	Suite *suite = suite_create("matrix");
	TCase *group = suite_group(suite, "products", SUITE_SECONDS);

	tcase_add_test(group, products_of_all_sizes_are_right);
	tcase_add_test(group, products_with_the_second_transposed_are_right);
	tcase_add_test(group, products_with_the_first_transposed_are_right);
	tcase_add_test(group, an_empty_product_changes_nothing);
	tcase_add_test(group, what_is_not_a_number_comes_through);
	tcase_add_test(group, a_product_repeats_bit_for_bit);
	tcase_add_test(group, rows_are_summed);
	tcase_add_test(group, rows_are_filled);
	return suite;
}

int
main(void)
{
	return suite_run(matrix_suite());
}
