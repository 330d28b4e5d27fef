/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json_output.h"

#include <langinfo.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"

/* One character of valid UTF-8; returns its bytes. */
static size_t
decode(const char *text, uint32_t *character)
{
	unsigned char first = (unsigned char)text[0];
	size_t count = first < 0x80 ? 1
		: first < 0xe0      ? 2
		: first < 0xf0      ? 3
				    : 4;
	uint32_t value = count == 1 ? first : first & (0x7fu >> count);

	for (size_t i = 1; i < count; i++)
		value = value << 6 | ((unsigned char)text[i] & 0x3f);
	*character = value;
	return count;
}

/*
 * Outside of strings JSON is printable ASCII and white space. Where the locale
 * is not UTF-8 a terminal takes the bytes of other characters for controls.
 */
static void
print_escaped(const char *text)
{
	bool is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;

	while (*text != '\0') {
		uint32_t c;
		size_t bytes = decode(text, &c);

		if (c < 0x7f ||
			(is_utf8 && c >= 0xa0 && !printable_is_invisible(c)))
			fwrite(text, 1, bytes, stdout);
		else if (c < 0x10000)
			printf("\\u%04X", (unsigned)c);
		else /* a surrogate pair */
			printf("\\u%04X\\u%04X",
				0xd800 + (unsigned)((c - 0x10000) >> 10),
				0xdc00 + (unsigned)(c & 0x3ff));
		text += bytes;
	}
}

bool
json_output(const json_t *object, struct error *error)
{
	char *text = object == NULL
		? NULL
		: json_dumps(object, JSON_INDENT(2) | JSON_REAL_PRECISION(9));

	if (text == NULL)
		return error_set(error, "the JSON object could not be written");
	print_escaped(text);
	putchar('\n');
	free(text);
	return true;
}
