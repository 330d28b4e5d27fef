/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Smallest magnitude written with six significant digits, not decimals. */
#define FIXED_LIMIT 1e9

enum { DECIMALS_MAX = 15 };

/* a sign, nine digits, the decimal point, the decimals */
_Static_assert(NUMBER_TEXT_SIZE > 1 + 9 + 1 + DECIMALS_MAX,
	"room for every number below FIXED_LIMIT");
/* the 20 digits of UINT64_MAX, and six commas */
_Static_assert(NUMBER_TEXT_SIZE > 20 + 6, "room for every grouped number");

char *
number_grouped(char text[NUMBER_TEXT_SIZE], uint64_t value)
{
	char digits[NUMBER_TEXT_SIZE];
	int length = snprintf(digits, sizeof digits, "%" PRIu64, value);
	char *to = text;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return text;
}

char *
number_shortest(char text[NUMBER_TEXT_SIZE], double value)
{
	for (int digits = 6; digits <= 17; digits++) {
		/* -0 + 0 is 0 */
		snprintf(text, NUMBER_TEXT_SIZE, "%.*g", digits, value + 0.0);
		if (strtod(text, NULL) == value)
			break;
	}
	return text;
}

char *
number_fixed(char text[NUMBER_TEXT_SIZE], double value, int decimals)
{
	assert(decimals >= 0 && decimals <= DECIMALS_MAX);
	if (fabs(value) >= FIXED_LIMIT)
		snprintf(text, NUMBER_TEXT_SIZE, "%.6g", value);
	else
		snprintf(text, NUMBER_TEXT_SIZE, "%.*f", decimals, value);
	/* remove the sign of "-0.00" */
	if (text[0] == '-' && text[1 + strspn(text + 1, "0.")] == '\0')
		memmove(text, text + 1, strlen(text));
	return text;
}

char *
number_loss(char text[NUMBER_TEXT_SIZE], double loss)
{
	if (fabs(loss) < 1e6)
		return number_fixed(text, loss, 6);
	snprintf(text, NUMBER_TEXT_SIZE, "%.6g", loss);
	return text;
}

char *
number_perplexity(char text[NUMBER_TEXT_SIZE], double loss)
{
	double power = loss / M_LN10;

	if (isfinite(exp(loss)) || !isfinite(loss))
		return number_fixed(text, exp(loss), 4);
	snprintf(text, NUMBER_TEXT_SIZE, "%.5fe+%.0f",
		pow(10, power - floor(power)), floor(power));
	return text;
}

char *
number_duration(char text[NUMBER_TEXT_SIZE], double seconds)
{
	uint64_t whole;

	if (!(seconds >= 0 && seconds < 1e15)) {
		snprintf(text, NUMBER_TEXT_SIZE, "-:--");
		return text;
	}
	whole = (uint64_t)ceil(seconds);
	if (whole < 3600)
		snprintf(text, NUMBER_TEXT_SIZE, "%u:%02u",
			(unsigned)(whole / 60), (unsigned)(whole % 60));
	else if (whole < UINT64_C(100) * 3600)
		snprintf(text, NUMBER_TEXT_SIZE, "%u:%02u:%02u",
			(unsigned)(whole / 3600), (unsigned)(whole / 60 % 60),
			(unsigned)(whole % 60));
	else
		snprintf(text, NUMBER_TEXT_SIZE, "%" PRIu64 " d",
			whole / 86400);
	return text;
}

double
number_round(double value, int digits)
{
	char text[NUMBER_TEXT_SIZE];

	assert(digits >= 1 && digits <= 17);
	snprintf(text, sizeof text, "%.*e", digits - 1, value);
	return strtod(text, NULL);
}

/* Nice numbers around a value, ascending; the first and last enclose it. */
enum { NICE = 6 };

static void
list_nice(double value, double nice[NICE])
{
	static const double digits[NICE] = {0.5, 1, 2, 5, 10, 20};
	double decade = pow(10, floor(log10(value)));

	for (int i = 0; i < NICE; i++)
		nice[i] = number_round(digits[i] * decade, 1);
}

double
number_nice_above(double value)
{
	double nice[NICE];
	int i = 0;

	list_nice(value, nice);
	while (i < NICE - 1 && nice[i] < value)
		i++;
	return nice[i];
}

double
number_nice_below(double value)
{
	double nice[NICE];
	int i = NICE - 1;

	list_nice(value, nice);
	while (i > 0 && nice[i] > value)
		i--;
	return nice[i];
}

int
number_int(double value)
{
	if (isnan(value))
		return 0;
	return (int)round(fmin(fmax(value, INT_MIN), INT_MAX));
}

uint64_t
number_count(double value)
{
	if (!(value > 0))
		return 0;
	/* 2⁶⁴ is a double, 2⁶⁴ - 1 is not */
	return value >= 0x1p64 ? UINT64_MAX : (uint64_t)round(value);
}

double
number_fraction(uint64_t done, uint64_t total)
{
	return done >= total ? 1 : (double)done / (double)total;
}

int
number_percent(uint64_t done, uint64_t total)
{
	if (done >= total)
		return 100;
	/* a quotient just below 1 may round to 1 */
	return (int)fmin(100 * number_fraction(done, total), 99);
}

bool
number_parse_count(const char *text, uint64_t max, uint64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return false;
	errno = 0;
	*value = strtoull(text, &end, 10);
	return errno == 0 && *end == '\0' && *value <= max;
}

/* Digits that 64 bits hold, and digits that a double holds exactly. */
enum { LONG_DIGITS = 19, SHORT_DIGITS = 15, DOUBLE_BITS = 53 };

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 uint128;

static int
leading_zeros(uint64_t number)
{
	return __builtin_clzll(number);
}

/*
 * Store number / 10^decimals, rounded once to the nearest double, ties to even.
 * number > 0, decimals <= LONG_DIGITS.
 *
 * Both are shifted until their highest bit is set; the quotient of the 128-bit
 * dividend then has 63 or 64 bits, and the remainder says whether it is exact.
 */
static bool
divide_long(uint64_t number, int decimals, double *value)
{
	uint64_t divisor = 1, quotient, kept, half;
	uint128 dividend;
	int shift, power;

	for (int i = 0; i < decimals; i++)
		divisor *= 10;
	power = leading_zeros(divisor) - leading_zeros(number) - 63;
	dividend = (uint128)(number << leading_zeros(number)) << 63;
	divisor <<= leading_zeros(divisor);
	quotient = (uint64_t)(dividend / divisor);
	/* a bit below the quotient stands for the remainder */
	if (dividend != (uint128)quotient * divisor)
		quotient |= 1;
	shift = 64 - leading_zeros(quotient) - DOUBLE_BITS;
	kept = quotient >> shift;
	half = (uint64_t)1 << (shift - 1);
	quotient &= ((uint64_t)1 << shift) - 1;
	kept += quotient > half || (quotient == half && (kept & 1) != 0);
	*value = ldexp((double)kept, power + shift);
	return true;
}
#else
static bool
divide_long(uint64_t number, int decimals, double *value)
{
	(void)number;
	(void)decimals;
	(void)value;
	return false;
}
#endif

/* Powers of ten that a double holds exactly. */
static const double power_of_ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
	1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
	1e21, 1e22};

enum { POWER_MAX = sizeof power_of_ten / sizeof power_of_ten[0] - 1 };

/* Parse an exponent of at most three digits, up to the end of the text. */
static bool
read_exponent(const char *text, int *exponent)
{
	bool is_negative = *text == '-';
	int digits = 0;

	*exponent = 0;
	for (text += is_negative || *text == '+'; *text != '\0'; text++) {
		if (*text < '0' || *text > '9' || ++digits > 3)
			return false;
		*exponent = *exponent * 10 + (*text - '0');
	}
	if (is_negative)
		*exponent = -*exponent;
	return digits > 0;
}

/*
 * Parse a number of at most LONG_DIGITS digits faster than strtod and with its
 * result. A double holds up to SHORT_DIGITS digits as an integer exactly, and
 * powers of ten up to POWER_MAX too, so that their product or quotient is
 * rounded once (Clinger 1990). Return false for any other text.
 */
static bool
read_short(const char *text, double *value)
{
	bool is_negative = *text == '-', has_point = false;
	int digits = 0, decimals = 0, exponent = 0;
	uint64_t number = 0;

	for (text += is_negative; *text != '\0'; text++) {
		if (*text == '.' && !has_point) {
			has_point = true;
			continue;
		}
		if ((*text == 'e' || *text == 'E') && digits > 0) {
			if (!read_exponent(text + 1, &exponent))
				return false;
			break;
		}
		if (*text < '0' || *text > '9' || ++digits > LONG_DIGITS)
			return false;
		number = number * 10 + (uint64_t)(*text - '0');
		decimals += has_point;
	}
	if (digits == 0)
		return false;
	exponent -= decimals;
	if (number == 0)
		*value = 0;
	else if (digits <= SHORT_DIGITS && exponent <= 0 &&
		exponent >= -POWER_MAX)
		*value = (double)number / power_of_ten[-exponent];
	else if (digits <= SHORT_DIGITS && exponent > 0 &&
		exponent <= POWER_MAX)
		*value = (double)number * power_of_ten[exponent];
	else if (exponent != -decimals || !divide_long(number, decimals, value))
		return false;
	if (is_negative)
		*value = -*value;
	return true;
}

enum number_kind
number_read(const char *text, double *value)
{
	char *end;

	if (read_short(text, value))
		return NUMBER_FINITE;
	/* strtod accepts hexadecimal numbers and leading white space */
	if (strpbrk(text, "xX") != NULL || isspace((unsigned char)text[0]))
		return NUMBER_NONE;
	*value = strtod(text, &end);
	if (end == text || *end != '\0')
		return NUMBER_NONE;
	return isfinite(*value) ? NUMBER_FINITE : NUMBER_NOT_FINITE;
}

bool
number_parse_real(const char *text, double *value)
{
	return number_read(text, value) == NUMBER_FINITE;
}

bool
number_has_same_bits(double one, double other)
{
	uint64_t bits[2];

	memcpy(&bits[0], &one, sizeof one);
	memcpy(&bits[1], &other, sizeof other);
	return bits[0] == bits[1];
}
