/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write C source: templates whose names begin with the model's, constants,
 * arrays of numbers, and text from outside, which can end no comment and no
 * string.
 */
#ifndef LSTMTUI_EXPORT_C_SOURCE_H
#define LSTMTUI_EXPORT_C_SOURCE_H

#include <stddef.h>

#include "base/bytes.h"

/* C99 guarantees 31 characters of a name; the rest is for the suffixes. */
enum { C_SOURCE_PREFIX_SIZE = 21 };

struct c_source {
	struct bytes *bytes;              /* borrowed */
	char lower[C_SOURCE_PREFIX_SIZE]; /* of functions and types */
	char upper[C_SOURCE_PREFIX_SIZE]; /* of constants */
};

/*
 * Begin a source whose names have a prefix made of the letters, digits and
 * underscores of `name`; "model" if nothing is left of it.
 */
struct c_source c_source_begin(struct bytes *bytes, const char *name);

/*
 * Add a template: '@' becomes the prefix in lower case, as in "@_step", and '$'
 * the one in upper case.
 */
void c_source_add(const struct c_source *source, const char *template);

/* Add the line of a constant to an open enum. */
void c_source_add_constant(const struct c_source *source, const char *name,
	size_t value, const char *comment);

/*
 * Add text for a comment: one line of printable ASCII, without the end of a
 * comment, trigraphs and continued lines.
 */
void c_source_add_comment(const struct c_source *source, const char *text);

/* Add a string literal of any bytes. */
void c_source_add_string(const struct c_source *source, const char *bytes,
	size_t count);

/*
 * Add the constants of numbers, `columns` to a group of lines, each with the
 * same bits: of floats with 9 digits, of doubles with 17.
 */
void c_source_add_floats(const struct c_source *source, size_t count,
	size_t columns, const float *values);
void c_source_add_doubles(const struct c_source *source, size_t count,
	const double *values);

#endif
