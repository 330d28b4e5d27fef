/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json_output.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/*
 * Outside of strings JSON is printable ASCII and white space. Where the locale
 * is not UTF-8 a terminal takes the bytes of other characters for controls.
 */
static void
print_escaped(const char *text)
{
	bool is_utf8 = utf8_is_locale();

	while (*text != '\0') {
		uint32_t c;
		size_t bytes = utf8_decode(text, strlen(text), &c);

		if (c < 0x7f || (is_utf8 && utf8_is_printable(c)))
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
