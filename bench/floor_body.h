/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The floor: the lesson in a loop that is specialized for it. 2 inputs,
 * LSTM(10), Dense(2), mae and Adam. Each update draws a random rectangle; each
 * of three corners, from zero state, predicts the next corner. All sizes are
 * constants and all loops are unrolled.
 *
 * The loop uses facts that the program's engine does not use:
 *
 *   From zero state there are no forget gate and no recurrent kernel.
 *   The corners are (0, 0), (w, 0), (w, h), (0, h): z₀ = b, z₁ = z₀ + w W_x,
 *   z₂ = z₁ + h W_y, and the gradients have the same zeros.
 *   One lane after the ten units has a constant output of 1; its weight in
 *   the dense layer is the bias of that layer.
 *   The cell state is below 1, where a short polynomial approximates tanh.
 *   Adam's moments are unscaled: m / (1 - β1) and v / (1 - β2).
 */
#include <stdbool.h>
#include <stdint.h>

#include "core/random.h"
#include "floor_vector.h"
#include "variant.h"

enum {
	UNITS = 10,
	PARTS = (UNITS + 1 + LANES - 1) / LANES, /* vectors per row */
	SAMPLES = 3,
	OUTPUTS = 2
};

/* Rows of the parameters, with one lane per unit. */
enum {
	INPUT_X,
	INPUT_Y,
	INPUT_BIAS, /* of the input gate */
	CANDIDATE_X,
	CANDIDATE_Y,
	CANDIDATE_BIAS, /* of the candidate */
	OUTPUT_X,
	OUTPUT_Y,
	OUTPUT_BIAS, /* of the output gate */
	DENSE_X,
	DENSE_Y,
	ROWS
};

/* Forward values of one sample for one part of the units. */
struct gates {
	vector i, g, o;
	vector cell_tanh; /* tanh of the cell state */
	vector hidden;
};

/* See lstm.c in src/core for the equations. */
INLINE struct gates
forward(int is_exact, vector z_i, vector z_g, vector z_o, vector one)
{
	struct gates gates;

	gates.i = reciprocal(is_exact, 1.0f + exponential(-z_i));
	gates.g = reciprocal(is_exact, 1.0f + exponential(-2.0f * z_g)) * 2 - 1;
	gates.o = reciprocal(is_exact, 1.0f + exponential(-z_o));
	gates.cell_tanh = short_tanh(gates.i * gates.g);
	gates.hidden = gates.o * gates.cell_tanh + one;
	return gates;
}

/* Gradients of the pre-activations of one sample; see lstm.c in src/core. */
struct gate_gradients {
	vector i, g, o;
};

/* units: 1 in the lanes of units, 0 after them, where nothing is trained. */
INLINE struct gate_gradients
backward(const struct gates *gates, vector d_hidden, vector units)
{
	vector i = gates->i, g = gates->g, o = gates->o, t = gates->cell_tanh;
	vector d_output = d_hidden * o, d_cell = d_output - d_output * (t * t);
	vector by_input = d_cell * i;

	return (struct gate_gradients){
		.i = by_input * g - by_input * (g * i),
		.g = by_input * (units - g * g),
		.o = d_output * t - d_output * (t * o),
	};
}

/* Parameters and state of the optimizer. */
struct training {
	vector values[ROWS][PARTS], m[ROWS][PARTS], v[ROWS][PARTS];
	double beta1_power, beta2_power;
	vector rate; /* of the current update, for unscaled moments */
};

/* Adam with unscaled moments; see adam.c in src/core for the formula. */
INLINE void
set_rate(struct training *training)
{
	training->beta1_power *= 0.9;
	training->beta2_power *= 0.999;
	training->rate = splat((float)(0.001 * 0.1 / sqrt(0.001) *
		sqrt(1 - training->beta2_power) / (1 - training->beta1_power)));
}

INLINE void
adam(int is_exact, struct training *training, int row, int part,
	vector gradient)
{
	const float epsilon =
		/* ε / √(1 - β2), since v is unscaled */
		1e-7f / 0.0316227766f;
	vector m = training->m[row][part] * 0.9f + gradient;
	vector v = training->v[row][part] * 0.999f + gradient * gradient;
	vector step = training->rate * m;

	training->m[row][part] = m;
	training->v[row][part] = v;
#ifdef RECIPROCAL_ROOT
	if (!is_exact) {
		/* ε inside the root still avoids a division by 0 */
		training->values[row][part] -=
			step * RECIPROCAL_ROOT(v + epsilon * epsilon);
		return;
	}
#endif
	(void)is_exact;
	training->values[row][part] -= step / (SQUARE_ROOT(v) + epsilon);
}

/* Update the three rows of a gate, given its gradients in three samples. */
INLINE void
update_gate(int is_exact, struct training *training, int first, int part,
	vector d0, vector d1, vector d2, float w, float h)
{
	vector both = d1 + d2;

	adam(is_exact, training, first + 2, part, d0 + both);
	adam(is_exact, training, first, part, both * w);
	adam(is_exact, training, first + 1, part, d2 * h);
}

/* Forward pass of the three samples of a rectangle of w by h. */
INLINE void
forward_all(int is_exact, const struct training *training, float w, float h,
	vector one, int part, struct gates gates[SAMPLES][PARTS])
{
	vector z_i = training->values[INPUT_BIAS][part];
	vector z_g = training->values[CANDIDATE_BIAS][part];
	vector z_o = training->values[OUTPUT_BIAS][part];

	gates[0][part] = forward(is_exact, z_i, z_g, z_o, one);
	z_i += w * training->values[INPUT_X][part];
	z_g += w * training->values[CANDIDATE_X][part];
	z_o += w * training->values[OUTPUT_X][part];
	gates[1][part] = forward(is_exact, z_i, z_g, z_o, one);
	z_i += h * training->values[INPUT_Y][part];
	z_g += h * training->values[CANDIDATE_Y][part];
	z_o += h * training->values[OUTPUT_Y][part];
	gates[2][part] = forward(is_exact, z_i, z_g, z_o, one);
}

/* Prediction of one coordinate minus its target, in all lanes. */
INLINE vector
difference(const struct training *training, int row,
	const struct gates gates[PARTS], float target)
{
	vector sum = {0};

	UNROLLED
	for (int part = 0; part < PARTS; part++)
		sum += gates[part].hidden * training->values[row][part];
	return sum_to_all(sum) - target;
}

/* Derivative of |x| / 6, where 6 is SAMPLES * OUTPUTS. */
INLINE vector
loss_derivative(vector x)
{
	const vector sixth = splat(1.0f / (SAMPLES * OUTPUTS));

	return (vector)(((x > 0.0f) & (integers)sixth) |
		((x < 0.0f) & (integers)-sixth));
}

INLINE vector
absolute(vector x)
{
	return (vector)((integers)x & 0x7fffffff);
}

/* Backward pass of one part of the units, and update of its parameters. */
INLINE void
train_part(int is_exact, struct training *training,
	vector gradient[SAMPLES][OUTPUTS], struct gates gates[SAMPLES][PARTS],
	int part, vector units, float w, float h)
{
	struct gate_gradients dz[SAMPLES];
	vector d_dense[OUTPUTS] = {0};

	UNROLLED
	for (int s = 0; s < SAMPLES; s++) {
		vector d_hidden = {0};

		UNROLLED
		for (int k = 0; k < OUTPUTS; k++) {
			d_hidden += gradient[s][k] *
				training->values[DENSE_X + k][part];
			d_dense[k] += gradient[s][k] * gates[s][part].hidden;
		}
		dz[s] = backward(&gates[s][part], d_hidden, units);
	}
	update_gate(is_exact, training, INPUT_X, part, dz[0].i, dz[1].i,
		dz[2].i, w, h);
	update_gate(is_exact, training, CANDIDATE_X, part, dz[0].g, dz[1].g,
		dz[2].g, w, h);
	update_gate(is_exact, training, OUTPUT_X, part, dz[0].o, dz[1].o,
		dz[2].o, w, h);
	UNROLLED
	for (int k = 0; k < OUTPUTS; k++)
		adam(is_exact, training, DENSE_X + k, part, d_dense[k]);
}

/* Do one update on a rectangle of w by h. Returns its loss. */
INLINE float
update(int is_exact, struct training *training, float w, float h,
	const vector units[PARTS], const vector one[PARTS])
{
	const float targets[SAMPLES][OUTPUTS] = {{w, 0}, {w, h}, {0, h}};
	struct gates gates[SAMPLES][PARTS];
	vector gradient[SAMPLES][OUTPUTS], sum = {0};

	set_rate(training);
	UNROLLED
	for (int part = 0; part < PARTS; part++)
		forward_all(is_exact, training, w, h, one[part], part, gates);
	UNROLLED
	for (int s = 0; s < SAMPLES; s++)
		UNROLLED
	for (int k = 0; k < OUTPUTS; k++) {
		vector d = difference(training, DENSE_X + k, gates[s],
			targets[s][k]);

		sum += absolute(d);
		gradient[s][k] = loss_derivative(d);
	}
	UNROLLED
	for (int part = 0; part < PARTS; part++)
		train_part(is_exact, training, gradient, gates, part,
			units[part], w, h);
	return sum[0] / (SAMPLES * OUTPUTS);
}

/* xoshiro256++ as in random.h, but inlined. */
INLINE uint64_t
draw(uint64_t s[4])
{
	uint64_t sum = s[0] + s[3], result = (sum << 23 | sum >> 41) + s[0];
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = s[3] << 45 | s[3] >> 19;
	return result;
}

INLINE float
uniform(uint64_t bits)
{
	return (float)(int32_t)(bits & 0xffffff) * 0x1p-24f;
}

/* Draw Glorot-uniform kernels, and set biases to 0, as the engine does. */
INLINE void
initialize(struct training *training, uint64_t state[4])
{
	*training = (struct training){.beta1_power = 1, .beta2_power = 1};
	for (int row = 0; row < ROWS; row++) {
		bool is_dense = row >= DENSE_X;
		float limit = sqrtf(6.0f / (is_dense ? 12 : 2 + 4 * UNITS));

		if (!is_dense && row % 3 == 2)
			continue;
		for (int u = 0; u < UNITS; u++)
			training->values[row][u / LANES][u % LANES] =
				limit * (2 * uniform(draw(state)) - 1);
	}
}

INLINE double
lesson(int is_exact, uint64_t seed)
{
	struct training training;
	struct random random;
	vector units[PARTS] = {0}, one[PARTS] = {0};
	double sum = 0;

	random_seed(&random, seed, RANDOM_STREAM_DATA);
	for (int u = 0; u < UNITS; u++)
		units[u / LANES][u % LANES] = 1;
	one[UNITS / LANES][UNITS % LANES] = 1;
	initialize(&training, random.word);
	for (int n = 0; n < FLOOR_UPDATES; n++) {
		uint64_t bits = draw(random.word);
		float loss = update(is_exact, &training, uniform(bits >> 40),
			uniform(bits >> 16), units, one);

		sum = n < FLOOR_UPDATES - FLOOR_TAIL ? 0 : sum + loss;
	}
	return sum / FLOOR_TAIL;
}

static double
floor_exact(uint64_t seed)
{
	return lesson(1, seed);
}

#ifdef RECIPROCAL
static double
floor_approximate(uint64_t seed)
{
	return lesson(0, seed);
}
#endif
