/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The floor: the lesson in a loop that can do nothing else. 2 numbers in,
 * LSTM(10), Dense(2), mae, Adam, a fresh random rectangle an update, of which
 * three corners predict the next, each from zero state. All sizes are
 * constants and all loops unrolled.
 *
 * What such a loop may know, and the program's engine does not:
 *
 *   From zero state there are no forget gate and no recurrent kernel.
 *   The corners are (0, 0), (w, 0), (w, h), (0, h): z₀ = b, z₁ = z₀ + w W_x,
 *   z₂ = z₁ + h W_y, and the gradients have zeros likewise.
 *   A lane behind the ten units holds an output that is always 1, and the
 *   dense layer's bias is its weight there.
 *   The cell is below 1, where tanh is a short polynomial.
 *   Adam's moments are kept unscaled: m / (1 - β1) and v / (1 - β2).
 */
#include <stdbool.h>
#include <stdint.h>

#include "core/random.h"
#include "floor_vector.h"
#include "variant.h"

enum {
	UNITS = 10,
	PARTS = (UNITS + 1 + LANES - 1) / LANES, /* vectors to a row */
	SAMPLES = 3,
	OUTPUTS = 2
};

/* The rows of the parameters: a lane is a unit. */
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

/* What a sample's way forward leaves in a part of the units. */
struct gates {
	vector i, g, o;
	vector tangent; /* of the cell */
	vector hidden;
};

/* See lstm.h for the equations. */
INLINE struct gates
forward(int is_exact, vector z_i, vector z_g, vector z_o, vector one)
{
	struct gates gates;

	gates.i = reciprocal(is_exact, 1.0f + exponential(-z_i));
	gates.g = reciprocal(is_exact, 1.0f + exponential(-2.0f * z_g)) * 2 - 1;
	gates.o = reciprocal(is_exact, 1.0f + exponential(-z_o));
	gates.tangent = short_tangent(gates.i * gates.g);
	gates.hidden = gates.o * gates.tangent + one;
	return gates;
}

/* What the gates of a sample come to on the way back; see lstm.h. */
struct errors {
	vector i, g, o;
};

/* units: 1 in the lanes of units, 0 behind them, where nothing learns. */
INLINE struct errors
backward(const struct gates *gates, vector d_hidden, vector units)
{
	vector i = gates->i, g = gates->g, o = gates->o, t = gates->tangent;
	vector d_output = d_hidden * o, d_cell = d_output - d_output * (t * t);
	vector by_input = d_cell * i;

	return (struct errors){
		.i = by_input * g - by_input * (g * i),
		.g = by_input * (units - g * g),
		.o = d_output * t - d_output * (t * o),
	};
}

/* All that learning changes. */
struct learner {
	vector values[ROWS][PARTS], m[ROWS][PARTS], v[ROWS][PARTS];
	double beta1_power, beta2_power;
	vector rate; /* of the update, for the unscaled moments */
};

/* Adam with unscaled moments: see optimizer.h for the formula. */
INLINE void
set_rate(struct learner *learner)
{
	learner->beta1_power *= 0.9;
	learner->beta2_power *= 0.999;
	learner->rate = splat((float)(0.001 * 0.1 / sqrt(0.001) *
		sqrt(1 - learner->beta2_power) / (1 - learner->beta1_power)));
}

INLINE void
move(int is_exact, struct learner *learner, int row, int part, vector gradient)
{
	const float epsilon = 1e-7f / 0.0316227766f; /* of √(1 - β2) v */
	vector m = learner->m[row][part] * 0.9f + gradient;
	vector v = learner->v[row][part] * 0.999f + gradient * gradient;
	vector step = learner->rate * m;

	learner->m[row][part] = m;
	learner->v[row][part] = v;
#ifdef RECIPROCAL_ROOT
	if (!is_exact) {
		/* ε within the root: it is there against 0 alone */
		learner->values[row][part] -=
			step * RECIPROCAL_ROOT(v + epsilon * epsilon);
		return;
	}
#endif
	(void)is_exact;
	learner->values[row][part] -= step / (SQUARE_ROOT(v) + epsilon);
}

/* A gate's three rows, from its errors in the three samples. */
INLINE void
move_gate(int is_exact, struct learner *learner, int first, int part, vector e0,
	vector e1, vector e2, float w, float h)
{
	vector both = e1 + e2;

	move(is_exact, learner, first + 2, part, e0 + both);
	move(is_exact, learner, first, part, both * w);
	move(is_exact, learner, first + 1, part, e2 * h);
}

/* Forward through the three samples of the rectangle of w by h. */
INLINE void
forward_all(int is_exact, const struct learner *learner, float w, float h,
	vector one, int part, struct gates gates[SAMPLES][PARTS])
{
	vector z_i = learner->values[INPUT_BIAS][part];
	vector z_g = learner->values[CANDIDATE_BIAS][part];
	vector z_o = learner->values[OUTPUT_BIAS][part];

	gates[0][part] = forward(is_exact, z_i, z_g, z_o, one);
	z_i += w * learner->values[INPUT_X][part];
	z_g += w * learner->values[CANDIDATE_X][part];
	z_o += w * learner->values[OUTPUT_X][part];
	gates[1][part] = forward(is_exact, z_i, z_g, z_o, one);
	z_i += h * learner->values[INPUT_Y][part];
	z_g += h * learner->values[CANDIDATE_Y][part];
	z_o += h * learner->values[OUTPUT_Y][part];
	gates[2][part] = forward(is_exact, z_i, z_g, z_o, one);
}

/* The prediction of a number less its target, in every lane. */
INLINE vector
difference(const struct learner *learner, int row,
	const struct gates gates[PARTS], float target)
{
	vector sum = {0};

	UNROLLED
	for (int part = 0; part < PARTS; part++)
		sum += gates[part].hidden * learner->values[row][part];
	return sum_everywhere(sum) - target;
}

/* The derivative of |x| / 6, where 6 is SAMPLES * OUTPUTS. */
INLINE vector
slope(vector x)
{
	const vector sixth = splat(1.0f / (SAMPLES * OUTPUTS));

	return (vector)(((x > 0.0f) & (integers)sixth) |
		((x < 0.0f) & (integers)-sixth));
}

INLINE vector
size_of(vector x)
{
	return (vector)((integers)x & 0x7fffffff);
}

/* Back through a part of the units, and all their parameters moved. */
INLINE void
learn_part(int is_exact, struct learner *learner,
	vector gradient[SAMPLES][OUTPUTS], struct gates gates[SAMPLES][PARTS],
	int part, vector units, float w, float h)
{
	struct errors e[SAMPLES];
	vector d_dense[OUTPUTS] = {0};

	UNROLLED
	for (int s = 0; s < SAMPLES; s++) {
		vector d_hidden = {0};

		UNROLLED
		for (int k = 0; k < OUTPUTS; k++) {
			d_hidden += gradient[s][k] *
				learner->values[DENSE_X + k][part];
			d_dense[k] += gradient[s][k] * gates[s][part].hidden;
		}
		e[s] = backward(&gates[s][part], d_hidden, units);
	}
	move_gate(is_exact, learner, INPUT_X, part, e[0].i, e[1].i, e[2].i, w,
		h);
	move_gate(is_exact, learner, CANDIDATE_X, part, e[0].g, e[1].g, e[2].g,
		w, h);
	move_gate(is_exact, learner, OUTPUT_X, part, e[0].o, e[1].o, e[2].o, w,
		h);
	UNROLLED
	for (int k = 0; k < OUTPUTS; k++)
		move(is_exact, learner, DENSE_X + k, part, d_dense[k]);
}

/* One update on the rectangle of w by h; returns its loss. */
INLINE float
update(int is_exact, struct learner *learner, float w, float h,
	const vector units[PARTS], const vector one[PARTS])
{
	const float targets[SAMPLES][OUTPUTS] = {{w, 0}, {w, h}, {0, h}};
	struct gates gates[SAMPLES][PARTS];
	vector gradient[SAMPLES][OUTPUTS], sum = {0};

	set_rate(learner);
	UNROLLED
	for (int part = 0; part < PARTS; part++)
		forward_all(is_exact, learner, w, h, one[part], part, gates);
	UNROLLED
	for (int s = 0; s < SAMPLES; s++)
		UNROLLED
	for (int k = 0; k < OUTPUTS; k++) {
		vector d = difference(learner, DENSE_X + k, gates[s],
			targets[s][k]);

		sum += size_of(d);
		gradient[s][k] = slope(d);
	}
	UNROLLED
	for (int part = 0; part < PARTS; part++)
		learn_part(is_exact, learner, gradient, gates, part,
			units[part], w, h);
	return sum[0] / (SAMPLES * OUTPUTS);
}

/* Uniform in [0, 1) by xoshiro256++, as random.h has it, but in line. */
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

/* Glorot-uniform kernels and biases of 0, as the engine has them. */
INLINE void
initialize(struct learner *learner, uint64_t state[4])
{
	*learner = (struct learner){.beta1_power = 1, .beta2_power = 1};
	for (int row = 0; row < ROWS; row++) {
		bool is_dense = row >= DENSE_X;
		float limit = sqrtf(6.0f / (is_dense ? 12 : 2 + 4 * UNITS));

		if (!is_dense && row % 3 == 2)
			continue;
		for (int u = 0; u < UNITS; u++)
			learner->values[row][u / LANES][u % LANES] =
				limit * (2 * uniform(draw(state)) - 1);
	}
}

INLINE double
lesson(int is_exact, uint64_t seed)
{
	struct learner learner;
	struct random random;
	vector units[PARTS] = {0}, one[PARTS] = {0};
	double sum = 0;

	random_seed(&random, seed, RANDOM_STREAM_DATA);
	for (int u = 0; u < UNITS; u++)
		units[u / LANES][u % LANES] = 1;
	one[UNITS / LANES][UNITS % LANES] = 1;
	initialize(&learner, random.word);
	for (int n = 0; n < FLOOR_UPDATES; n++) {
		uint64_t bits = draw(random.word);
		float loss = update(is_exact, &learner, uniform(bits >> 40),
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
