/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hashes of trained weights, from the core alone and without Check: for tests
 * that compare them with a recorded number, and for tests/builds, which
 * compares builds by several compilers and flags.
 */
#ifndef LSTMTUI_TESTS_BITS_H
#define LSTMTUI_TESTS_BITS_H

#include <stddef.h>
#include <stdint.h>

#include "core/context.h"

/* Return a hash of floats that does not depend on the order of bytes. */
uint64_t bits_of_floats(const float *values, size_t count);

/* Return the name of a training case, or NULL past the last one. */
const char *bits_name(size_t index);

/*
 * Train a small model for 200 updates with the context's kernel. Return the
 * hash of its weights, or 0 if memory is short or a gradient is not finite.
 */
uint64_t bits_of_training(size_t index, const struct context *context);

#endif
