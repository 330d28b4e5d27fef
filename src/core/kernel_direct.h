/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole training pass of a small LSTM: forward, and back to the gradients.
 * Part of kernel_body.h; see direct.h. All operations on a number are those of
 * kernel_lstm.h and kernel_products.h, in the same order, so that the bits are
 * the same: a sum over lanes is that of sum_lanes, and a gradient adds its rows
 * from the first step to the last.
 */
#ifndef LSTMTUI_CORE_KERNEL_DIRECT_H
#define LSTMTUI_CORE_KERNEL_DIRECT_H

#include "core/kernel.h"
#include "core/kernel_vector.h"

/* Samples side by side. */
enum { DIRECT_ROWS = 3 };

/* The gates in a panel. */
enum { GATE_I, GATE_F, GATE_G, GATE_O };

/* Units in a panel. */
INLINE size_t
direct_units(const struct kernel_direct *d, size_t panel)
{
	size_t rest = d->units - panel * L;

	return rest < L ? rest : L;
}

/* Row (t, sample) of an array [panels, T, B, lanes]. */
INLINE size_t
direct_row(const struct kernel_direct *d, size_t panel, size_t t, size_t sample)
{
	return (panel * d->steps + t) * d->samples + sample;
}

/* Row of an array [panels, T + 1, B, lanes]; t is the step after it. */
INLINE size_t
direct_state(const struct kernel_direct *d, size_t panel, size_t t,
	size_t sample)
{
	return (panel * (d->steps + 1) + t) * d->samples + sample;
}

/* z[rows] += a[k] b[k] over `count` columns; f only if `gates` has it. */
INLINE const float *
direct_product(int rows, bool from_zero, vector z[][COLUMNS], const float *a,
	size_t a_stride, size_t count, const float *b)
{
	for (size_t k = 0; k < count; k++, b += WIDTH) {
		UNROLLED
		for (int r = 0; r < rows; r++) {
			vector x = splat(a[(size_t)r * a_stride + k]);

			UNROLLED
			for (int g = 0; g < COLUMNS; g++)
				if (g != GATE_F || !from_zero)
					z[r][g] = multiply_add(x,
						load(b + g * L), z[r][g]);
		}
	}
	return b;
}

/* A step of one panel, for `rows` samples from `sample` on. */
INLINE void
direct_forward_tile(int rows, bool from_zero, bool hard,
	const struct kernel_direct *d, size_t panel, size_t t, size_t sample)
{
	const float *bias = d->bias + panel * WIDTH;
	const float *weights = d->recurrent_kernel + panel * d->units * WIDTH;
	size_t row = direct_row(d, panel, t, sample);
	size_t state = direct_state(d, panel, t, sample);
	vector z[DIRECT_ROWS][COLUMNS];

	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		z[r][g] = load(bias + g * L);
	direct_product(rows, from_zero, z,
		d->input + (t * d->samples + sample) * d->inputs, d->inputs,
		d->inputs, d->kernel + panel * d->inputs * WIDTH);
	for (size_t p = 0; !from_zero && p < d->panels; p++)
		weights = direct_product(rows, false, z,
			d->hidden + direct_state(d, p, t, sample) * L, L,
			direct_units(d, p), weights);
	UNROLLED
	for (int r = 0; r < rows; r++, row++, state++) {
		float *gates = d->gates + row * WIDTH;
		vector i = recurrent_activation(hard, z[r][GATE_I]);
		vector g = hyperbolic_tangent(z[r][GATE_G]);
		vector o = recurrent_activation(hard, z[r][GATE_O]);
		vector c = i * g, c_tanh;

		if (!from_zero) {
			vector f = recurrent_activation(hard, z[r][GATE_F]);

			c = multiply_add(f, load(d->cell + state * L), c);
			store(gates + GATE_F * L, f);
		}
		c_tanh = hyperbolic_tangent(c);
		store(gates + GATE_I * L, i);
		store(gates + GATE_G * L, g);
		store(gates + GATE_O * L, o);
		store(d->cell + (state + d->samples) * L, c);
		store(d->cell_tanh + row * L, c_tanh);
		store(d->hidden + (state + d->samples) * L, o * c_tanh);
	}
}

INLINE void
direct_forward_step(bool from_zero, bool hard, const struct kernel_direct *d,
	size_t t)
{
	for (size_t panel = 0; panel < d->panels; panel++) {
		size_t s = 0;

		for (; s + DIRECT_ROWS <= d->samples; s += DIRECT_ROWS)
			direct_forward_tile(DIRECT_ROWS, from_zero, hard, d,
				panel, t, s);
		if (d->samples - s == 2)
			direct_forward_tile(2, from_zero, hard, d, panel, t, s);
		else if (d->samples - s == 1)
			direct_forward_tile(1, from_zero, hard, d, panel, t, s);
	}
}

/* The dense layer: L predictions at a time, each a sum over all units. */
INLINE void
direct_predict(const struct kernel_direct *d)
{
	size_t before = d->first_target * d->samples;
	size_t all = (d->steps * d->samples - before) * d->outputs, n = 0;
	const float *hidden = d->hidden + (before + d->samples) * L;
	float *to = d->predictions + before * d->outputs;

	for (size_t first = 0; first < all; first += L) {
		size_t count = all - first < L ? all - first : L;
		vector sums[L] = {0}, sum;
		float part[L], bias[L];

		for (size_t i = 0; i < count; i++) {
			const float *weights =
				d->dense_kernel + n * d->panels * L;

			for (size_t p = 0; p < d->panels; p++)
				sums[i] =
					multiply_add(load(hidden +
							     direct_state(d, p,
								     0, 0) *
								     L),
						load(weights + p * L), sums[i]);
			bias[i] = d->dense_bias[n];
			if (++n == d->outputs) {
				n = 0;
				hidden += L;
			}
		}
		sum = sum_all_lanes(sums);
		memcpy(part, &sum, sizeof part);
		for (size_t i = 0; i < count; i++)
			to[first + i] = bias[i] + part[i];
	}
}

static void
direct_forward(const struct kernel_direct *d)
{
	if (d->is_hard) {
		direct_forward_step(true, true, d, 0);
		for (size_t t = 1; t < d->steps; t++)
			direct_forward_step(false, true, d, t);
	} else {
		direct_forward_step(true, false, d, 0);
		for (size_t t = 1; t < d->steps; t++)
			direct_forward_step(false, false, d, t);
	}
	direct_predict(d);
}

/*
 * The gradient that the outputs of a panel receive from the next step: dz Rᵀ,
 * one unit in each lane.
 */
INLINE vector
direct_from_next(const struct kernel_direct *d, size_t panel, size_t t,
	size_t sample)
{
	size_t units = direct_units(d, panel);
	vector sums[L] = {0};

	for (size_t p = 0; p < d->panels; p++) {
		const float *gates =
			d->gates + direct_row(d, p, t + 1, sample) * WIDTH;
		const float *weights = d->recurrent_kernel +
			(p * d->units + panel * L) * WIDTH;

		for (size_t u = 0; u < units; u++, weights += WIDTH)
			UNROLLED
		for (int g = 0; g < COLUMNS; g++)
			sums[u] = multiply_add(load(gates + g * L),
				load(weights + g * L), sums[u]);
	}
	return sum_all_lanes(sums);
}

/* Back through the gates of one panel of a sample: gates become dz. */
INLINE void
direct_back(bool from_zero, bool hard, const struct kernel_direct *d,
	size_t panel, size_t t, size_t sample)
{
	size_t row = direct_row(d, panel, t, sample);
	float *gates = d->gates + row * WIDTH;
	float *d_cell = d->d_cell + (panel * d->samples + sample) * L;
	bool is_last = t + 1 == d->steps;
	vector i = load(gates + GATE_I * L), g = load(gates + GATE_G * L);
	vector o = load(gates + GATE_O * L);
	vector c_tanh = load(d->cell_tanh + row * L);
	vector dh = {0}, dc = {0}, df = {0};

	if (t >= d->first_target) {
		const float *weights = d->dense_kernel + panel * L;
		const float *d_outputs = d->d_predictions +
			(t * d->samples + sample) * d->outputs;

		for (size_t n = 0; n < d->outputs; n++)
			dh = multiply_add(splat(d_outputs[n]),
				load(weights + n * d->panels * L), dh);
	}
	if (!is_last) {
		dh += direct_from_next(d, panel, t, sample);
		dc = load(d_cell);
	}
	dc = multiply_add(dh * o, tanh_derivative(c_tanh), dc);
	if (!from_zero) {
		vector f = load(gates + GATE_F * L);
		size_t state = direct_state(d, panel, t, sample);

		df = dc * load(d->cell + state * L) *
			recurrent_derivative(hard, f);
		store(d_cell, dc * f);
	}
	store(gates + GATE_I * L, dc * g * recurrent_derivative(hard, i));
	store(gates + GATE_F * L, df);
	store(gates + GATE_G * L, dc * i * tanh_derivative(g));
	store(gates + GATE_O * L, dh * c_tanh * recurrent_derivative(hard, o));
}

INLINE void
direct_back_step(bool from_zero, bool hard, const struct kernel_direct *d,
	size_t t)
{
	for (size_t s = 0; s < d->samples; s++)
		for (size_t panel = 0; panel < d->panels; panel++)
			direct_back(from_zero, hard, d, panel, t, s);
}

/*
 * The gradient of `m` rows of a panel's weights: to[m] = Σ a[m] dz; and, if
 * to_bias is not NULL, of its bias: Σ dz.
 */
INLINE void
direct_gradient_tile(int m, bool has_bias, bool is_stateless, size_t rows,
	const float *dz, const float *a, size_t a_stride, float *to_bias,
	float *to)
{
	vector sums[2][COLUMNS] = {0}, bias[COLUMNS] = {0};

	for (size_t row = 0; row < rows; row++, dz += WIDTH, a += a_stride)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++) {
		if (g == GATE_F && is_stateless)
			continue;
		if (has_bias)
			bias[g] += load(dz + g * L);
		UNROLLED
		for (int i = 0; i < m; i++)
			sums[i][g] = multiply_add(splat(a[i]), load(dz + g * L),
				sums[i][g]);
	}
	UNROLLED
	for (int g = 0; g < COLUMNS; g++) {
		if (has_bias)
			store(to_bias + g * L, bias[g]);
		UNROLLED
		for (int i = 0; i < m; i++)
			store(to + i * WIDTH + g * L, sums[i][g]);
	}
}

/* The gradients of `count` rows of a panel's weights, without a bias. */
INLINE void
direct_gradient_rows(bool is_stateless, size_t rows, const float *dz,
	const float *a, size_t a_stride, size_t count, float *to)
{
	size_t k = 0;

	for (; k + 2 <= count; k += 2)
		direct_gradient_tile(2, false, is_stateless, rows, dz, a + k,
			a_stride, NULL, to + k * WIDTH);
	if (k < count)
		direct_gradient_tile(1, false, is_stateless, rows, dz, a + k,
			a_stride, NULL, to + k * WIDTH);
}

/* The gradients of a panel's weights. */
INLINE void
direct_gradient(bool is_stateless, const struct kernel_direct *d, size_t panel)
{
	size_t rows = d->steps * d->samples, first = d->inputs == 1 ? 1 : 2;
	const float *dz = d->gates + panel * rows * WIDTH;
	float *bias = d->d_bias + panel * WIDTH;
	float *to = d->d_kernel + panel * d->inputs * WIDTH;

	if (d->inputs == 1)
		direct_gradient_tile(1, true, is_stateless, rows, dz, d->input,
			d->inputs, bias, to);
	else
		direct_gradient_tile(2, true, is_stateless, rows, dz, d->input,
			d->inputs, bias, to);
	direct_gradient_rows(is_stateless, rows, dz, d->input + first,
		d->inputs, d->inputs - first, to + first * WIDTH);
	to = d->d_recurrent_kernel + panel * d->units * WIDTH;
	/* the first step starts from zero */
	for (size_t p = 0; !is_stateless && p < d->panels; p++) {
		direct_gradient_rows(false, rows - d->samples,
			dz + d->samples * WIDTH,
			d->hidden + direct_state(d, p, 1, 0) * L, L,
			direct_units(d, p), to);
		to += direct_units(d, p) * WIDTH;
	}
}

/* The gradients of the dense layer. */
INLINE void
direct_dense_gradient(const struct kernel_direct *d)
{
	size_t before = d->first_target * d->samples;
	size_t rows = d->steps * d->samples - before;
	const float *d_outputs = d->d_predictions + before * d->outputs;

	for (size_t n = 0; n < d->outputs; n++) {
		float bias = 0;

		for (size_t row = 0; row < rows; row++)
			bias += d_outputs[row * d->outputs + n];
		d->d_dense_bias[n] = bias;
		for (size_t p = 0; p < d->panels; p++) {
			const float *hidden = d->hidden +
				(direct_state(d, p, 1, 0) + before) * L;
			vector sum = {0};

			for (size_t row = 0; row < rows; row++)
				sum = multiply_add(splat(d_outputs[row *
								   d->outputs +
							   n]),
					load(hidden + row * L), sum);
			store(d->d_dense_kernel + (n * d->panels + p) * L, sum);
		}
	}
}

INLINE void
direct_back_steps(bool hard, const struct kernel_direct *d)
{
	for (size_t t = d->steps - 1; t > 0; t--)
		direct_back_step(false, hard, d, t);
	direct_back_step(true, hard, d, 0);
}

static void
direct_backward(const struct kernel_direct *d)
{
	direct_dense_gradient(d);
	if (d->is_hard)
		direct_back_steps(true, d);
	else
		direct_back_steps(false, d);
	if (d->steps == 1)
		for (size_t panel = 0; panel < d->panels; panel++)
			direct_gradient(true, d, panel);
	else
		for (size_t panel = 0; panel < d->panels; panel++)
			direct_gradient(false, d, panel);
}

#endif
