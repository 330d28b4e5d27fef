/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files in tests/data: what a training run has to come to, number by
 * number. They were computed in double precision by automatic
 * differentiation, with none of the program's code, and are read here with
 * none of it either. What is missing fails the test that asks for it.
 */
#ifndef LSTMTUI_TESTS_ORACLE_H
#define LSTMTUI_TESTS_ORACLE_H

#include <stddef.h>

#include "tensors.h"

struct oracle {
	struct tensors tensors;
};

/*
 * Read tests/data/NAME.safetensors, the tests being in $TESTS_DIR, in
 * $srcdir/tests or in tests below the working folder. Release it with
 * oracle_close.
 */
void oracle_open(struct oracle *oracle, const char *name);
void oracle_close(struct oracle *oracle);

/* The value of a key in the file's metadata. */
const char *oracle_setting(const struct oracle *oracle, const char *key);

/* The extent of the tensor along an axis; 0 past its last. */
size_t oracle_extent(const struct oracle *oracle, const char *name,
	size_t axis);

/* The tensor's numbers, row-major; the caller frees them. */
double *oracle_numbers(const struct oracle *oracle, const char *name,
	size_t *count);

#endif
