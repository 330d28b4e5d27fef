/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/loss_label.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"

#define LOSS_FIXED_LIMIT 1e7

char *
loss_label(char text[LOSS_LABEL_SIZE], double loss)
{
	char number[NUMBER_TEXT_SIZE] = "-";
	int decimals = 4;

	/* keep six digits of a large loss, to show small changes */
	for (double limit = 100; decimals > 0 && fabs(loss) >= limit;
		limit *= 10)
		decimals--;
	if (!isnan(loss) && fabs(loss) < LOSS_FIXED_LIMIT)
		number_fixed(number, loss, decimals);
	else if (!isnan(loss))
		snprintf(number, sizeof number, "%.6g", loss);
	snprintf(text, LOSS_LABEL_SIZE, "%-6.30s", number);
	return text;
}
