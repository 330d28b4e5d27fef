/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sample from a categorical distribution given by scores (logits). */
#ifndef LSTMTUI_CORE_SAMPLE_H
#define LSTMTUI_CORE_SAMPLE_H

#include <stddef.h>

#include "core/kernel.h"
#include "core/random.h"

/*
 * Sample an index from softmax(scores[count] / temperature). At temperature 0
 * return the index of the highest score, the first if several are equal, and
 * use no random number. weight[count] is scratch memory.
 */
size_t sample_softmax(const float *scores, size_t count, double temperature,
	struct random *random, double *weight);

/*
 * Do the same, with the same result and the same random numbers, with a kernel:
 * its weights in single precision are enough unless the random number is near
 * the limit between two indices. estimate[count] is scratch memory too.
 */
size_t sample_softmax_estimated(const struct kernel *kernel,
	const float *scores, size_t count, double temperature,
	struct random *random, double *weight, float *estimate);

#endif
