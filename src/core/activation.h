/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recurrent activations: the functions that the gates of a cell apply.
 * The kernels compute them; the candidate and the output use tanh.
 */
#ifndef LSTMTUI_CORE_ACTIVATION_H
#define LSTMTUI_CORE_ACTIVATION_H

#include <stdbool.h>

#include "base/kind.h"

struct activation {
	struct kind kind;
	bool is_hard; /* clip(0.2 x + 0.5, 0, 1) in place of the sigmoid */
};

extern const struct activation activation_sigmoid;      /* 1 / (1 + exp(-x)) */
extern const struct activation activation_hard_sigmoid; /* Keras before 2.3 */

/* The function's value at x; NULL stands for the sigmoid. */
float activation_apply(const struct activation *activation, float x);

/* All of them; ends with NULL. */
extern const struct kind *const activation_list[];

#endif
