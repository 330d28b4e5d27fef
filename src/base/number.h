/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Format, parse and round numbers, independently of the locale: '.' is the
 * decimal point and ',' groups thousands. The program never sets LC_NUMERIC,
 * so printf and strtod use '.' too. Functions that take `text` write into it
 * and return it.
 */
#ifndef LSTMTUI_BASE_NUMBER_H
#define LSTMTUI_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Size of a buffer for any number that this module writes, with '\0'. */
enum { NUMBER_TEXT_SIZE = 48 };

/* Format a count with grouped thousands: "1,234,567". */
char *number_grouped(char text[NUMBER_TEXT_SIZE], uint64_t value);

/*
 * Format a double as the shortest decimal number that parses to the same
 * double; -0 as "0".
 */
char *number_shortest(char text[NUMBER_TEXT_SIZE], double value);

/*
 * Format a value with `decimals` decimals (0 to 15), or with six significant
 * digits if |value| >= 10⁹. A value that rounds to zero has no sign.
 */
char *number_fixed(char text[NUMBER_TEXT_SIZE], double value, int decimals);

/*
 * Format a loss with six decimals, or with six significant digits if
 * |loss| >= 10⁶ or it is not finite.
 */
char *number_loss(char text[NUMBER_TEXT_SIZE], double loss);

/*
 * Format the perplexity exp(loss) with four decimals, or with six significant
 * digits from 10⁹ on, even beyond the range of a double: "4.26001e+434".
 */
char *number_perplexity(char text[NUMBER_TEXT_SIZE], double loss);

/*
 * Format seconds, rounded up, as "0:13", "12:05" or "3:04:05"; as days from 100
 * hours on: "12 d". A negative or huge duration or NaN is "-:--".
 */
char *number_duration(char text[NUMBER_TEXT_SIZE], double seconds);

/*
 * Round value to `digits` significant decimal digits (1 to 17): 0.3 for
 * 0.30000000000000004 and 2 digits. number_shortest writes the result with at
 * most that many digits.
 */
double number_round(double value, int digits);

/*
 * Round a positive value up or down to the nearest nice number, one of ...
 * 0.5, 1, 2, 5, 10, 20 ... (Heckbert 1990).
 */
double number_nice_above(double value);
double number_nice_below(double value);

/*
 * Convert a double to the nearest integer, clamped to the type's range; NaN to
 * 0. (A cast of a double out of range is undefined behaviour.)
 */
int number_int(double value);
uint64_t number_count(double value);

/* Return done / total, from 0 to 1; 1 if total is 0. */
double number_fraction(uint64_t done, uint64_t total);

/* Return done / total in percent, rounded down: 100 only if all is done. */
int number_percent(uint64_t done, uint64_t total);

/* Parse a decimal count from 0 to max. Return false if text is not one. */
bool number_parse_count(const char *text, uint64_t max, uint64_t *value);

/* Result of parsing a decimal number. */
enum number_kind {
	NUMBER_NONE, /* not a decimal number */
	NUMBER_FINITE,
	NUMBER_NOT_FINITE /* an infinity, NaN, or too large for a double */
};

/*
 * Parse the whole text as a decimal number and store the nearest double. A
 * hexadecimal number, or leading or trailing white space, is NUMBER_NONE.
 */
enum number_kind number_read(const char *text, double *value);

/* Parse a decimal number. Return false unless it is finite. */
bool number_parse_real(const char *text, double *value);

/* Whether two numbers agree bit for bit; two NaNs may. */
bool number_has_same_bits(double one, double other);

#endif
