/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/activation.h"

#include <math.h>

#include "base/translate.h"

const struct activation activation_sigmoid = {
	.kind = {.name = "sigmoid", .summary = N_("1 / (1 + exp(-x))")},
};

const struct activation activation_hard_sigmoid = {
	.kind = {.name = "hard-sigmoid",
		.summary = N_("clip(0.2 x + 0.5, 0, 1), the default of Keras "
			      "before 2.3")},
	.is_hard = true,
};

const struct kind *const activation_list[] = {
	&activation_sigmoid.kind,
	&activation_hard_sigmoid.kind,
	NULL,
};

float
activation_apply(const struct activation *activation, float x)
{
	if (activation != NULL && activation->is_hard)
		return fminf(fmaxf(0.2f * x + 0.5f, 0), 1);
	return 1 / (1 + expf(-x));
}
