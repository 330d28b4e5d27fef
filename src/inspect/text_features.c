/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspect/text_features.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/translate.h"
#include "base/utf8.h"

/* What was read of a text. */
struct reading {
	uint32_t before; /* the last character */
	size_t line_position, word_position, line_ends;
	bool is_quoted; /* in "straight" quotation marks */
	size_t quotes, brackets;
};

const char *
text_feature_name(enum text_feature feature)
{
	static const char *const names[TEXT_FEATURES] = {
		[TEXT_FEATURE_WORD] = N_("in a word"),
		[TEXT_FEATURE_WORD_POSITION] = N_("position in the word"),
		[TEXT_FEATURE_LINE_POSITION] = N_("position in the line"),
		[TEXT_FEATURE_LINE_START] = N_("just after a line's start"),
		[TEXT_FEATURE_QUOTED] = N_("in quotation marks"),
		[TEXT_FEATURE_BRACKETED] = N_("in brackets"),
		[TEXT_FEATURE_CAPITAL] = N_("a capital"),
		[TEXT_FEATURE_VOWEL] = N_("a vowel"),
	};

	return names[feature];
}

static bool
is_among(uint32_t character, const char *list)
{
	for (; *list != '\0'; list++)
		if (character == (unsigned char)*list)
			return true;
	return false;
}

/* Update a depth of nesting; return whether the character is within. */
static bool
nest(size_t *depth, bool opens, bool closes)
{
	bool was_within = *depth > 0;

	if (opens)
		++*depth;
	else if (closes && was_within)
		--*depth;
	return was_within || *depth > 0;
}

static bool
read_quotes(struct reading *reading, uint32_t character)
{
	/* “ „ « open, ” » close; „...“ closes with the mark that opens */
	bool opens = character == 0x201e || character == 0xab ||
		(character == 0x201c && reading->quotes == 0);
	bool closes = character == 0x201d || character == 0xbb ||
		(character == 0x201c && reading->quotes > 0);
	bool was_quoted = reading->is_quoted;

	if (character == '"')
		reading->is_quoted = !reading->is_quoted;
	return nest(&reading->quotes, opens, closes) || was_quoted ||
		reading->is_quoted;
}

static bool
is_letter(const struct vocabulary *vocabulary, uint32_t character)
{
	/* a byte that is not ASCII is mostly a part of a letter */
	return (vocabulary->is_bytes && character >= 0x80) ||
		utf8_is_letter(character);
}

/* A line ends with LF, CR LF or CR. */
static void
end_line(struct reading *reading, uint32_t character)
{
	reading->line_position = 0;
	if (character != '\n' || reading->before != '\r')
		reading->line_ends++;
	if (reading->line_ends > 1) {
		reading->is_quoted = false;
		reading->quotes = reading->brackets = 0;
	}
}

/* Store the features of the next character. */
static void
read_character(struct reading *reading, const struct vocabulary *vocabulary,
	uint32_t character, double value[TEXT_FEATURES])
{
	bool letter = is_letter(vocabulary, character);
	bool is_ascii = !vocabulary->is_bytes || character < 0x80;

	reading->word_position = letter ? reading->word_position + 1 : 0;
	value[TEXT_FEATURE_WORD] = letter;
	value[TEXT_FEATURE_WORD_POSITION] = (double)reading->word_position;
	value[TEXT_FEATURE_LINE_POSITION] = (double)reading->line_position;
	value[TEXT_FEATURE_LINE_START] =
		reading->line_position < TEXT_FEATURES_LINE_START;
	value[TEXT_FEATURE_QUOTED] = read_quotes(reading, character);
	value[TEXT_FEATURE_BRACKETED] = nest(&reading->brackets,
		is_among(character, "([{"), is_among(character, ")]}"));
	value[TEXT_FEATURE_CAPITAL] = is_ascii && utf8_is_capital(character);
	value[TEXT_FEATURE_VOWEL] =
		is_ascii && is_among(utf8_base_letter(character), "aeiou");
	if (character == '\n' || character == '\r') {
		end_line(reading, character);
	} else {
		reading->line_position++;
		reading->line_ends = 0;
	}
	reading->before = character;
}

/*
 * Store the features of the next token; of a word those of its first letter,
 * which may follow a space.
 */
static void
read_token(struct reading *reading, const struct vocabulary *vocabulary,
	uint32_t token, double value[TEXT_FEATURES])
{
	double unused[TEXT_FEATURES] = {0};
	const char *word;
	size_t length;
	bool has_letter = false;

	if (!vocabulary_is_word(vocabulary, token)) {
		read_character(reading, vocabulary,
			vocabulary_character(vocabulary, token), value);
		return;
	}
	word = vocabulary_word(vocabulary, token, &length);
	for (size_t at = 0; at < length;) {
		uint32_t character = 0;

		at += utf8_decode(word + at, length - at, &character);
		read_character(reading, vocabulary, character,
			has_letter ? unused : value);
		has_letter |= utf8_is_letter(character);
	}
}

/* Shift and scale to the mean 0 and the sum of squares 1, or to all 0. */
static void
standardize(double *value, size_t count)
{
	double mean = 0, sum = 0;

	for (size_t i = 0; i < count; i++)
		mean += value[i] / (double)count;
	for (size_t i = 0; i < count; i++) {
		value[i] -= mean;
		sum += value[i] * value[i];
	}
	/* of equal values, rounding errors are left */
	if (sum < 1e-12 * (double)count)
		sum = INFINITY;
	for (size_t i = 0; i < count; i++)
		value[i] /= sqrt(sum);
}

bool
text_features_create(struct text_features *features,
	const struct vocabulary *vocabulary, const uint32_t *token,
	size_t first, size_t count, struct error *error)
{
	struct reading reading = {0};
	size_t size;

	*features = (struct text_features){.count = count};
	if (memory_product(TEXT_FEATURES, count, &size))
		features->value = memory_new(size, sizeof *features->value);
	if (features->value == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < first + count; i++) {
		double value[TEXT_FEATURES] = {0};

		read_token(&reading, vocabulary, token[i], value);
		for (size_t f = 0; i >= first && f < TEXT_FEATURES; f++)
			features->value[f * count + i - first] = value[f];
	}
	for (size_t f = 0; f < TEXT_FEATURES; f++)
		standardize(features->value + f * count, count);
	return true;
}

void
text_features_destroy(struct text_features *features)
{
	free(features->value);
	*features = (struct text_features){0};
}

/* Return the root of the sum of squares of number[count] less its mean. */
static double
deviation(const float *number, size_t count)
{
	double mean = 0, sum = 0;

	for (size_t i = 0; i < count; i++)
		mean += (double)number[i] / (double)count;
	for (size_t i = 0; i < count; i++)
		sum += pow((double)number[i] - mean, 2);
	return sqrt(sum);
}

/* The mean of the feature is 0, so the mean of the numbers has no effect. */
static double
correlate(const struct text_features *features, enum text_feature feature,
	const float *number, double divisor)
{
	const double *value = features->value + feature * features->count;
	double sum = 0;

	for (size_t i = 0; i < features->count; i++)
		sum += value[i] * (double)number[i];
	sum /= divisor;
	/* numbers that hardly vary have rounding errors only */
	return divisor > 1e-4 && isfinite(sum) ? fmax(-1, fmin(sum, 1)) : 0;
}

double
text_features_correlation(const struct text_features *features,
	enum text_feature feature, const float *number)
{
	return correlate(features, feature, number,
		deviation(number, features->count));
}

enum text_feature
text_features_best(const struct text_features *features, const float *number,
	double *correlation)
{
	enum text_feature best = TEXT_FEATURE_WORD;
	double divisor = deviation(number, features->count);

	*correlation = 0;
	if (divisor < TEXT_FEATURES_DEVIATION * sqrt((double)features->count))
		return best;
	for (int f = 0; f < TEXT_FEATURES; f++) {
		enum text_feature feature = (enum text_feature)f;
		double value = correlate(features, feature, number, divisor);

		if (fabs(value) > fabs(*correlation)) {
			*correlation = value;
			best = feature;
		}
	}
	return best;
}
