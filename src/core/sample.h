/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draw one of several by their scores. */
#ifndef LSTMTUI_CORE_SAMPLE_H
#define LSTMTUI_CORE_SAMPLE_H

#include <stddef.h>

#include "core/random.h"

/*
 * Draw an index from softmax(scores[count] / temperature); at temperature 0
 * the index of the highest score, the first of several. weight[count] is room
 * for the softmax, not normalised.
 */
size_t sample_softmax(const float *scores, size_t count, double temperature,
	struct random *random, double *weight);

#endif
