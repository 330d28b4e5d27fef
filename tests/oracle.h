/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reference data in tests/data: expected results of training runs. They were
 * computed in double precision by automatic differentiation, with none of the
 * program's code, and are read here without it too. Missing data fail the test
 * that asks for them.
 */
#ifndef LSTMTUI_TESTS_ORACLE_H
#define LSTMTUI_TESTS_ORACLE_H

#include <stddef.h>

#include "tensors.h"

struct oracle {
	struct tensors tensors;
};

/*
 * Read tests/data/NAME.safetensors; tests is $TESTS_DIR, $srcdir/tests or the
 * folder tests in the working folder. Release it with oracle_close.
 */
void oracle_open(struct oracle *oracle, const char *name);
void oracle_close(struct oracle *oracle);

/* Return the value of a key in the file's metadata. */
const char *oracle_setting(const struct oracle *oracle, const char *key);

/* Return the size of a tensor along an axis, or 0 past its last axis. */
size_t oracle_extent(const struct oracle *oracle, const char *name,
	size_t axis);

/* Return the numbers of a tensor in row-major order. The caller frees them. */
double *oracle_numbers(const struct oracle *oracle, const char *name,
	size_t *count);

#endif
