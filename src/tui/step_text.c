/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/step_text.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/printable.h"
#include "base/utf8.h"
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

/* Write as much of a word as fits; a cut word ends with "..". */
static bool
write_word(char *text, size_t size, const char *word, int columns)
{
	char shown[STEP_TEXT_SIZE];
	size_t room = columns > 4 ? (size_t)columns - 2 : (size_t)columns;

	if (screen_width(word) <= columns && strlen(word) < size) {
		snprintf(text, size, "%s", word);
		return true;
	}
	snprintf(shown, sizeof shown, "%.*s", STEP_TEXT_SIZE - 1, word);
	shown[utf8_fit(shown, room)] = '\0';
	snprintf(text, size, "%.*s%s", (int)size - 3, shown,
		columns > 4 ? ".." : "");
	return false;
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
	const struct vocabulary *vocabulary = run_vocabulary(app->session->run);
	char shown[STEP_TEXT_SIZE - 2], bytes[TEXT_ENCODED_SIZE];

	if (vocabulary_is_word(vocabulary, token)) {
		text_encode(vocabulary, token, bytes);
		write_word(shown, sizeof shown, bytes, STEP_TEXT_WORD);
	} else {
		write_token(shown, app, token);
	}
	snprintf(text, STEP_TEXT_SIZE, "'%s'", shown);
	return text;
}

/* A word with its space as a sign, or by its first letters. */
static bool
write_word_sign(char text[STEP_TEXT_SIZE], const char *word, int columns)
{
	const struct screen_signs *signs = screen_signs();
	size_t skipped = word[0] == ' ';
	int left = columns - (skipped ? screen_width(signs->space) : 0);
	char shown[STEP_TEXT_SIZE - 8];
	bool is_whole;

	if (left < 2) {
		write_word(text, STEP_TEXT_SIZE, word + skipped, columns);
		return screen_width(word) <= columns;
	}
	is_whole = write_word(shown, sizeof shown, word + skipped, left);
	snprintf(text, STEP_TEXT_SIZE, "%.7s%s", skipped ? signs->space : "",
		shown);
	return is_whole;
}

bool
step_text_sign(char text[STEP_TEXT_SIZE], const struct app *app, uint32_t token,
	int columns)
{
	const struct vocabulary *vocabulary = run_vocabulary(app->session->run);
	const struct screen_signs *signs = screen_signs();
	char shown[PRINTABLE_SIZE], bytes[TEXT_ENCODED_SIZE];
	const char *sign = shown;

	if (vocabulary_is_word(vocabulary, token)) {
		text_encode(vocabulary, token, bytes);
		return write_word_sign(text, bytes, columns);
	}
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
