/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing array of bytes, to build a file in memory. A zero struct is empty.
 * A failed allocation is remembered: later additions do nothing, and
 * bytes_check reports it once at the end.
 */
#ifndef LSTMTUI_BASE_BYTES_H
#define LSTMTUI_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct bytes {
	unsigned char *data; /* [count] */
	size_t count, capacity;
	bool has_failed; /* out of memory */
};

/* Return false, with a message, if an addition failed. */
bool bytes_check(const struct bytes *bytes, struct error *error);

/* Release the array and make it empty. */
void bytes_release(struct bytes *bytes);

void bytes_add(struct bytes *bytes, const void *data, size_t count);

/* Add a string without its '\0'. */
void bytes_add_text(struct bytes *bytes, const char *text);
void bytes_add_format(struct bytes *bytes, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Add text[count] with the characters escaped that mean something in HTML and
 * XML, and U+FFFD in place of control characters, which XML does not have.
 */
void bytes_add_escaped(struct bytes *bytes, const char *text, size_t count);

/* Add the `size` low bytes of a number, at most 8, lowest byte first. */
void bytes_add_number(struct bytes *bytes, uint64_t number, size_t size);

/* Add numbers of 4 or 8 bytes each in IEEE 754, lowest byte first. */
void bytes_add_floats(struct bytes *bytes, const float *values, size_t count);
void bytes_add_doubles(struct bytes *bytes, const double *values, size_t count);

/* Add bytes of this value until count is a multiple of `multiple`. */
void bytes_pad(struct bytes *bytes, size_t multiple, unsigned char value);

/* Overwrite bytes that were added before, as bytes_add_number. */
void bytes_set_number(struct bytes *bytes, size_t at, uint64_t number,
	size_t size);

#endif
