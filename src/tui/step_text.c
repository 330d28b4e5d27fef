/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/step_text.h"

#include <stdio.h>

#include "base/number.h"
#include "base/printable.h"
#include "tui/app.h"

char *
step_text_point(char text[STEP_TEXT_SIZE], const float *point, size_t features)
{
	char one[NUMBER_TEXT_SIZE], other[NUMBER_TEXT_SIZE];

	number_fixed(one, (double)point[0], 2);
	if (features == 1)
		snprintf(text, STEP_TEXT_SIZE, "%.12s", one);
	else
		snprintf(text, STEP_TEXT_SIZE, "%.12s,%.12s%s", one,
			number_fixed(other, (double)point[1], 2),
			features > 2 ? ".." : "");
	return text;
}

char *
step_text_token(char text[STEP_TEXT_SIZE], const struct app *app,
	uint32_t token)
{
	char bytes[TEXT_ENCODED_SIZE], shown[PRINTABLE_SIZE];
	size_t length =
		text_encode(run_vocabulary(app->session->run), token, bytes);

	if (length == 0 || bytes[0] == '\0')
		snprintf(shown, sizeof shown, "\\0");
	else
		printable_next(bytes, length, shown);
	snprintf(text, STEP_TEXT_SIZE, "'%s'", shown);
	return text;
}
