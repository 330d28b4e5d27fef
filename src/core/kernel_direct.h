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

/* z[rows] += a[k] b[k] over `count` columns; f only unless from_zero. */
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

/* z of a panel at a step, for `rows` samples from `sample` on, to the gates. */
INLINE void
direct_sum_tile(int rows, bool from_zero, const struct kernel_direct *d,
	size_t panel, size_t t, size_t sample)
{
	const float *bias = d->bias + panel * WIDTH;
	const float *weights = d->recurrent_kernel + panel * d->units * WIDTH;
	float *gates = d->gates + direct_row(d, panel, t, sample) * WIDTH;
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
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		if (g != GATE_F || !from_zero)
			store(gates + r * WIDTH + g * L, z[r][g]);
}

INLINE void
direct_sums(bool from_zero, const struct kernel_direct *d, size_t panel,
	size_t t)
{
	size_t s = 0;

	for (; s + DIRECT_ROWS <= d->samples; s += DIRECT_ROWS)
		direct_sum_tile(DIRECT_ROWS, from_zero, d, panel, t, s);
	if (d->samples - s == 2)
		direct_sum_tile(2, from_zero, d, panel, t, s);
	else if (d->samples - s == 1)
		direct_sum_tile(1, from_zero, d, panel, t, s);
}

/* Replace z by the gates i, f, g and o. */
INLINE void
direct_activate(bool from_zero, bool hard, vector z[COLUMNS])
{
	vector x[COLUMNS], power[COLUMNS];

	if (hard) {
		z[GATE_I] = recurrent_activation(true, z[GATE_I]);
		z[GATE_G] = hyperbolic_tangent(z[GATE_G]);
		z[GATE_O] = recurrent_activation(true, z[GATE_O]);
		if (!from_zero)
			z[GATE_F] = recurrent_activation(true, z[GATE_F]);
		return;
	}
	x[0] = before_sigmoid(z[GATE_I]);
	x[1] = before_tanh(z[GATE_G]);
	x[2] = before_sigmoid(z[GATE_O]);
	x[3] = before_sigmoid(z[GATE_F]);
	exp_parts_of(from_zero ? 3 : 4, x, power);
	z[GATE_I] = after_sigmoid(x[0], power[0]);
	z[GATE_G] = after_tanh(x[1], power[1]);
	z[GATE_O] = after_sigmoid(x[2], power[2]);
	if (!from_zero)
		z[GATE_F] = after_sigmoid(x[3], power[3]);
}

/* Rows of one step: the samples of a panel, or a sample of all panels. */
struct direct_rows {
	size_t count;
	float *gates, *hidden, *cell, *cell_tanh;
	size_t stride;       /* of cell_tanh, and a fourth of that of gates */
	size_t state_stride; /* of hidden and cell */
	size_t back;         /* from a state to that of the step before */
};

/* The gates and states of a step, given z. */
INLINE void
direct_gates(bool from_zero, bool hard, const struct direct_rows *rows)
{
	float *gates = rows->gates, *cell = rows->cell;

	for (size_t n = 0; n < rows->count; n++) {
		vector z[COLUMNS], c;

		UNROLLED
		for (int g = 0; g < COLUMNS; g++)
			z[g] = load(gates + g * L);
		direct_activate(from_zero, hard, z);
		c = z[GATE_I] * z[GATE_G];
		if (!from_zero)
			c = multiply_add(z[GATE_F], load(cell - rows->back), c);
		UNROLLED
		for (int g = 0; g < COLUMNS; g++)
			if (g != GATE_F || !from_zero)
				store(gates + g * L, z[g]);
		store(cell, c);
		gates += COLUMNS * rows->stride;
		cell += rows->state_stride;
	}
}

/* The outputs of `count` rows from row `first` on, side by side. */
INLINE void
direct_output_tile(int count, const struct direct_rows *rows, size_t first)
{
	const float *gates = rows->gates + COLUMNS * first * rows->stride;
	float *cell_tanh = rows->cell_tanh + first * rows->stride;
	size_t at = first * rows->state_stride;
	vector x[DIRECT_ROWS], power[DIRECT_ROWS];

	UNROLLED
	for (int r = 0; r < count; r++)
		x[r] = before_tanh(
			load(rows->cell + at + (size_t)r * rows->state_stride));
	exp_parts_of(count, x, power);
	UNROLLED
	for (int r = 0; r < count; r++) {
		x[r] = after_tanh(x[r], power[r]);
		store(cell_tanh, x[r]);
		store(rows->hidden + at, load(gates + GATE_O * L) * x[r]);
		gates += COLUMNS * rows->stride;
		cell_tanh += rows->stride;
		at += rows->state_stride;
	}
}

INLINE void
direct_outputs(const struct direct_rows *rows)
{
	size_t row = 0;

	for (; row + DIRECT_ROWS <= rows->count; row += DIRECT_ROWS)
		direct_output_tile(DIRECT_ROWS, rows, row);
	if (rows->count - row == 2)
		direct_output_tile(2, rows, row);
	else if (rows->count - row == 1)
		direct_output_tile(1, rows, row);
}

/* Row 0 is that of a panel's first sample. */
INLINE struct direct_rows
direct_rows_of(const struct kernel_direct *d, size_t panel, size_t t)
{
	size_t row = direct_row(d, panel, t, 0);
	size_t state = direct_state(d, panel, t + 1, 0);

	return (struct direct_rows){
		.count = d->samples,
		.gates = d->gates + row * WIDTH,
		.hidden = d->hidden + state * L,
		.cell = d->cell + state * L,
		.cell_tanh = d->cell_tanh + row * L,
		.stride = L,
		.state_stride = L,
		.back = d->samples * L,
	};
}

INLINE void
direct_forward_step(bool from_zero, bool hard, const struct kernel_direct *d,
	size_t t)
{
	struct direct_rows rows;

	for (size_t panel = 0; panel < d->panels; panel++)
		direct_sums(from_zero, d, panel, t);
	if (d->samples == 1) {
		rows = direct_rows_of(d, 0, t);
		rows.count = d->panels;
		rows.stride = direct_row(d, 1, 0, 0) * L;
		rows.state_stride = direct_state(d, 1, 0, 0) * L;
		direct_gates(from_zero, hard, &rows);
		direct_outputs(&rows);
		return;
	}
	for (size_t panel = 0; panel < d->panels; panel++) {
		rows = direct_rows_of(d, panel, t);
		direct_gates(from_zero, hard, &rows);
		direct_outputs(&rows);
	}
}

/* The dense layer: L predictions at a time, each a sum over all units. */
INLINE void
direct_predict(const struct kernel_direct *d)
{
	size_t before = d->first_target * d->samples, n = 0;
	size_t all = (d->steps * d->samples - before) * d->outputs;
	size_t stride = direct_state(d, 1, 0, 0) * L, panels = d->panels;
	const float *hidden = d->hidden + (before + d->samples) * L;
	const float *weights = d->dense_kernel;
	float *to = d->predictions + before * d->outputs;

	for (; all > 0; to += L) {
		size_t count = all < L ? all : L;
		vector sums[L], sum;
		float part[L];

		UNROLLED
		for (int i = 0; i < L; i++)
			sums[i] = splat(0.0f);
		for (size_t i = 0; i < count; i++) {
			vector products = {0};
			const float *from = hidden;

			for (size_t p = 0; p < panels; p++, weights += L) {
				products = multiply_add(load(from),
					load(weights), products);
				from += stride;
			}
			sums[i] = products;
			to[i] = d->dense_bias[n];
			if (++n == d->outputs) {
				n = 0;
				hidden += L;
				weights = d->dense_kernel;
			}
		}
		sum = sum_all_lanes(sums);
		memcpy(part, &sum, sizeof part);
		for (size_t i = 0; i < count; i++)
			to[i] += part[i];
		all -= count;
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
 * one unit in each lane. `units` is L or the units of the last panel.
 */
INLINE vector
direct_from_next(size_t units, const struct kernel_direct *d, size_t panel,
	size_t t, size_t sample)
{
	const float *gates = d->gates + direct_row(d, 0, t + 1, sample) * WIDTH;
	const float *weights = d->recurrent_kernel + panel * L * WIDTH;
	size_t stride = direct_row(d, 1, 0, 0) * WIDTH;
	vector sums[L] = {0};

	for (size_t p = 0; p < d->panels; p++) {
		UNROLLED
		for (size_t u = 0; u < units; u++)
			UNROLLED
		for (int g = 0; g < COLUMNS; g++)
			sums[u] = multiply_add(load(gates + g * L),
				load(weights + u * WIDTH + (size_t)g * L),
				sums[u]);
		gates += stride;
		weights += d->units * WIDTH;
	}
	return sum_all_lanes(sums);
}

/* The gradient that outputs receive from the dense layer. */
INLINE vector
direct_from_dense(const struct kernel_direct *d, const float *weights,
	const float *d_outputs)
{
	size_t stride = d->panels * L;
	vector dh = {0};

	for (size_t n = 0; n < d->outputs; n++, weights += stride)
		dh = multiply_add(splat(d_outputs[n]), load(weights), dh);
	return dh;
}

/* Back through the gates of a panel at a step: gates become dz. */
INLINE void
direct_back(bool from_zero, bool is_last, bool hard,
	const struct kernel_direct *d, size_t panel, size_t t)
{
	size_t row = direct_row(d, panel, t, 0);
	size_t units = direct_units(d, panel);
	float *gates = d->gates + row * WIDTH;
	float *d_cell = d->d_cell + panel * d->samples * L;
	const float *cell_tanh = d->cell_tanh + row * L;
	const float *cell = d->cell + direct_state(d, panel, t, 0) * L;
	const float *weights = d->dense_kernel + panel * L;
	const float *d_outputs = d->d_predictions + t * d->samples * d->outputs;

	for (size_t s = 0; s < d->samples; s++, gates += WIDTH) {
		vector i = load(gates + GATE_I * L);
		vector g = load(gates + GATE_G * L);
		vector o = load(gates + GATE_O * L);
		vector c_tanh = load(cell_tanh + s * L);
		vector dh = {0}, dc = {0}, df = {0};

		if (t >= d->first_target)
			dh = direct_from_dense(d, weights,
				d_outputs + s * d->outputs);
		if (!is_last) {
			dh += units == L
				? direct_from_next(L, d, panel, t, s)
				: direct_from_next(units, d, panel, t, s);
			dc = load(d_cell + s * L);
		}
		dc = multiply_add(dh * o, tanh_derivative(c_tanh), dc);
		if (!from_zero) {
			vector f = load(gates + GATE_F * L);

			df = dc * load(cell + s * L) *
				recurrent_derivative(hard, f);
			store(d_cell + s * L, dc * f);
		}
		store(gates + GATE_I * L,
			dc * g * recurrent_derivative(hard, i));
		store(gates + GATE_F * L, df);
		store(gates + GATE_G * L, dc * i * tanh_derivative(g));
		store(gates + GATE_O * L,
			dh * c_tanh * recurrent_derivative(hard, o));
	}
}

INLINE void
direct_back_step(bool from_zero, bool is_last, bool hard,
	const struct kernel_direct *d, size_t t)
{
	for (size_t panel = 0; panel < d->panels; panel++)
		direct_back(from_zero, is_last, hard, d, panel, t);
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
	size_t before = d->first_target * d->samples, outputs = d->outputs;
	size_t rows = d->steps * d->samples - before;
	size_t stride = direct_state(d, 1, 0, 0) * L;
	const float *first = d->hidden + (d->samples + before) * L;
	float *to = d->d_dense_kernel;

	for (size_t n = 0; n < outputs; n++) {
		const float *d_outputs =
			d->d_predictions + before * outputs + n;
		const float *hidden = first;
		float bias = 0;

		for (size_t row = 0; row < rows; row++)
			bias += d_outputs[row * outputs];
		d->d_dense_bias[n] = bias;
		for (size_t p = 0; p < d->panels; p++, hidden += stride) {
			vector sum = {0};

			for (size_t row = 0; row < rows; row++)
				sum = multiply_add(splat(d_outputs[row *
							   outputs]),
					load(hidden + row * L), sum);
			store(to, sum);
			to += L;
		}
	}
}

INLINE void
direct_back_steps(bool hard, const struct kernel_direct *d)
{
	size_t t = d->steps - 1;

	if (t == 0) {
		direct_back_step(true, true, hard, d, 0);
		return;
	}
	direct_back_step(false, true, hard, d, t);
	while (--t > 0)
		direct_back_step(false, false, hard, d, t);
	direct_back_step(true, false, hard, d, 0);
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
