/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/activation.h"

static const struct {
	const char *name, *summary;
} activations[] = {
	[ACTIVATION_SIGMOID] = {"sigmoid", "1 / (1 + exp(-x))"},
	[ACTIVATION_HARD_SIGMOID] = {"hard-sigmoid",
		"clip(0.2 x + 0.5, 0, 1), as in Keras when the lesson was "
		"written"},
};

enum { ACTIVATIONS = sizeof activations / sizeof activations[0] };

const char *
activation_name(size_t activation)
{
	return activation < ACTIVATIONS ? activations[activation].name : NULL;
}

const char *
activation_summary(size_t activation)
{
	return activation < ACTIVATIONS ? activations[activation].summary
					: NULL;
}
