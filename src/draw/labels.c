/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/labels.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

enum {
	DECIMALS_MAX = 9,
	DIGITS_MAX = 17, /* of a double */
	EXPONENT_MIN = -300,
	OFFSET_TEXT_SIZE = 2 * NUMBER_TEXT_SIZE + 2
};

/* Range of offsets written without an exponent. */
#define OFFSET_FIXED_MIN 1e-3
#define OFFSET_FIXED_LIMIT 1e15

/* Limit of numbers that number_fixed writes without an exponent. */
#define FIXED_LIMIT 1e9

/* Maximum error of a logarithmic axis's label, relative to its tick. */
#define LOG_TOLERANCE 0.005

/* The part shared by all labels of an axis. */
struct notation {
	int exponent;
	double offset;
	char offset_text[OFFSET_TEXT_SIZE]; /* "+11,200", or "" */
};

enum fit { FIT_GOOD, FIT_TOO_COARSE, FIT_TOO_WIDE };

static enum fit
write_numbers(struct labels *labels, const double *ticks, size_t count,
	size_t columns, const struct notation *notation, int decimals,
	double tolerance)
{
	double unit = pow(10, notation->exponent);
	enum fit fit = FIT_GOOD;

	for (size_t i = 0; i < count; i++) {
		double number = (ticks[i] - notation->offset) / unit;

		if (!(fabs(number) < FIXED_LIMIT))
			return FIT_TOO_WIDE;
		number_fixed(labels->text[i], number, decimals);
		if (strlen(labels->text[i]) > columns)
			return FIT_TOO_WIDE;
		if (!(fabs(strtod(labels->text[i], NULL) - number) * unit <=
			    tolerance))
			fit = FIT_TOO_COARSE;
	}
	return fit;
}

/* Write labels with the fewest decimals whose errors are within tolerance. */
static bool
try_notation(struct labels *labels, const double *ticks, size_t count,
	size_t columns, const struct notation *notation, double tolerance)
{
	enum fit fit = FIT_TOO_COARSE;

	for (int decimals = 0;
		decimals <= DECIMALS_MAX && fit == FIT_TOO_COARSE; decimals++)
		fit = write_numbers(labels, ticks, count, columns, notation,
			decimals, tolerance);
	return fit == FIT_GOOD;
}

/* Return the power of 1000 that leaves 1 to 3 digits before the point. */
static int
choose_exponent(const double *ticks, size_t count, double offset)
{
	double largest = 0;
	int exponent;

	for (size_t i = 0; i < count; i++)
		largest = fmax(largest, fabs(ticks[i] - offset));
	if (!(largest > 0))
		return 0;
	/* 999.5 and above may be rounded to four digits */
	exponent = 3 * number_int(floor(log10(largest * 1.0005) / 3));
	return exponent > EXPONENT_MIN ? exponent : EXPONENT_MIN;
}

/* Format an offset with its sign, thousands grouped: "+11,200", "-0.25". */
static void
format_offset(char text[OFFSET_TEXT_SIZE], double offset, int decimals)
{
	char digits[NUMBER_TEXT_SIZE], whole[NUMBER_TEXT_SIZE];
	const char *fraction;
	char sign = offset < 0 ? '-' : '+';

	if (fabs(offset) < OFFSET_FIXED_MIN ||
		fabs(offset) >= OFFSET_FIXED_LIMIT) {
		snprintf(text, OFFSET_TEXT_SIZE, "%c%s", sign,
			number_shortest(digits, fabs(offset)));
		return;
	}
	snprintf(digits, sizeof digits, "%.*f", decimals, fabs(offset));
	fraction = strchr(digits, '.');
	number_grouped(whole, strtoull(digits, NULL, 10));
	snprintf(text, OFFSET_TEXT_SIZE, "%c%s%s", sign, whole,
		fraction != NULL ? fraction : "");
}

/*
 * Choose as offset the first tick, rounded down to a multiple of the power of
 * ten above the ticks' span: 11,200 for 11,206 to 11,220. If is_tight, use the
 * power of ten below the span: numbers are smaller, but the offset changes more
 * often. Return false if the offset is 0.
 */
static bool
choose_offset(const double *ticks, size_t count, bool is_tight,
	struct notation *notation)
{
	double digits = log10(ticks[count - 1] - ticks[0]);
	int digit = number_int(is_tight ? floor(digits) : ceil(digits));
	double unit = pow(10, digit), offset = floor(ticks[0] / unit) * unit;
	int significant;

	if (offset == 0 || !isfinite(offset))
		return false;
	/* round to the unit, so that the offset equals its text */
	significant = number_int(floor(log10(fabs(offset)) + 1e-9)) - digit + 1;
	if (significant < 1 || significant > DIGITS_MAX)
		significant = DIGITS_MAX;
	notation->offset = number_round(offset, significant);
	format_offset(notation->offset_text, notation->offset,
		digit < 0 ? -digit : 0);
	return true;
}

/* Format a power of ten: "×10⁻³", "x1e-3" in ASCII, "" for 10⁰. */
static void
format_factor(char text[NUMBER_TEXT_SIZE], int exponent, bool is_utf8)
{
	static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶",
		"⁷", "⁸", "⁹"};
	char digits[16];
	size_t length;

	text[0] = '\0';
	if (exponent == 0)
		return;
	snprintf(digits, sizeof digits, "%d", exponent);
	length = (size_t)snprintf(text, NUMBER_TEXT_SIZE, "%s",
		is_utf8 ? "×10" : "x1e");
	for (const char *at = digits; *at != '\0'; at++)
		length += (size_t)snprintf(text + length,
			NUMBER_TEXT_SIZE - length, "%s",
			!is_utf8             ? (char[]){*at, '\0'}
				: *at == '-' ? "⁻"
					     : raised[*at - '0']);
}

static void
set_common(struct labels *labels, const struct notation *notation, bool is_utf8)
{
	char factor[NUMBER_TEXT_SIZE];

	format_factor(factor, notation->exponent, is_utf8);
	labels->exponent = notation->exponent;
	labels->offset = notation->offset;
	snprintf(labels->common, sizeof labels->common, "%s%s%s", factor,
		factor[0] != '\0' && notation->offset_text[0] != '\0' ? " "
								      : "",
		notation->offset_text);
	labels->common_columns = utf8_columns(labels->common);
}

/*
 * Set the notation number `choice`, from 0 to NOTATIONS - 1, the simplest
 * first. Return false if it does not apply to the ticks.
 */
static bool
choose_notation(const double *ticks, size_t count, int choice,
	struct notation *notation)
{
	bool has_offset = choice >= 2, has_factor = choice % 2 == 1;
	bool is_tight = choice >= 4;

	*notation = (struct notation){0};
	if (has_offset &&
		(count < 2 || !choose_offset(ticks, count, is_tight, notation)))
		return false;
	if (has_factor)
		notation->exponent =
			choose_exponent(ticks, count, notation->offset);
	return !has_factor || notation->exponent != 0;
}

enum { NOTATIONS = 6 };

bool
labels_make(struct labels *labels, const double *ticks, size_t count,
	size_t columns, bool is_utf8)
{
	/*
	 * label errors, as fractions of the distance between ticks; 0.25 is a
	 * last resort
	 */
	static const double tolerances[] = {0.01, 0.05, 0.25};
	double gap = count == 1 ? fabs(ticks[0]) : INFINITY;

	for (size_t i = 1; i < count; i++)
		gap = fmin(gap, ticks[i] - ticks[i - 1]);
	if (count == 1 && gap == 0)
		gap = 1;
	for (int last = 0; last < 2; last++)
		for (int choice = 0; choice < NOTATIONS; choice++)
			for (int t = last ? 2 : 0; t < (last ? 3 : 2); t++) {
				struct notation notation;

				if (!choose_notation(ticks, count, choice,
					    &notation) ||
					!try_notation(labels, ticks, count,
						columns, &notation,
						gap * tolerances[t]))
					continue;
				set_common(labels, &notation, is_utf8);
				return true;
			}
	return false;
}

/* Format with "%e", but with the shortest exponent: "2e-5". */
static void
format_exponent(char text[LABELS_TEXT_SIZE], double value, int decimals)
{
	char long_form[LABELS_TEXT_SIZE / 2], *exponent;

	snprintf(long_form, sizeof long_form, "%.*e", decimals, value);
	exponent = strchr(long_form, 'e');
	if (exponent == NULL) { /* not finite */
		snprintf(text, LABELS_TEXT_SIZE, "%s", long_form);
		return;
	}
	*exponent = '\0';
	snprintf(text, LABELS_TEXT_SIZE, "%se%ld", long_form,
		strtol(exponent + 1, NULL, 10));
}

static bool
is_near(const char *text, double value)
{
	return fabs(strtod(text, NULL) - value) <= LOG_TOLERANCE * fabs(value);
}

static void
label_alone(char text[LABELS_TEXT_SIZE], double value, size_t columns)
{
	for (int decimals = 0;
		decimals <= DECIMALS_MAX && fabs(value) < FIXED_LIMIT;
		decimals++) {
		number_fixed(text, value, decimals);
		if (strlen(text) > columns)
			break;
		if (is_near(text, value))
			return;
	}
	for (int decimals = 0; decimals <= 2; decimals++) {
		format_exponent(text, value, decimals);
		if (strlen(text) <= columns && is_near(text, value))
			return;
	}
	format_exponent(text, value, 1);
	if (strlen(text) > columns)
		format_exponent(text, value, 0);
	if (strlen(text) > columns)
		text[0] = '\0';
}

void
labels_make_log(struct labels *labels, const double *ticks, size_t count,
	size_t columns)
{
	assert(count <= LABELS_MAX && columns < LABELS_TEXT_SIZE);
	labels->exponent = 0;
	labels->offset = 0;
	labels->common[0] = '\0';
	labels->common_columns = 0;
	for (size_t i = 0; i < count; i++) {
		label_alone(labels->text[i], ticks[i], columns);
		for (size_t j = i; j-- > 0;)
			if (strcmp(labels->text[j], labels->text[i]) == 0)
				labels->text[i][0] = '\0';
	}
}
