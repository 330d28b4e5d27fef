/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recurrent activations: the activation functions of a cell's gates. The
 * kernels compute them. The candidate and the output of a cell use tanh.
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

/* Return the activation of x; NULL is the sigmoid. */
float activation_apply(const struct activation *activation, float x);

/* All recurrent activations, terminated by NULL. */
extern const struct kind *const activation_list[];

#endif
