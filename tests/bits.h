/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bits that training comes to, from the core alone and without Check: for
 * tests that hold them against a recorded number and for tests/builds, which
 * compares builds by several compilers and flags.
 */
#ifndef LSTMTUI_TESTS_BITS_H
#define LSTMTUI_TESTS_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/context.h"

/* The name of a training, or NULL past the last. */
const char *bits_name(size_t index);

/*
 * Whether all that it computes is the program's own: others call exp and log
 * of the mathematical library, whose last bit may differ between versions.
 */
bool bits_are_own(size_t index);

/*
 * Train a small model 200 times with the context's kernel. Returns the hash of
 * its weights, 0 where memory cannot be had or a gradient is not finite.
 */
uint64_t bits_of_training(size_t index, const struct context *context);

#endif
