/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool
bytes_check(const struct bytes *bytes, struct error *error)
{
	return !bytes->has_failed || error_out_of_memory(error);
}

void
bytes_release(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){0};
}

/* Make room for `count` more bytes. Return NULL if there is no memory. */
static unsigned char *
extend(struct bytes *bytes, size_t count)
{
	if (bytes->has_failed || count > SIZE_MAX - bytes->count ||
		!memory_extend((void **)&bytes->data, &bytes->capacity,
			bytes->count + count, 1)) {
		bytes->has_failed = true;
		return NULL;
	}
	bytes->count += count;
	return bytes->data + bytes->count - count;
}

void
bytes_add(struct bytes *bytes, const void *data, size_t count)
{
	unsigned char *at;

	if (count == 0)
		return;
	at = extend(bytes, count);
	if (at != NULL)
		memcpy(at, data, count);
}

void
bytes_add_text(struct bytes *bytes, const char *text)
{
	bytes_add(bytes, text, strlen(text));
}

void
bytes_add_escaped(struct bytes *bytes, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		switch (text[i]) {
		case '&':
			bytes_add_text(bytes, "&amp;");
			break;
		case '<':
			bytes_add_text(bytes, "&lt;");
			break;
		case '"':
			bytes_add_text(bytes, "&quot;");
			break;
		default:
			if ((unsigned char)text[i] < ' ' &&
				strchr("\t\n\r", text[i]) == NULL)
				bytes_add_text(bytes, "\357\277\275");
			else
				bytes_add(bytes, text + i, 1);
		}
}

void
bytes_add_format(struct bytes *bytes, const char *format, ...)
{
	va_list arguments, again;
	unsigned char *at;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	/* vsnprintf writes a '\0' too, which is taken back */
	at = length >= 0 ? extend(bytes, (size_t)length + 1) : NULL;
	if (at != NULL) {
		vsnprintf((char *)at, (size_t)length + 1, format, again);
		bytes->count--;
	} else {
		bytes->has_failed = true;
	}
	va_end(again);
	va_end(arguments);
}

static void
put_number(unsigned char *at, uint64_t number, size_t size)
{
	assert(size <= sizeof number);
	for (size_t i = 0; i < size; i++)
		at[i] = (unsigned char)(number >> 8 * i);
}

void
bytes_add_number(struct bytes *bytes, uint64_t number, size_t size)
{
	unsigned char *at = extend(bytes, size);

	if (at != NULL)
		put_number(at, number, size);
}

void
bytes_add_floats(struct bytes *bytes, const float *values, size_t count)
{
	unsigned char *at;
	uint32_t bits;

	if (count > SIZE_MAX / sizeof bits) {
		bytes->has_failed = true;
		return;
	}
	at = extend(bytes, count * sizeof bits);
	for (size_t i = 0; at != NULL && i < count; i++) {
		memcpy(&bits, values + i, sizeof bits);
		put_number(at + i * sizeof bits, bits, sizeof bits);
	}
}

void
bytes_add_doubles(struct bytes *bytes, const double *values, size_t count)
{
	uint64_t bits;

	for (size_t i = 0; i < count; i++) {
		memcpy(&bits, values + i, sizeof bits);
		bytes_add_number(bytes, bits, sizeof bits);
	}
}

void
bytes_pad(struct bytes *bytes, size_t multiple, unsigned char value)
{
	while (!bytes->has_failed && bytes->count % multiple != 0)
		bytes_add(bytes, &value, 1);
}

void
bytes_set_number(struct bytes *bytes, size_t at, uint64_t number, size_t size)
{
	if (bytes->has_failed)
		return;
	assert(at <= bytes->count && size <= bytes->count - at);
	put_number(bytes->data + at, number, size);
}
