/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/activation.h"

const struct activation activation_sigmoid = {
	.kind = {.name = "sigmoid", .summary = "1 / (1 + exp(-x))"},
};

const struct activation activation_hard_sigmoid = {
	.kind = {.name = "hard-sigmoid",
		.summary = "clip(0.2 x + 0.5, 0, 1), the default of Keras "
			   "before 2.3"},
	.is_hard = true,
};

const struct kind *const activation_list[] = {
	&activation_sigmoid.kind,
	&activation_hard_sigmoid.kind,
	NULL,
};
