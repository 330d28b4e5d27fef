/*
 * The inner loops of training, written once for any vector width. A kernel
 * file defines KERNEL_LANES, the floats in a vector, the sizes of the tiles
 * that fit its registers, and KERNEL_NAME and KERNEL_SYMBOL, what the table
 * it exports is called; the compiler's flags for that file say which
 * instructions there are. See kernel.h for the layouts.
 *
 * Relaxations, all of them: a * b + c may be contracted to one rounding,
 * where the machine has such an instruction; nothing is reordered, and NaN
 * and infinity are kept.
 */
#include <stdint.h>
#include <string.h>

#include "core/kernel.h"

enum { L = KERNEL_LANES, GATES = 4, COLUMNS = GATES * L };

typedef float vector __attribute__((vector_size(4 * KERNEL_LANES)));
typedef int32_t integers __attribute__((vector_size(4 * KERNEL_LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE vector
load(const float *from)
{
	return *(const vector *)__builtin_assume_aligned(from, sizeof(vector));
}

INLINE void
store(float *to, vector value)
{
	*(vector *)__builtin_assume_aligned(to, sizeof(vector)) = value;
}

INLINE vector
splat(float value)
{
	return value - (vector){0};
}

/* a where the mask is set, else b. */
INLINE vector
choose(integers mask, vector a, vector b)
{
	return (vector)((mask & (integers)a) | (~mask & (integers)b));
}

/* x within [low, high]; NaN stays NaN. */
INLINE vector
clamp(vector x, float low, float high)
{
	x = choose(x < low, splat(low), x);
	return choose(x > high, splat(high), x);
}

/*
 * exp(x) = 2ⁿ (1 + p) with n = round(x / ln 2) and p = exp(r) - 1 for the
 * rest r, |r| <= ln 2 / 2, by Taylor's polynomial of degree 7, whose error
 * is an eighth of a unit in the last place. |x| < 88.
 */
INLINE vector
exp_parts(vector x, vector *power)
{
	/* adding 1.5 · 2²³ leaves the nearest integer in the low bits */
	const float magic = 12582912.0f;
	vector shifted = x * 1.44269504f + magic;
	vector n = shifted - magic;
	vector r = x - n * 0.693145752f;
	vector q;

	r = r - n * 1.42860677e-6f;
	q = splat(1.0f / 5040);
	q = q * r + 1.0f / 720;
	q = q * r + 1.0f / 120;
	q = q * r + 1.0f / 24;
	q = q * r + 1.0f / 6;
	q = q * r + 0.5f;
	*power = (vector)(((integers)shifted << 23) + 0x3f800000);
	return q * (r * r) + r;
}

/* 1 / (1 + exp(-x)), within 2 units in the last place. */
INLINE vector
sigmoid(vector x)
{
	vector power, p = exp_parts(clamp(-x, -87.0f, 87.0f), &power);

	return 1.0f / (1.0f + (power * p + power));
}

/*
 * tanh(x) = e / (e + 2) with e = exp(2x) - 1, which keeps its digits near 0.
 * Beyond |x| = 9.02 it is 1 to float's precision.
 */
INLINE vector
hyperbolic_tangent(vector x)
{
	vector power, p = exp_parts(clamp(x + x, -18.1f, 18.1f), &power);
	vector e = power * p + (power - 1.0f);

	return e / (e + 2.0f);
}

INLINE vector
recurrent_activation(bool is_hard, vector x)
{
	return is_hard ? clamp(0.2f * x + 0.5f, 0.0f, 1.0f) : sigmoid(x);
}

/* The derivative from the function's value y. */
INLINE vector
recurrent_slope(bool is_hard, vector y)
{
	if (is_hard)
		return choose((y > 0.0f) & (y < 1.0f), splat(0.2f),
			splat(0.0f));
	return y * (1.0f - y);
}

/* Tiles are made for each count of rows, so that their sums stay in
 * registers: the loops over rows and vectors are unrolled. */
#define UNROLLED _Pragma("GCC unroll 16")

/* sums[rows][4] += a[row on] · b[a->count, 4 · L]. */
INLINE void
multiply_tile(int rows, vector sums[][GATES], const struct kernel_rows *a,
	size_t row, const float *b)
{
	if (a->symbol != NULL) {
		UNROLLED
		for (int r = 0; r < rows; r++)
			UNROLLED
			for (int g = 0; g < GATES; g++)
				sums[r][g] += load(b +
					a->symbol[row + (size_t)r] * COLUMNS +
					g * L);
		return;
	}
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from = a->base +
			first / a->block * a->block_stride +
			row * a->row_stride;
		size_t rest = a->count - first;
		size_t count = rest < a->block ? rest : a->block;

		for (size_t k = 0; k < count; k++, b += COLUMNS) {
			vector factor[GATES];

			UNROLLED
			for (int g = 0; g < GATES; g++)
				factor[g] = load(b + g * L);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				float x = from[(size_t)r * a->row_stride + k];

				UNROLLED
				for (int g = 0; g < GATES; g++)
					sums[r][g] += x * factor[g];
			}
		}
	}
}

/*
 * z = x W + h₋ R + b, then the gates, the cell and the output: the
 * equations stand in lstm.h.
 */
INLINE void
forward_tile(int rows, const struct kernel_forward *step, size_t row)
{
	vector sums[KERNEL_ROWS][GATES];
	vector kept[KERNEL_ROWS][GATES];

	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
		for (int g = 0; g < GATES; g++)
			sums[r][g] = load(step->bias + g * L);
	multiply_tile(rows, sums, &step->input, row, step->kernel);
	multiply_tile(rows, sums, &step->hidden_before, row,
		step->recurrent_kernel);
	/* out of the registers, so that the tile's code stays small */
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
		for (int g = 0; g < GATES; g++)
			kept[r][g] = sums[r][g];
#pragma GCC unroll 1
	for (int r = 0; r < rows; r++) {
		size_t at = (row + (size_t)r) * L;
		float *gates = step->gates + GATES * at;
		vector i = recurrent_activation(step->is_hard, kept[r][0]);
		vector f = kept[r][1];
		vector g = hyperbolic_tangent(kept[r][2]);
		vector o = recurrent_activation(step->is_hard, kept[r][3]);
		vector c = i * g, t;

		/* the forget gate has nothing to forget in a zero state */
		if (step->cell_before != NULL) {
			f = recurrent_activation(step->is_hard, f);
			c += f * load(step->cell_before + at);
		}
		t = hyperbolic_tangent(c);
		store(gates, i);
		store(gates + L, f);
		store(gates + 2 * L, g);
		store(gates + 3 * L, o);
		store(step->cell + at, c);
		store(step->cell_tanh + at, t);
		store(step->hidden + at, o * t);
	}
}

static void
forward(const struct kernel_forward *step)
{
	size_t row = 0;

	for (; row + KERNEL_ROWS <= step->samples; row += KERNEL_ROWS)
		forward_tile(KERNEL_ROWS, step, row);
	switch (step->samples - row) {
#if KERNEL_ROWS > 2
	case 5:
		forward_tile(5, step, row);
		break;
	case 4:
		forward_tile(4, step, row);
		break;
	case 3:
		forward_tile(3, step, row);
		break;
#endif
	case 2:
		forward_tile(2, step, row);
		break;
	case 1:
		forward_tile(1, step, row);
		break;
	}
}

static void
backward(const struct kernel_backward *step)
{
	const bool hard = step->is_hard;

	for (size_t at = 0; at < step->samples * L; at += L) {
		float *gates = step->gates + GATES * at;
		vector i = load(gates), f = load(gates + L);
		vector g = load(gates + 2 * L), o = load(gates + 3 * L);
		vector t = load(step->cell_tanh + at);
		vector dh = load(step->d_hidden + at);
		vector dc = load(step->d_cell + at) + dh * o * (1.0f - t * t);
		vector df = {0};

		if (step->cell_before != NULL) {
			df = dc * load(step->cell_before + at) *
				recurrent_slope(hard, f);
			store(step->d_cell + at, dc * f);
		}
		store(gates, dc * g * recurrent_slope(hard, i));
		store(gates + L, df);
		store(gates + 2 * L, dc * i * (1.0f - g * g));
		store(gates + 3 * L, dh * t * recurrent_slope(hard, o));
	}
}

/* The sum of a vector's lanes, in halves: the order is fixed. */
INLINE float
sum_lanes(vector x)
{
	float part[L];

	memcpy(part, &x, sizeof part);
	UNROLLED
	for (int half = L / 2; half > 0; half /= 2)
		UNROLLED
		for (int l = 0; l < half; l++)
			part[l] += part[l + half];
	return part[0];
}

INLINE void
dots_tile(int rows, int numbers, const struct kernel_dots *dots, size_t row,
	size_t number)
{
	vector sums[DOTS_ROWS][DOTS_NUMBERS] = {0};

	for (size_t p = 0; p < dots->panels; p++) {
		const float *a = dots->a + p * dots->a_panel_stride +
			row * dots->a_row_stride;
		const float *b = dots->b + p * dots->b_panel_stride +
			number * dots->b_row_stride;

		for (size_t k = 0; k < dots->width; k += L) {
			vector factor[DOTS_NUMBERS];

			UNROLLED
			for (int n = 0; n < numbers; n++)
				factor[n] = load(b + (size_t)n *
					dots->b_row_stride + k);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				vector x = load(a + (size_t)r *
					dots->a_row_stride + k);

				UNROLLED
				for (int n = 0; n < numbers; n++)
					sums[r][n] += x * factor[n];
			}
		}
	}
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
		for (int n = 0; n < numbers; n++) {
			size_t at = number + (size_t)n;

			dots->c[at / L * dots->c_block_stride +
				(row + (size_t)r) * dots->c_row_stride +
				at % L] += sum_lanes(sums[r][n]);
		}
}

/* Few numbers of b stay at hand while all rows of a pass by. */
INLINE void
dots_numbers(int numbers, const struct kernel_dots *dots, size_t number)
{
	size_t row = 0;

	for (; row + DOTS_ROWS <= dots->rows; row += DOTS_ROWS)
		dots_tile(DOTS_ROWS, numbers, dots, row, number);
	for (; row < dots->rows; row++)
		dots_tile(1, numbers, dots, row, number);
}

static void
dots(const struct kernel_dots *dots)
{
	size_t number = 0;

	for (; number + DOTS_NUMBERS <= dots->numbers; number += DOTS_NUMBERS)
		dots_numbers(DOTS_NUMBERS, dots, number);
	for (; number + 2 <= dots->numbers; number += 2)
		dots_numbers(2, dots, number);
	for (; number < dots->numbers; number++)
		dots_numbers(1, dots, number);
}

INLINE void
combine_tile(int rows, const struct kernel_rows *a, size_t row,
	const float *b, size_t b_stride, float *c)
{
	vector sums[COMBINE_ROWS];

	UNROLLED
	for (int r = 0; r < rows; r++)
		sums[r] = load(c + (row + (size_t)r) * L);
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from = a->base +
			first / a->block * a->block_stride +
			row * a->row_stride;
		size_t rest = a->count - first;
		size_t count = rest < a->block ? rest : a->block;

		for (size_t k = 0; k < count; k++, b += b_stride) {
			vector factor = load(b);

			UNROLLED
			for (int r = 0; r < rows; r++)
				sums[r] += from[(size_t)r * a->row_stride +
					k] * factor;
		}
	}
	UNROLLED
	for (int r = 0; r < rows; r++)
		store(c + (row + (size_t)r) * L, sums[r]);
}

static void
combine(size_t rows, const struct kernel_rows *a, const float *b,
	size_t b_stride, float *c)
{
	size_t row = 0;

	for (; row + COMBINE_ROWS <= rows; row += COMBINE_ROWS)
		combine_tile(COMBINE_ROWS, a, row, b, b_stride, c);
	for (; row < rows; row++)
		combine_tile(1, a, row, b, b_stride, c);
}

INLINE void
gradient_tile(int numbers, int vectors, size_t rows, const float *from,
	size_t row_stride, const float *b, float *c, size_t c_stride)
{
	vector sums[KERNEL_ROWS][GATES] = {0};

	for (size_t row = 0; row < rows; row++) {
		vector factor[GATES];

		UNROLLED
		for (int v = 0; v < vectors; v++)
			factor[v] = load(b + v * L);
		UNROLLED
		for (int n = 0; n < numbers; n++)
			UNROLLED
			for (int v = 0; v < vectors; v++)
				sums[n][v] += from[n] * factor[v];
		from += row_stride;
		b += vectors * L;
	}
	UNROLLED
	for (int n = 0; n < numbers; n++)
		UNROLLED
		for (int v = 0; v < vectors; v++)
			store(c + (size_t)n * c_stride + v * L, sums[n][v]);
}

INLINE void
gradient_numbers(int vectors, size_t rows, const struct kernel_rows *a,
	const float *b, float *c, size_t c_stride)
{
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from =
			a->base + first / a->block * a->block_stride;
		size_t rest = a->count - first, k = 0;
		size_t count = rest < a->block ? rest : a->block;

		for (; k + GRADIENT_NUMBERS <= count;
			k += GRADIENT_NUMBERS, c += GRADIENT_NUMBERS * c_stride)
			gradient_tile(GRADIENT_NUMBERS, vectors, rows, from + k,
				a->row_stride, b, c, c_stride);
		for (; k + 2 <= count; k += 2, c += 2 * c_stride)
			gradient_tile(2, vectors, rows, from + k,
				a->row_stride, b, c, c_stride);
		for (; k < count; k++, c += c_stride)
			gradient_tile(1, vectors, rows, from + k,
				a->row_stride, b, c, c_stride);
	}
}

/* The gradient for one-hot rows: each row of b goes to its symbol's. */
static void
gather_symbols(size_t rows, const struct kernel_rows *a, const float *b,
	float *c)
{
	memset(c, 0, a->count * COLUMNS * sizeof *c);
	for (size_t row = 0; row < rows; row++, b += COLUMNS) {
		float *to = c + a->symbol[row] * COLUMNS;

		UNROLLED
		for (int g = 0; g < GATES; g++)
			store(to + g * L, load(to + g * L) + load(b + g * L));
	}
}

static void
gradient(size_t rows, size_t vectors, const struct kernel_rows *a,
	const float *b, float *c, size_t c_stride)
{
	if (a->symbol != NULL)
		gather_symbols(rows, a, b, c);
	else if (vectors == GATES)
		gradient_numbers(GATES, rows, a, b, c, c_stride);
	else
		gradient_numbers(1, rows, a, b, c, c_stride);
}

static void
sum_rows(size_t rows, size_t width, const float *b, float *c)
{
	for (size_t at = 0; at < width; at += L) {
		vector sum = {0};

		for (size_t row = 0; row < rows; row++)
			sum += load(b + row * width + at);
		store(c + at, sum);
	}
}

/* Floats that begin anywhere. */
typedef float loose __attribute__((vector_size(4 * KERNEL_LANES), aligned(4)));

/* Up to L floats, with a value for those that are missing. */
INLINE vector
load_part(const float *from, size_t count, float missing)
{
	vector part = splat(missing);

	memcpy(&part, from, count * sizeof *from);
	return part;
}

INLINE vector
exponential(vector x)
{
	vector power, p = exp_parts(clamp(x, -87.0f, 87.0f), &power);

	return power * p + power;
}

/* The largest of a row's scores. */
INLINE float
largest(const float *scores, size_t count)
{
	vector most = splat(scores[0]);
	float part[L], result;
	size_t k = 0;

	for (; k + L <= count; k += L) {
		vector x = *(const loose *)(scores + k);

		most = choose(x > most, x, most);
	}
	if (k < count) {
		vector x = load_part(scores + k, count - k, scores[0]);

		most = choose(x > most, x, most);
	}
	memcpy(part, &most, sizeof part);
	result = part[0];
	for (int l = 1; l < L; l++)
		result = part[l] > result ? part[l] : result;
	return result;
}

/* exp(score - most) of a row; returns their sum. */
INLINE float
exponentials(const float *scores, size_t count, float most, float *to)
{
	vector sum = {0};
	size_t k = 0;

	for (; k + L <= count; k += L) {
		vector e = exponential(*(const loose *)(scores + k) - most);

		*(loose *)(to + k) = e;
		sum += e;
	}
	if (k < count) {
		vector e = exponential(
			load_part(scores + k, count - k, most) - most);
		float part[L] = {0};

		memcpy(to + k, &e, (count - k) * sizeof *to);
		memcpy(part, &e, (count - k) * sizeof *to);
		sum += *(const loose *)part;
	}
	return sum_lanes(sum);
}

static double
cross_entropy(size_t rows, size_t symbols, const float *scores,
	const uint32_t *targets, const float *weights, float scale,
	float *gradients)
{
	double sum = 0;

	for (size_t row = 0; row < rows; row++, scores += symbols,
		gradients += symbols) {
		float most, all, factor;
		size_t k = 0;

		if (weights != NULL && weights[row] == 0.0f) {
			memset(gradients, 0, symbols * sizeof *gradients);
			continue;
		}
		most = largest(scores, symbols);
		all = exponentials(scores, symbols, most, gradients);
		sum += __builtin_log((double)all) + (double)most -
			(double)scores[targets[row]];
		factor = scale / all;
		for (; k + L <= symbols; k += L)
			*(loose *)(gradients + k) =
				*(const loose *)(gradients + k) * factor;
		for (; k < symbols; k++)
			gradients[k] *= factor;
		gradients[targets[row]] -= scale;
	}
	return sum;
}

/* Half as many doubles fill a vector; the floats may begin anywhere. */
enum { HALF = L / 2 };

typedef double doubles __attribute__((vector_size(4 * KERNEL_LANES)));
typedef float half __attribute__((vector_size(2 * KERNEL_LANES), aligned(4)));

INLINE doubles
load_doubles(const float *from)
{
	return __builtin_convertvector(*(const half *)from, doubles);
}

static void
project(size_t count, const float *restrict direction, float *restrict row)
{
	enum { SUMS = 4 }; /* so that one addition need not wait for another */
	doubles sums[SUMS] = {0};
	double along = 0;
	size_t whole = count / (SUMS * HALF) * (SUMS * HALF);

	for (size_t k = 0; k < whole; k += SUMS * HALF)
		UNROLLED
		for (int i = 0; i < SUMS; i++)
			sums[i] += load_doubles(row + k + i * HALF) *
				load_doubles(direction + k + i * HALF);
	sums[0] += sums[1] + sums[2] + sums[3];
	for (int l = 0; l < HALF; l++)
		along += sums[0][l];
	for (size_t k = whole; k < count; k++)
		along += (double)row[k] * direction[k];
	for (size_t k = 0; k < count; k++)
		row[k] -= (float)along * direction[k];
}

static void
adam(const struct kernel_adam *rates, size_t count, float *restrict values,
	const float *restrict gradients, float *restrict m, float *restrict v)
{
	const float rate = rates->rate, epsilon = rates->epsilon;
	const float beta1 = rates->beta1, beta2 = rates->beta2;
	const float rest1 = rates->rest1, rest2 = rates->rest2;

	for (size_t i = 0; i < count; i++) {
		float g = gradients[i];

		m[i] = beta1 * m[i] + rest1 * g;
		v[i] = beta2 * v[i] + rest2 * (g * g);
		values[i] -= rate * m[i] / (__builtin_sqrtf(v[i]) + epsilon);
	}
}

const struct kernel KERNEL_SYMBOL = {
	.name = KERNEL_NAME,
	.lanes = KERNEL_LANES,
	.forward = forward,
	.backward = backward,
	.dots = dots,
	.combine = combine,
	.gradient = gradient,
	.cross_entropy = cross_entropy,
	.sum_rows = sum_rows,
	.project = project,
	.adam = adam,
};
