/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sequences for a page to show: of the task, or of the data of the run. See
 * page_data.h.
 */
#ifndef LSTMTUI_EXPORT_PAGE_EXAMPLES_H
#define LSTMTUI_EXPORT_PAGE_EXAMPLES_H

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "run/run.h"

enum {
	PAGE_EXAMPLES = 5,         /* sequences, at most */
	PAGE_EXAMPLE_NUMBERS = 400 /* of a sequence, or of the end, at most */
};

/*
 * Add "examples" and "end" to an object. *lacks_data: see page_data. Return
 * false if out of memory.
 */
bool page_examples_add(const struct run *run, json_t *object, bool *lacks_data,
	struct error *error);

#endif
