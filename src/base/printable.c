#include "base/printable.h"

#include <stdio.h>

char *
printable(char *text)
{
	for (char *at = text; *at != '\0'; at++) {
		unsigned char c = (unsigned char)*at;

		if (c < 0x20 || c == 0x7f)
			*at = '?';
		/* the second byte of U+0080..U+009F, C1 controls in UTF-8 */
		if (c == 0xc2 && (unsigned char)at[1] >= 0x80 &&
		    (unsigned char)at[1] < 0xa0)
			at[0] = at[1] = '?';
	}
	return text;
}

const char *
printable_copy(char *copy, size_t size, const char *text)
{
	snprintf(copy, size, "%s", text);
	return printable(copy);
}
