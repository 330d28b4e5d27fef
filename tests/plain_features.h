/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The features of a text and their correlation in a plain way, for tests of
 * inspect/text_features.h.
 */
#ifndef LSTMTUI_TESTS_PLAIN_FEATURES_H
#define LSTMTUI_TESTS_PLAIN_FEATURES_H

#include "inspect/text_features.h"

/* A text in which all features vary. */
extern const char plain_sample[];

/*
 * A feature of ASCII text with "straight" quotation marks, found anew for each
 * character.
 */
double plain_feature(const char *text, size_t at, enum text_feature feature);

/* Pearson's correlation, by its definition; 0 if one hardly varies. */
double plain_correlation(const double *x, const double *y, size_t count);

#endif
