/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mixture density (Bishop 1994; Graves 2013, eqs. 18-25): the model's
 * outputs ŷ are the parameters of a mixture of M normal distributions for
 * the next point x of D coordinates,
 *
 *   p(x) = Σ_j π_j N(x | μ_j, σ_j, ρ_j)
 *   π = softmax(π̂)   μ = μ̂   σ = s + exp(σ̂)   ρ = 0.999 tanh(ρ̂)
 *
 * with a correlation ρ of the two axes where D is 2 and independent axes
 * elsewhere. s is the floor of sigma: coordinates that are known exactly
 * would otherwise drive σ to 0 and the likelihood to infinity.
 *
 * The outputs stand as π̂[M], μ̂[M, D], σ̂[M, D] and, where D is 2, ρ̂[M].
 */
#ifndef LSTMTUI_CORE_MIXTURE_H
#define LSTMTUI_CORE_MIXTURE_H

#include <stddef.h>

#include "core/loss.h"
#include "core/random.h"

enum { MIXTURE_MAX = 64 };

/* How many outputs a form has. */
size_t mixture_outputs(const struct loss_config *config);

/*
 * -ln p(x) of one point, and the derivative of scale times that with respect
 * to each of the outputs, in gradient. Sums of exponentials are taken with
 * the largest of them factored out.
 */
double mixture_loss(const struct loss_config *config, const float *outputs,
	const float *point, float scale, float *gradient);

/*
 * Biases of the outputs to begin with: components side by side in [0, 1],
 * each a third wide, so that they can tell themselves apart.
 */
void mixture_start(const struct loss_config *config, float *bias);

/*
 * Draw a point. Temperature T as in Ha and Eck 2017: π̂ is divided by T, σ
 * multiplied by √T; at 0 it is the mean of the likeliest component.
 */
void mixture_draw(const struct loss_config *config, const float *outputs,
	double temperature, struct random *random, float *point);

#endif
