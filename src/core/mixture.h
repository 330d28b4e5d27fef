/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mixture density (Bishop 1994; Graves 2013, eqs. 18-25): the model's outputs
 * ŷ are the parameters of a mixture of M normal distributions for the next
 * point x of D coordinates,
 *
 *   p(x) = Σ_j π_j N(x | μ_j, σ_j, ρ_j)
 *   π = softmax(π̂)   μ = μ̂   σ = s + exp(σ̂)   ρ = 0.999 tanh(ρ̂)
 *
 * ρ is the correlation of the two axes if D is 2; otherwise the axes are
 * independent. s is sigma_floor: without it, coordinates that are known exactly
 * would drive σ to 0 and the likelihood to infinity.
 *
 * The outputs are in the order π̂[M], μ̂[M, D], σ̂[M, D] and, if D is 2, ρ̂[M].
 */
#ifndef LSTMTUI_CORE_MIXTURE_H
#define LSTMTUI_CORE_MIXTURE_H

#include <stddef.h>

#include "core/loss.h"
#include "core/random.h"

enum { MIXTURE_MAX = 64 };

/* Number of model outputs per point. */
size_t mixture_outputs(const struct loss_config *config);

/*
 * Return -ln p(x) of one point, and write to gradient[outputs] the derivative
 * of scale times it. Sums of exponentials are computed with the max factored
 * out.
 */
double mixture_loss(const struct loss_config *config, const float *outputs,
	const float *point, float scale, float *gradient);

/*
 * Set the initial bias[outputs]: means spread evenly over [0, 1] and σ = 1/3,
 * so that the components differ from the start.
 */
void mixture_set_bias(const struct loss_config *config, float *bias);

/* Return the place of the mean of the likeliest component in outputs. */
size_t mixture_mode(const struct loss_config *config, const float *outputs);

/*
 * Sample point[D]. Temperature T as in Ha and Eck 2017: π̂ is divided by T, and
 * σ multiplied by √T. At T = 0 the point is the mean of the most likely
 * component.
 */
void mixture_draw(const struct loss_config *config, const float *outputs,
	double temperature, struct random *random, float *point);

#endif
