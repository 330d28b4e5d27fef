/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/csv_field.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/translate.h"

/* Bytes of the longest number whose decimal comma is replaced in a copy. */
enum { COPY_SIZE = 64 };

/* Characters that are not ASCII, in UTF-8. */
#define NO_BREAK_SPACE "\xc2\xa0"
#define NARROW_SPACE "\xe2\x80\xaf"
#define MINUS_SIGN "\xe2\x88\x92"
#define POUND "\xc2\xa3"
#define YEN "\xc2\xa5"
#define EURO "\xe2\x82\xac"

#define DIGITS "0123456789"

static const char *const missing_words[] = {"NA", "N/A", "#N/A", "NaN", "?",
	"null"};

/* Signs before and after a number. */
static const char *const outer_signs[] = {NO_BREAK_SPACE, NARROW_SPACE,
	MINUS_SIGN, "$", POUND, YEN, EURO, "%", " ", "-", "+"};

/* Signs between the digits of a number. */
static const char *const group_signs[] = {NO_BREAK_SPACE, NARROW_SPACE, " ",
	"'", "\xe2\x80\x99", ",", "."};

enum {
	MISSING_WORDS = sizeof missing_words / sizeof missing_words[0],
	OUTER_SIGNS = sizeof outer_signs / sizeof outer_signs[0],
	GROUP_SIGNS = sizeof group_signs / sizeof group_signs[0]
};

char *
csv_field_trim(char *field)
{
	char *text = field + strspn(field, " \t");
	size_t length = strlen(text);

	while (length > 0 &&
		(text[length - 1] == ' ' || text[length - 1] == '\t'))
		text[--length] = '\0';
	return text;
}

static bool
is_missing(const char *text)
{
	for (int i = 0; i < MISSING_WORDS; i++)
		if (strcasecmp(text, missing_words[i]) == 0)
			return true;
	return text[0] == '\0';
}

/* Whether the text is a number with a decimal comma. */
static bool
has_decimal_comma(const char *text)
{
	const char *comma = strchr(text, ',');
	char copy[COPY_SIZE];
	double value;

	if (comma == NULL || strchr(text, '.') != NULL ||
		strlen(text) >= sizeof copy)
		return false;
	memcpy(copy, text, strlen(text) + 1);
	copy[comma - text] = '.';
	return number_read(copy, &value) != NUMBER_NONE;
}

/* Return the size of the one of list[count] that begins the text, or 0. */
static size_t
find_sign(const char *const *list, int count, const char *text)
{
	for (int i = 0; i < count; i++) {
		size_t size = strlen(list[i]);

		if (strncmp(text, list[i], size) == 0)
			return size;
	}
	return 0;
}

/* Skip blanks, signs and currencies. */
static const char *
skip_signs(const char *text)
{
	size_t size;

	while ((size = find_sign(outer_signs, OUTER_SIGNS, text)) > 0)
		text += size;
	return text;
}

/*
 * Whether the text is a number with thousands separators, or with a sign that
 * is not read. Three digits follow each separator but a last point or comma.
 */
static bool
is_foreign(const char *text)
{
	size_t digits, size;

	text = skip_signs(text);
	digits = strspn(text, DIGITS);
	if (digits == 0)
		return false;
	text += digits;
	while ((size = find_sign(group_signs, GROUP_SIGNS, text)) > 0 &&
		isdigit((unsigned char)text[size])) {
		bool may_end = *text == '.' || *text == ',';

		text += size;
		digits = strspn(text, DIGITS);
		text += digits;
		size = find_sign(group_signs, GROUP_SIGNS, text);
		if (digits != 3 &&
			!(may_end &&
				!(size > 0 &&
					isdigit((unsigned char)text[size]))))
			return false;
	}
	return *skip_signs(text) == '\0';
}

/* Whether the text has two points, and other than three digits after one. */
static bool
has_date_points(const char *text)
{
	const char *first = strchr(text, '.');
	const char *second = first != NULL ? strchr(first + 1, '.') : NULL;

	return second != NULL && strchr(text, ',') == NULL &&
		(second - first != 4 || strspn(second + 1, DIGITS) != 3);
}

/* Whether the text begins with a digit and has what dates and times have. */
static bool
is_date(const char *text)
{
	return isdigit((unsigned char)text[0]) &&
		(strpbrk(text, "-/:") != NULL || has_date_points(text)) &&
		text[strspn(text, DIGITS "-/:.,+ TZ")] == '\0';
}

enum csv_field_kind
csv_field_classify(const char *text)
{
	double value;

	if (is_missing(text))
		return CSV_FIELD_MISSING;
	if (number_read(text, &value) != NUMBER_NONE)
		return strchr(text, '.') != NULL ? CSV_FIELD_POINT
						 : CSV_FIELD_INTEGER;
	if (has_decimal_comma(text))
		return CSV_FIELD_COMMA;
	if (is_date(text))
		return CSV_FIELD_DATE;
	return is_foreign(text) ? CSV_FIELD_FOREIGN : CSV_FIELD_TEXT;
}

bool
csv_field_is_number(enum csv_field_kind kind, char decimal)
{
	return kind == CSV_FIELD_INTEGER ||
		kind == (decimal == ',' ? CSV_FIELD_COMMA : CSV_FIELD_POINT);
}

enum number_kind
csv_field_read(char *text, char decimal, double *value)
{
	char *comma;

	if (decimal == ',') {
		if (strchr(text, '.') != NULL)
			return NUMBER_NONE;
		comma = strchr(text, ',');
		if (comma != NULL)
			*comma = '.';
		if (number_read(text, value) != NUMBER_NONE)
			return number_read(text, value);
		if (comma != NULL) /* for the message */
			*comma = ',';
		return NUMBER_NONE;
	}
	return number_read(text, value);
}

static bool
has_thousands(const char *text)
{
	const char *comma = strchr(text, ',');

	return comma != NULL && strspn(comma + 1, DIGITS) == 3;
}

static const char *
advice_on_foreign(const char *text)
{
	if (strstr(text, MINUS_SIGN) != NULL)
		return N_("write the minus sign as '-'");
	if (strpbrk(text, "$%") != NULL || strstr(text, POUND) != NULL ||
		strstr(text, YEN) != NULL || strstr(text, EURO) != NULL)
		return N_("remove signs of currency and percent from the "
			  "numbers, "
			  "or leave their column out with --columns");
	if (strncmp(text, NO_BREAK_SPACE, 2) == 0)
		return N_("remove the no-break space");
	return N_("thousands separators are not read: remove them");
}

const char *
csv_field_advice(const char *text, char decimal)
{
	switch (csv_field_classify(text)) {
	case CSV_FIELD_COMMA:
		return has_thousands(text)
			? N_("thousands separators are not read: remove them, "
			     "or "
			     "give --decimal , if it is a decimal comma")
			: N_("--decimal , reads decimal commas");
	case CSV_FIELD_POINT:
		return decimal == ','
			? N_("--decimal . reads decimal points; thousands "
			     "separators are not read")
			: "";
	case CSV_FIELD_FOREIGN:
		return advice_on_foreign(text);
	default:
		break;
	}
	if (strchr(text, '#') != NULL)
		return N_("a comment begins with '#' at the start of its line");
	if (strpbrk(text, ";|\t") != NULL)
		return N_("--separator sets what separates the numbers");
	return N_("--columns selects the columns to read");
}
