/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspect/text_expected.h"

#include <math.h>

/* Insert a token among the likeliest. */
static void
add(struct text_expected *expected, uint32_t token, double probability)
{
	size_t at = expected->count;

	if (at < TEXT_EXPECTED_MAX)
		expected->count++;
	else if (!(probability > expected->probability[--at]))
		return;
	while (at > 0 && probability > expected->probability[at - 1]) {
		expected->probability[at] = expected->probability[at - 1];
		expected->token[at] = expected->token[at - 1];
		at--;
	}
	expected->probability[at] = probability;
	expected->token[at] = token;
}

void
text_expected_measure(struct text_expected *expected,
	const struct inspection *inspection, size_t step)
{
	const float *probability = inspection_output(inspection, step);
	uint32_t truth = inspection_target_token(inspection, step);

	*expected = (struct text_expected){.has_truth = truth != UINT32_MAX};
	for (size_t i = 0; i < inspection->features; i++)
		add(expected, (uint32_t)i, (double)probability[i]);
	if (!expected->has_truth)
		return;
	expected->truth = truth;
	expected->truth_probability = (double)probability[truth];
	/* from the scores: a small probability is rounded to 0 */
	expected->bits = inspection_loss(inspection, step) / log(2);
	expected->rank = 1;
	for (size_t i = 0; i < inspection->features; i++)
		if (probability[i] > probability[truth] ||
			(i < truth && probability[i] == probability[truth]))
			expected->rank++;
}

size_t
text_expected_half(const double *strength, size_t count)
{
	double sum = 0, last = 0;
	size_t half = 0;

	for (size_t i = 0; i < count; i++)
		sum += strength[i];
	while (half < count && last < sum / 2)
		last += strength[count - ++half];
	return half;
}
