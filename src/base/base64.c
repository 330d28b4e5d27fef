/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base64.h"

#include <stdint.h>

/* Three bytes become four characters. */
enum { GROUP = 3, CHARACTERS = 4 };

static const char digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Add up to three bytes. */
static void
add_group(struct bytes *bytes, const unsigned char *data, size_t count)
{
	char text[CHARACTERS] = {'=', '=', '=', '='};
	uint32_t bits = 0;

	for (size_t i = 0; i < GROUP; i++)
		bits = bits << 8 | (i < count ? data[i] : 0);
	for (size_t i = 0; i <= count; i++)
		text[i] = digits[bits >> (18 - 6 * i) & 63];
	bytes_add(bytes, text, sizeof text);
}

void
base64_add(struct bytes *bytes, const void *data, size_t count)
{
	const unsigned char *from = data;

	for (size_t at = 0; at < count; at += GROUP)
		add_group(bytes, from + at,
			count - at < GROUP ? count - at : GROUP);
}

void
base64_add_floats(struct bytes *bytes, const float *values, size_t count)
{
	struct bytes plain = {0};

	bytes_add_floats(&plain, values, count);
	base64_add(bytes, plain.data, plain.count);
	bytes->has_failed |= plain.has_failed;
	bytes_release(&plain);
}
