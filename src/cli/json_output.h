/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON on standard output. A terminal may be there: what jansson leaves in
 * strings as it is, but a terminal obeys or does not show (DEL, C1 controls,
 * zero-width and bidirectional characters, line separators), is written as
 * \uXXXX, which is the same string to every parser.
 */
#ifndef LSTMTUI_CLI_JSON_OUTPUT_H
#define LSTMTUI_CLI_JSON_OUTPUT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"

/*
 * A number as "%.9g" writes it, but for its exponent: a whole number of up to
 * 9 digits has no decimals. What is not finite is null.
 */
json_t *json_output_number(double value);

/*
 * Print the object (NULL: it could not be made), indented, with numbers of 9
 * significant digits, and a newline.
 */
bool json_output(const json_t *object, struct error *error);

/* An object whose last member is a list, of which only one item is held. */
struct json_output_list {
	bool has_items;
};

/*
 * Print an object that may be large: its members first, then those of a list
 * under the key, an item a line. begin and add take over the object and the
 * item (NULL: it could not be made).
 */
bool json_output_begin(struct json_output_list *list, json_t *object,
	const char *key, struct error *error);
bool json_output_add(struct json_output_list *list, json_t *item,
	struct error *error);
void json_output_end(struct json_output_list *list);

#endif
