/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a network expected at a character of a text: the likeliest characters,
 * the true one and its surprise; and how far back it looked.
 */
#ifndef LSTMTUI_INSPECT_TEXT_EXPECTED_H
#define LSTMTUI_INSPECT_TEXT_EXPECTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inspect/inspection.h"

enum { TEXT_EXPECTED_MAX = 5 };

struct text_expected {
	/* the likeliest tokens, by falling probability, then by number */
	size_t count;
	uint32_t token[TEXT_EXPECTED_MAX];
	double probability[TEXT_EXPECTED_MAX];
	/* the true token; without it, the three others are unset */
	bool has_truth;
	uint32_t truth;
	double truth_probability;
	double bits; /* its surprise, -log2 of its probability */
	size_t rank; /* of all tokens, from 1 */
};

/* Measure what an inspection of a text predicts at a step. */
void text_expected_measure(struct text_expected *expected,
	const struct inspection *inspection, size_t step);

/*
 * How far back: the number of the last inputs, of strength[count] in the order
 * of the text, whose sum is at least half of the sum of all. 0 if all are 0.
 */
size_t text_expected_half(const double *strength, size_t count);

#endif
