/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Simple features of the tokens of a text, characters or words (then those of
 * the word's first letter), such as the position in the
 * line, and their correlation with any other number of each character. It shows
 * what a unit of a network tells about the text (Karpathy, Johnson, Fei-Fei
 * 2015, "Visualizing and Understanding Recurrent Networks").
 */
#ifndef LSTMTUI_INSPECT_TEXT_FEATURES_H
#define LSTMTUI_INSPECT_TEXT_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "task/text.h"

/* Each is 0 or 1, or a number of characters. */
enum text_feature {
	TEXT_FEATURE_WORD,          /* a letter */
	TEXT_FEATURE_WORD_POSITION, /* letters since the word's start, from 1 */
	TEXT_FEATURE_LINE_POSITION, /* characters before it in its line */
	/* one of the first TEXT_FEATURES_LINE_START of a line */
	TEXT_FEATURE_LINE_START,
	TEXT_FEATURE_QUOTED,    /* from a quotation mark to the next */
	TEXT_FEATURE_BRACKETED, /* from ( [ { to ) ] }, which may be nested */
	TEXT_FEATURE_CAPITAL,
	TEXT_FEATURE_VOWEL, /* a e i o u, with or without accents */
	TEXT_FEATURES
};

enum { TEXT_FEATURES_LINE_START = 3 };

#define TEXT_FEATURES_DEVIATION 0.05

/* What a feature is called: "in a word". */
const char *text_feature_name(enum text_feature feature);

/*
 * The features of the characters [first, first + count) of a text, each shifted
 * and scaled to the mean 0 and the sum of squares 1. A feature that is the same
 * for all of these characters is all 0.
 */
struct text_features {
	size_t count;
	double *value; /* [TEXT_FEATURES, count] */
};

/*
 * Compute the features of token[first + count], of which those before `first`
 * only precede the others. A paragraph ends quotations and brackets. Release
 * them with text_features_destroy, also after a failure. Returns false if
 * memory is short.
 */
bool text_features_create(struct text_features *features,
	const struct vocabulary *vocabulary, const uint32_t *token,
	size_t first, size_t count, struct error *error);
void text_features_destroy(struct text_features *features);

/*
 * Return Pearson's correlation of number[count] with a feature, from -1 to 1; 0
 * if one of them does not vary or is not finite.
 */
double text_features_correlation(const struct text_features *features,
	enum text_feature feature, const float *number);

/*
 * Find the feature with the largest absolute correlation, and store this; 0 if
 * the standard deviation of the numbers is below TEXT_FEATURES_DEVIATION: tanh
 * of the state of a unit that hardly changes tells nothing.
 */
enum text_feature text_features_best(const struct text_features *features,
	const float *number, double *correlation);

#endif
