/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/step_text.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/printable.h"
#include "tui/app.h"

char *
step_text_point(char text[STEP_TEXT_SIZE], const float *point, size_t features,
	int decimals)
{
	char one[NUMBER_TEXT_SIZE], other[NUMBER_TEXT_SIZE];

	number_fixed(one, (double)point[0], decimals);
	if (features == 1)
		snprintf(text, STEP_TEXT_SIZE, "%.12s", one);
	else
		snprintf(text, STEP_TEXT_SIZE, "%.12s,%.12s%s", one,
			number_fixed(other, (double)point[1], decimals),
			features > 2 ? ".." : "");
	return text;
}

/* Write the characters of a token as a terminal can show them. */
static void
write_token(char shown[PRINTABLE_SIZE], const struct app *app, uint32_t token)
{
	char bytes[TEXT_ENCODED_SIZE];
	size_t length =
		text_encode(run_vocabulary(app->session->run), token, bytes);

	if (length == 0 || bytes[0] == '\0')
		snprintf(shown, PRINTABLE_SIZE, "\\0");
	else
		printable_next(bytes, length, shown);
}

char *
step_text_token(char text[STEP_TEXT_SIZE], const struct app *app,
	uint32_t token)
{
	char shown[PRINTABLE_SIZE];

	write_token(shown, app, token);
	snprintf(text, STEP_TEXT_SIZE, "'%s'", shown);
	return text;
}

bool
step_text_sign(char text[STEP_TEXT_SIZE], const struct app *app, uint32_t token,
	int columns)
{
	const struct screen_signs *signs = screen_signs();
	char shown[PRINTABLE_SIZE];
	const char *sign = shown;

	write_token(shown, app, token);
	if (strcmp(shown, " ") == 0)
		sign = signs->space;
	else if (strcmp(shown, "\\n") == 0 || strcmp(shown, "\\r") == 0)
		sign = signs->line_end;
	else if (screen_width(shown) > columns)
		sign = "?";
	snprintf(text, STEP_TEXT_SIZE, "%s", sign);
	return sign == shown;
}
