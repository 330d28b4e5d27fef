/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The activation functions that an LSTM's gates can have; the kernels
 * compute them.
 */
#ifndef LSTMTUI_CORE_ACTIVATION_H
#define LSTMTUI_CORE_ACTIVATION_H

#include <stddef.h>

/* What the gates i, f and o use; the candidate and the output use tanh. */
enum activation {
	ACTIVATION_SIGMOID,     /* 1 / (1 + exp(-x)) */
	ACTIVATION_HARD_SIGMOID /* clip(0.2 x + 0.5, 0, 1): Keras before 2.3 */
};

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *activation_name(size_t activation);
const char *activation_summary(size_t activation);

#endif
