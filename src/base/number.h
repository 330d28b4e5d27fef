/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as text, the same in every locale: '.' is the decimal point and
 * ',' groups thousands. The program never sets LC_NUMERIC, so that printf
 * and strtod keep to '.' too.
 */
#ifndef LSTMTUI_BASE_NUMBER_H
#define LSTMTUI_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any number written by this module, with its '\0'. */
enum { NUMBER_TEXT_SIZE = 48 };

/* "1234567" as "1,234,567" in text, which it returns. */
char *number_grouped(char text[NUMBER_TEXT_SIZE], uint64_t value);

/*
 * The shortest decimal form that reads back as the same double; -0 is "0".
 */
char *number_shortest(char text[NUMBER_TEXT_SIZE], double value);

/*
 * A value with `decimals` decimals, from 0 to 15, and with six significant
 * digits from 10⁹ on. A value that rounds to zero has no sign.
 */
char *number_fixed(char text[NUMBER_TEXT_SIZE], double value, int decimals);

/* A loss with six decimals, or six digits where it is out of all bounds. */
char *number_loss(char text[NUMBER_TEXT_SIZE], double loss);

/*
 * exp of a loss, with four decimals, with six significant digits from 10⁹ on;
 * also beyond the range of a double: "4.26001e+434".
 */
char *number_perplexity(char text[NUMBER_TEXT_SIZE], double loss);

/* Seconds as "0:13", "12:05" or "3:04:05"; days above 99 hours: "12 d". */
char *number_duration(char text[NUMBER_TEXT_SIZE], double seconds);

/*
 * The double nearest to value rounded to `digits` significant decimal digits:
 * 0.3 for 0.30000000000000004 and 2 digits. Its shortest form is that short.
 */
double number_round(double value, int digits);

/*
 * The nearest of the nice numbers (Heckbert 1990) ... 0.5, 1, 2, 5, 10, 20 ...
 * that is not below a positive value, or not above it.
 */
double number_nice_above(double value);
double number_nice_below(double value);

/*
 * Conversions for what is shown: to the nearest whole number, clamped to the
 * type's range; NaN gives 0. A plain cast of such a double is undefined.
 */
int number_int(double value);
uint64_t number_count(double value);

/* done / wanted, from 0 to 1; 1 if nothing is wanted. */
double number_part(uint64_t done, uint64_t wanted);

/* The same in percent, rounded down: 100 only where all of it is done. */
int number_percent(uint64_t done, uint64_t wanted);

/* The whole of text is a decimal count of at most `most`. */
bool number_parse_count(const char *text, uint64_t max, uint64_t *value);

/* What a text is as a decimal number. */
enum number_kind {
	NUMBER_NONE, /* none: hexadecimal, or something else stands in it */
	NUMBER_FINITE,
	NUMBER_NOT_FINITE /* an infinity, NaN, too large for a double */
};

/*
 * Read all of a text, which must not begin with white space, as a decimal
 * number: the double that is nearest to it.
 */
enum number_kind number_read(const char *text, double *value);

/* Whether that is a finite number. */
bool number_parse_real(const char *text, double *value);

#endif
