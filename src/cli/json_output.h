/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON on standard output, which may be a terminal. Control characters and
 * invisible characters that jansson does not escape (DEL, C1 controls,
 * zero-width and bidirectional characters, line separators) are written as
 * \uXXXX, which every parser reads as the same string.
 */
#ifndef LSTMTUI_CLI_JSON_OUTPUT_H
#define LSTMTUI_CLI_JSON_OUTPUT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"

/*
 * A number of 9 significant digits, an integer if it is whole and has at most 9
 * digits, null if it is not finite.
 */
json_t *json_output_number(double value);

/*
 * Print the object, indented, with numbers of 9 significant digits, and a
 * newline. NULL counts as out of memory.
 */
bool json_output(const json_t *object, struct error *error);

/* The same with another number of significant digits. */
bool json_output_digits(const json_t *object, int digits, struct error *error);

/* An object whose last member is a list that is printed item by item. */
struct json_output_list {
	bool has_items;
	int digits; /* of a number; set by json_output_begin, may be changed */
};

/*
 * Print an object with a long list: first its other members, then the items of
 * the list under the key, one per line. begin and add take over the object and
 * the item; NULL counts as out of memory.
 */
bool json_output_begin(struct json_output_list *list, json_t *object,
	const char *key, struct error *error);
bool json_output_add(struct json_output_list *list, json_t *item,
	struct error *error);
void json_output_end(struct json_output_list *list);

#endif
