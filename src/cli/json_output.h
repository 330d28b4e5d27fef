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
 * Print the object (NULL: it could not be made), indented, with numbers of 9
 * significant digits, and a newline.
 */
bool json_output(const json_t *object, struct error *error);

#endif
