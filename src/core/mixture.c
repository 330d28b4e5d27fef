/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mixture.h"

#include <assert.h>
#include <math.h>

#include "base/translate.h"
#include "core/elementary.h"
#include "core/sample.h"

/* Max |ρ|. At 1 the density is degenerate. */
#define CORRELATION_MAX 0.999

/* ½ ln 2π. */
#define HALF_LOG_TAU 0.91893853320467274178

/* The outputs of one point, or their gradient, by parameter. */
struct parts {
	float *weight;      /* [M]: π̂ */
	float *mean;        /* [M, D]: μ */
	float *log_width;   /* [M, D]: σ̂ */
	float *correlation; /* [M]: ρ̂ if D is 2, else unused */
};

static struct parts
parts_of(const struct loss_config *config, float *outputs)
{
	size_t count = config->mixtures * config->features;

	return (struct parts){
		.weight = outputs,
		.mean = outputs + config->mixtures,
		.log_width = outputs + config->mixtures + count,
		.correlation = outputs + config->mixtures + 2 * count,
	};
}

size_t
mixture_outputs(const struct loss_config *config)
{
	size_t per_component =
		1 + 2 * config->features + (config->features == 2);

	return config->mixtures * per_component;
}

/*
 * Return ln N = Σ -½ z² - ln σ - ½ ln 2π of component j with independent axes,
 * and write its gradient with respect to μ and σ̂ (dσ/dσ̂ = exp σ̂).
 */
static double
independent(const struct loss_config *config, const struct parts *outputs,
	size_t j, const float *point, struct parts *gradient)
{
	double sum = 0;

	for (size_t d = 0; d < config->features; d++) {
		size_t at = j * config->features + d;
		double width = elementary_exp(outputs->log_width[at]);
		double sigma = config->sigma_floor + width, inverse = 1 / sigma;
		double z = ((double)point[d] - outputs->mean[at]) * inverse;

		sum -= 0.5 * z * z + elementary_log(sigma) + HALF_LOG_TAU;
		gradient->mean[at] = (float)(z * inverse);
		gradient->log_width[at] =
			(float)((z * z - 1) * inverse * width);
	}
	return sum;
}

/* Return ln(a b c), of positive numbers. */
static double
log_product(double a, double b, double c)
{
	double product = a * b * c;

	/* one logarithm, unless the product leaves the range of a double */
	if (product > 1e-300 && product < 1e300)
		return elementary_log(product);
	return elementary_log(a) + elementary_log(b) + elementary_log(c);
}

/*
 * Return ln N of component j with two axes of correlation ρ, and write its
 * gradient. With C = 1 / (1 - ρ²):
 *
 *   ln N = -½ C (z₁² + z₂² - 2 ρ z₁ z₂) - ln(σ₁ σ₂ √(1 - ρ²)) - ln 2π
 */
static double
correlated(const struct loss_config *config, const struct parts *outputs,
	size_t j, const float *point, struct parts *gradient)
{
	double t = elementary_tanh(outputs->correlation[j]);
	double rho = CORRELATION_MAX * t, rest = 1 - rho * rho, c = 1 / rest;
	double width[2] = {0}, sigma[2] = {0}, inverse[2] = {0}, z[2] = {0};
	double square;

	for (size_t d = 0; d < 2; d++) {
		width[d] = elementary_exp(outputs->log_width[2 * j + d]);
		sigma[d] = config->sigma_floor + width[d];
		inverse[d] = 1 / sigma[d];
		z[d] = ((double)point[d] - outputs->mean[2 * j + d]) *
			inverse[d];
	}
	for (size_t d = 0; d < 2; d++) {
		double distance = c * (z[d] - rho * z[1 - d]);

		gradient->mean[2 * j + d] = (float)(distance * inverse[d]);
		gradient->log_width[2 * j + d] =
			(float)((z[d] * distance - 1) * inverse[d] * width[d]);
	}
	square = z[0] * z[0] + z[1] * z[1] - 2 * rho * z[0] * z[1];
	gradient->correlation[j] =
		(float)((rho * c + c * z[0] * z[1] - rho * c * c * square) *
			CORRELATION_MAX * (1 - t * t));
	return -0.5 * c * square - log_product(sigma[0], sigma[1], sqrt(rest)) -
		2 * HALF_LOG_TAU;
}

/*
 * Return ln Σ exp of values[count], and write shares[count], each exponential
 * divided by the sum; both are computed with the max factored out.
 */
static double
log_sum_exp(const double *values, size_t count, double *shares)
{
	double max = values[0], sum = 0, inverse;

	for (size_t i = 1; i < count; i++)
		max = values[i] > max ? values[i] : max;
	for (size_t i = 0; i < count; i++) {
		shares[i] = elementary_exp(values[i] - max);
		sum += shares[i];
	}
	inverse = 1 / sum;
	for (size_t i = 0; i < count; i++)
		shares[i] *= inverse;
	return max + elementary_log(sum);
}

/* Scale the gradient of ln N_j by a factor. */
static void
scale_gradient(const struct loss_config *config, struct parts *gradient,
	size_t j, double factor)
{
	for (size_t d = 0; d < config->features; d++) {
		size_t at = j * config->features + d;

		gradient->mean[at] = (float)(factor * gradient->mean[at]);
		gradient->log_width[at] =
			(float)(factor * gradient->log_width[at]);
	}
	if (config->features == 2)
		gradient->correlation[j] =
			(float)(factor * gradient->correlation[j]);
}

double
mixture_loss(const struct loss_config *config, const float *outputs,
	const float *point, float scale, float *gradient)
{
	/* the cast is safe: outputs are only read */
	const struct parts given = parts_of(config, (float *)outputs);
	struct parts gradients = parts_of(config, gradient);
	double weight[MIXTURE_MAX] = {0}, joint[MIXTURE_MAX] = {0};
	double prior[MIXTURE_MAX], share[MIXTURE_MAX];
	double weights, density;

	assert(config->mixtures >= 1 && config->mixtures <= MIXTURE_MAX);
	for (size_t j = 0; j < config->mixtures; j++)
		weight[j] = given.weight[j];
	weights = log_sum_exp(weight, config->mixtures, prior);
	for (size_t j = 0; j < config->mixtures; j++)
		joint[j] = weight[j] - weights +
			(config->features == 2 ? correlated(config, &given, j,
							 point, &gradients)
					       : independent(config, &given, j,
							 point, &gradients));
	density = log_sum_exp(joint, config->mixtures, share);
	for (size_t j = 0; j < config->mixtures; j++) {
		gradients.weight[j] = (float)(scale * (prior[j] - share[j]));
		scale_gradient(config, &gradients, j, -scale * share[j]);
	}
	return -density;
}

void
mixture_set_bias(const struct loss_config *config, float *bias)
{
	struct parts parts = parts_of(config, bias);

	for (size_t j = 0; j < config->mixtures; j++)
		for (size_t d = 0; d < config->features; d++) {
			size_t at = j * config->features + d;

			parts.mean[at] =
				((float)j + 0.5f) / (float)config->mixtures;
			parts.log_width[at] = -1.1f; /* ln(1/3) */
		}
}

size_t
mixture_mode(const struct loss_config *config, const float *outputs)
{
	/* the cast is safe: outputs are only read */
	const struct parts given = parts_of(config, (float *)outputs);
	size_t j =
		sample_softmax(given.weight, config->mixtures, 0, NULL, NULL);

	return (size_t)(given.mean - outputs) + j * config->features;
}

void
mixture_draw(const struct loss_config *config, const float *outputs,
	double temperature, struct random *random, float *point)
{
	const struct parts given = parts_of(config, (float *)outputs);
	double weight[MIXTURE_MAX];
	size_t j = sample_softmax(given.weight, config->mixtures, temperature,
		random, weight);
	double spread = sqrt(fmax(temperature, 0)), first = 0;
	double rho = config->features == 2
		? CORRELATION_MAX * elementary_tanh(given.correlation[j])
		: 0;

	for (size_t d = 0; d < config->features; d++) {
		size_t at = j * config->features + d;
		double sigma = config->sigma_floor +
			elementary_exp(given.log_width[at]);
		double z = temperature > 0 ? random_normal(random) : 0;

		/* correlate the second axis with the first */
		if (d == 0)
			first = z;
		else
			z = rho * first + sqrt(1 - rho * rho) * z;
		point[d] = (float)(given.mean[at] + spread * sigma * z);
	}
}

static double
mixture_error(const struct loss_config *config, size_t rows,
	const float *predictions, const float *targets, float scale,
	float *gradients)
{
	size_t outputs = mixture_outputs(config);
	double sum = 0;

	for (size_t row = 0; row < rows; row++)
		sum += mixture_loss(config, predictions + row * outputs,
			targets + row * config->features, scale,
			gradients + row * outputs);
	return sum;
}

const struct loss loss_mixture = {
	.kind = {.name = "mixture",
		.summary = N_("-ln of a mixture density; generation "
			      "samples from it")},
	.is_density = true,
	.sum = mixture_error,
	.outputs = mixture_outputs,
	.set_bias = mixture_set_bias,
	.mode = mixture_mode,
	.draw = mixture_draw,
};
