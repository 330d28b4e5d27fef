/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json_output.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { DIGITS = 9 };

/* Whole numbers below this have at most 9 digits. */
#define WHOLE_LIMIT 1e9

/*
 * Print JSON text. Non-ASCII characters occur in strings only; write them as
 * \uXXXX, since a terminal of another locale may interpret their bytes as
 * control characters.
 */
static void
print_escaped(const char *text)
{
	const char *end = text + strlen(text), *plain = text;
	bool is_utf8 = utf8_is_locale();
	uint32_t c;

	for (size_t size; text < end; text += size) {
		size = utf8_decode(text, (size_t)(end - text), &c);
		if (c < 0x7f || (is_utf8 && utf8_is_printable(c)))
			continue;
		fwrite(plain, 1, (size_t)(text - plain), stdout);
		plain = text + size;
		if (c < 0x10000)
			printf("\\u%04X", (unsigned)c);
		else /* a surrogate pair */
			printf("\\u%04X\\u%04X",
				0xd800 + (unsigned)((c - 0x10000) >> 10),
				0xdc00 + (unsigned)(c & 0x3ff));
	}
	fwrite(plain, 1, (size_t)(end - plain), stdout);
}

json_t *
json_output_number(double value)
{
	if (!isfinite(value))
		return json_null();
	/* -0 stays a real: an integer has no negative zero */
	if (value == floor(value) && fabs(value) < WHOLE_LIMIT &&
		(value != 0 || !signbit(value)))
		return json_integer((json_int_t)value);
	return json_real(value);
}

/*
 * Encode a value, its numbers with a number of significant digits. Release it
 * with free. Returns NULL on failure.
 */
static char *
dump(const json_t *value, size_t flags, int digits, struct error *error)
{
	char *text = value == NULL
		? NULL
		: json_dumps(value,
			  flags | JSON_REAL_PRECISION((size_t)digits));

	if (text == NULL)
		error_set(error, "the JSON object could not be written");
	return text;
}

bool
json_output(const json_t *object, struct error *error)
{
	return json_output_digits(object, DIGITS, error);
}

bool
json_output_digits(const json_t *object, int digits, struct error *error)
{
	char *text = dump(object, JSON_INDENT(2), digits, error);

	if (text == NULL)
		return false;
	print_escaped(text);
	putchar('\n');
	free(text);
	return true;
}

/* The end of the list and of the object. */
static const char list_end[] = "]}";

bool
json_output_begin(struct json_output_list *list, json_t *object,
	const char *key, struct error *error)
{
	bool is_made = json_object_set_new(object, key, json_array()) == 0;
	char *text = dump(is_made ? object : NULL, JSON_COMPACT, DIGITS, error);

	*list = (struct json_output_list){.digits = DIGITS};
	json_decref(object);
	if (text == NULL)
		return false;
	text[strlen(text) - strlen(list_end)] = '\0';
	print_escaped(text);
	free(text);
	return true;
}

bool
json_output_add(struct json_output_list *list, json_t *item,
	struct error *error)
{
	char *text = dump(item, JSON_COMPACT, list->digits, error);

	json_decref(item);
	if (text == NULL)
		return false;
	fputs(list->has_items ? ",\n" : "\n", stdout);
	list->has_items = true;
	print_escaped(text);
	free(text);
	return true;
}

void
json_output_end(struct json_output_list *list)
{
	printf("\n%s\n", list_end);
	*list = (struct json_output_list){0};
}
